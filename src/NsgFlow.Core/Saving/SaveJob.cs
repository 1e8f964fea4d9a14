using System.Threading;

namespace NsgFlow.Saving;

/// <summary>One blob on its way, and the wait for it.</summary>
internal sealed class SaveJob
{
    private readonly object _gate = new();
    private FlowSaveResult? _result;

    public SaveJob(FlowBlob blob, MirrorPlace? place) => (Blob, Place) = (blob, place);

    public FlowBlob Blob { get; }

    /// <summary>Where it is saved; null when that was refused.</summary>
    public MirrorPlace? Place { get; }

    /// <summary>What became of it; null while it is under way.</summary>
    public FlowSaveResult? Result
    {
        get
        {
            lock (_gate)
                return _result;
        }
    }

    public void End(FlowSaveResult result)
    {
        lock (_gate)
        {
            _result = result;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits, but not long.</summary>
    public void Wait(int milliseconds)
    {
        lock (_gate)
        {
            if (_result is null)
                Monitor.Wait(_gate, milliseconds);
        }
    }
}

using System;
using System.Management.Automation;
using NsgFlow.Arm;
using NsgFlow.Display;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A progress bar for what takes Azure some time.</summary>
internal sealed class SetupProgress : IDisposable
{
    private const int ActivityId = 20_201_125;

    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly string _subject;
    private bool _isShown;

    public SetupProgress(Cmdlet cmdlet, string activity, string subject, Action tick)
    {
        _cmdlet = cmdlet;
        _activity = activity;
        _subject = subject;
        Wait = new ArmWait { Progress = (status, passed) => { tick(); Show(status, passed); } };
    }

    /// <summary>To be given to whoever waits.</summary>
    public ArmWait Wait { get; }

    /// <summary>Takes the bar away, if it was ever shown.</summary>
    public void Dispose()
    {
        if (_isShown)
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    private void Show(string status, TimeSpan passed)
    {
        _isShown = true;
        _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, $"{FlowFormat.Text(status)}, {(int)passed.TotalSeconds} s") { CurrentOperation = _subject });
    }
}

using System;
using System.Management.Automation;
using System.Threading;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// A cmdlet whose work ends when the pipeline is stopped (Ctrl+C comes on another thread) and when it is disposed
/// (<c>Select-Object -First 1</c> neither stops a cmdlet nor ends it, it only lets <c>WriteObject</c> throw).
/// </summary>
public abstract class CancellableCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly object _gate = new();
    private bool _disposed;

    /// <summary>Makes the cmdlet.</summary>
    protected CancellableCmdlet() => Cancellation = _source.Token;

    /// <summary>Cancelled when the work must end.</summary>
    internal CancellationToken Cancellation { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called by the engine on another thread when the pipeline is stopped, which can be after the cmdlet was disposed.</summary>
    protected override void StopProcessing()
    {
        lock (_gate)
        {
            if (!_disposed)
                _source.Cancel();
        }
    }

    /// <summary>Ends what still runs.</summary>
    protected virtual void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (!disposing || _disposed)
                return;
            _disposed = true;
            _source.Cancel();
            _source.Dispose();
        }
    }
}

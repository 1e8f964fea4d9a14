using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using NsgFlow.Arm;
using NsgFlow.Query;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet that may talk to Azure: with what Connect-NsgFlow made in this runspace, or else as whoever is found to be signed in.</summary>
public abstract class AzureCmdlet : CancellableCmdlet
{
    // Other threads (requests, downloads, sign-in) must not write; what they say waits here for the pipeline's.
    private readonly ConcurrentQueue<string> _messages = new();
    private int _thread;
    private IArm? _arm;
    private ILogs? _logs;
    private ResourceFinder? _finder;
    private Action? _renew;

    /// <summary>Azure Resource Manager. Taken first on the pipeline's thread, it can then be asked on any.</summary>
    internal IArm Arm => _arm ??= OpenArm();

    /// <summary>The query service of Log Analytics. Taken first on the pipeline's thread, as <see cref="Arm"/>.</summary>
    internal ILogs Logs => _logs ??= OpenLogs();

    /// <summary>Finds resources by name, where Connect-NsgFlow said if nobody says otherwise. Taken first on the pipeline's thread, as <see cref="Arm"/>.</summary>
    internal ResourceFinder Finder => _finder ??= MakeFinder();

    /// <inheritdoc/>
    protected override void BeginProcessing() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>What is to be used now; on the pipeline's thread. Only running it loads NsgFlow.Azure and its packages.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected AzureAccess OpenAzure()
    {
        var access = AzureState.Current.Get();
        _renew = access.Renew;
        return access;
    }

    /// <summary>Writes a verbose message, from any thread: at once on the pipeline's, which may then wait long for an answer.</summary>
    private protected void Say(string message)
    {
        if (Environment.CurrentManagedThreadId == _thread)
            WriteVerbose(message);
        else
            _messages.Enqueue(message);
    }

    /// <summary>Does what only the pipeline's thread may do: writes what other threads said, renews a token of the Az login.</summary>
    private protected void Tick()
    {
        while (_messages.TryDequeue(out var message))
            WriteVerbose(message);
        _renew?.Invoke();
    }

    /// <summary>Log Analytics for the pipeline's thread: shows progress while a query takes long, and writes what other threads say.</summary>
    private protected ILogs WaitForLogs() => new WaitingLogs(this, Logs, Tick);

    /// <summary>Writes a non-terminating error.</summary>
    private protected virtual void Report(ErrorRecord error) => WriteError(error);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ResourceFinder MakeFinder() => new(Arm, Say) { DefaultSubscriptions = OpenAzure().Connection.Subscriptions };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ILogs OpenLogs() => OpenAzure().OpenLogs(Say);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IArm OpenArm() => OpenAzure().OpenArm(Say);
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Runspaces;
using System.Threading;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>A real runspace with the built module imported.</summary>
internal sealed class CmdletSession : IDisposable
{
    /// <summary>What counts as at once on a busy machine. What tests stop would go on for much longer.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    private readonly Runspace _runspace;

    /// <summary>Opens one.</summary>
    /// <param name="variables">Variables for the scripts: secrets go this way, so that no script text has them.</param>
    public CmdletSession(params (string Name, object Value)[] variables)
        : this(null, variables)
    {
    }

    /// <summary>Opens one in a host.</summary>
    /// <param name="host">Sees what cmdlets show to people, and is asked what they ask; null for one that does neither.</param>
    /// <param name="variables">Variables for the scripts: secrets go this way, so that no script text has them.</param>
    public CmdletSession(PSHost? host, params (string Name, object Value)[] variables)
    {
        BuiltModule.Require();
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Select-FirstObject", typeof(SelectFirstObjectCommand), null));
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        foreach (var (name, value) in variables)
        {
            state.Variables.Add(new SessionStateVariableEntry(name, value, null));
        }

        _runspace = host is null ? RunspaceFactory.CreateRunspace(state) : RunspaceFactory.CreateRunspace(host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.SetVariable("manifest", BuiltModule.Manifest);
        Run("Import-Module $manifest").Clean();
    }

    /// <summary>Runs a script to its end; one that hangs is stopped after a minute and a half, with a terminating error.</summary>
    public Outcome Run(string script)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        using var output = new PSDataCollection<PSObject>();
        Exception? terminating = null;
        using var guard = new Timer(_ => shell.BeginStop(null, null), null, TimeSpan.FromSeconds(90), Timeout.InfiniteTimeSpan);
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e;
        }

        return Result(shell, output, terminating);
    }

    /// <summary>Starts a script, which goes on beside the test.</summary>
    public RunningScript Start(string script) => new(_runspace, script);

    /// <summary>Starts a script, stops it as Ctrl+C does as soon as it has come to some point, and tells how long that took.</summary>
    public Outcome Stop(string script, Func<bool> reached, out TimeSpan took)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
        Assert.True(SpinWait.SpinUntil(() => reached() || running.IsCompleted, TimeSpan.FromSeconds(20)), "The script did not get there.");

        // So that what answers has answered, and the cmdlet waits for more.
        Thread.Sleep(200);
        Assert.False(running.IsCompleted, "The script ended by itself.");
        var clock = Stopwatch.StartNew();
        shell.Stop();
        took = clock.Elapsed;
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        return Result(shell, output, null);
    }

    public void Dispose() => _runspace.Dispose();

    private Outcome Result(PowerShell shell, PSDataCollection<PSObject> output, Exception? terminating)
    {
        IEnumerable<object> errors = _runspace.RunspaceAvailability == RunspaceAvailability.Available
            ? ((IEnumerable)_runspace.SessionStateProxy.GetVariable("Error")).Cast<object>()
            : [];
        return new Outcome(shell, output, terminating, errors);
    }
}

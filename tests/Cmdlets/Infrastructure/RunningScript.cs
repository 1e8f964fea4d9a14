using System;
using System.Collections;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>A script that runs while the test goes on, and what has come of it.</summary>
internal sealed class RunningScript : IDisposable
{
    // Only reached when something is wrong.
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(30);

    private readonly PSDataCollection<PSObject> _output = [];
    private readonly Runspace _runspace;
    private readonly PowerShell _shell;
    private readonly IAsyncResult _running;

    public RunningScript(Runspace runspace, string script)
    {
        _runspace = runspace;
        _shell = PowerShell.Create(runspace);
        _shell.AddScript(script);
        _running = _shell.BeginInvoke<PSObject, PSObject>(null, _output);
    }

    public int Errors => _shell.Streams.Error.Count;

    public int Warnings => _shell.Streams.Warning.Count;

    /// <summary>Waits until so many objects have come, and checks that there are no more.</summary>
    public RunningScript Until(int objects)
    {
        Until(() => _output.Count >= objects, () => $"{_output.Count} of {objects} objects came");
        Assert.Equal(objects, _output.Count);
        return this;
    }

    /// <summary>Waits until something is so.</summary>
    public RunningScript Until(Func<bool> reached) => Until(reached, static () => "It did not come to that");

    /// <summary>Stops it, as Ctrl+C does.</summary>
    public Outcome Stop(out TimeSpan took)
    {
        Assert.False(_running.IsCompleted, "The script ended by itself. " + Said);
        var clock = Stopwatch.StartNew();
        _shell.Stop();
        took = clock.Elapsed;
        Assert.Equal(PSInvocationState.Stopped, _shell.InvocationStateInfo.State);
        return Result(null);
    }

    public Outcome Stop() => Stop(out _);

    /// <summary>Waits until it has ended by itself.</summary>
    public Outcome End()
    {
        Assert.True(_running.AsyncWaitHandle.WaitOne(s_most), "The script did not end. " + Said);
        try
        {
            _shell.EndInvoke(_running);
            return Result(null);
        }
        catch (RuntimeException failure)
        {
            return Result(failure);
        }
    }

    public void Dispose()
    {
        _shell.Stop();
        _shell.Dispose();
        _output.Dispose();
    }

    // By number: enumerating a stream waits for its end.
    private string Said => string.Join('\n', [
        .. Enumerable.Range(0, Errors).Select(i => _shell.Streams.Error[i].ToString()), .. Enumerable.Range(0, Warnings).Select(i => _shell.Streams.Warning[i].Message),
    ]);

    private RunningScript Until(Func<bool> reached, Func<string> problem)
    {
        Assert.True(SpinWait.SpinUntil(() => reached() || _running.IsCompleted, s_most) && reached(), problem() + ". " + Said);
        return this;
    }

    private Outcome Result(Exception? terminating) =>
        new(_shell, _output, terminating, ((IEnumerable)_runspace.SessionStateProxy.GetVariable("Error")).Cast<object>());
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using NsgFlow.Host.Commands;

namespace NsgFlow.Host.Hosting;

/// <summary>One runspace with the host's UI, and the ways to run something in it.</summary>
internal sealed class Session : IDisposable
{
    // An `exit` in a script file ends that file only, and leaves a failed $? and the code behind. A script that never ran, because
    // it does not parse or its arguments do not bind, leaves a failed $? too, but no code.
    private const string AfterScript = """
        if (-not $?) {
            if ($LASTEXITCODE -eq 0 -and ($Error[0].Exception -is [System.Management.Automation.ParseException] -or
                ($Error[0].Exception -is [System.Management.Automation.ParameterBindingException] -and
                    $Error[0].InvocationInfo.MyCommand.Path -eq SCRIPT))) { exit 1 }
            exit $LASTEXITCODE
        }
        """;

    private readonly Runspace _runspace;
    private readonly Terminal _terminal = new();
    private readonly Interrupt _interrupt = new();
    private int _depth;

    public Session(bool nonInteractive)
    {
        Host = new ScriptHost(_terminal, nonInteractive);
        PSStyle.Instance.OutputRendering = _terminal.Colour ? OutputRendering.Host : OutputRendering.PlainText;

        var state = InitialSessionState.CreateDefault2();
        StandIns.AddTo(state);
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        Runspace.DefaultRunspace = _runspace;
        _runspace.SessionStateProxy.Path.SetLocation(WildcardPattern.Escape(Environment.CurrentDirectory));
    }

    public ScriptHost Host { get; }

    public Terminal Terminal => _terminal;

    public int RunScript(string path, IReadOnlyList<string> arguments)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            _terminal.WriteErrorLine($"The script '{path}' does not exist.");
            return ExitCodes.BadArguments;
        }

        var script = ScriptArguments.Quoted(full);
        var call = $"$global:LASTEXITCODE = 0; . {script} {ScriptArguments.Of(arguments)}\n";
        return CodeAfter(Run(call + AfterScript.Replace("SCRIPT", script, StringComparison.Ordinal)));
    }

    public int RunCommand(string text) => CodeAfter(Run(text + "\nif (-not $?) { exit 1 }"));

    public int CodeAfter(bool succeeded)
    {
        if (_interrupt.Happened)
            return ExitCodes.Interrupted;
        return Host.ExitCode ?? (succeeded ? ExitCodes.Success : ExitCodes.Failure);
    }

    /// <summary>Runs text as a prompt would: objects through Out-Default, errors among them. False after a terminating error.</summary>
    public bool Run(string text)
    {
        var command = new Command(text, isScript: true, useLocalScope: false);
        using var pipeline = _depth++ == 0 ? _runspace.CreatePipeline() : _runspace.CreateNestedPipeline();
        using var stop = _interrupt.Stopping(pipeline);
        try
        {
            pipeline.Commands.Add(command);
            // Errors go the same way as objects, so that both come out in the order they happened.
            command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
            pipeline.Input.Close();
            pipeline.Invoke();
            return true;
        }
        catch (PipelineStoppedException)
        {
            return false;
        }
        catch (RuntimeException e)
        {
            Report(e);
            return false;
        }
        finally
        {
            _depth--;
            _terminal.Progress.Erase();
        }
    }

    /// <summary>The results of a small piece of text, without showing them.</summary>
    public IReadOnlyList<PSObject> Evaluate(string text)
    {
        using var pipeline = _depth == 0 ? _runspace.CreatePipeline(text) : _runspace.CreateNestedPipeline(text, addToHistory: false);
        try
        {
            return pipeline.Invoke();
        }
        catch (RuntimeException)
        {
            return [];
        }
    }

    public void Dispose()
    {
        _runspace.Dispose();
        _interrupt.Dispose();
    }

    // Through Out-Default like any other error, so that it gets the engine's own error view with its position.
    private void Report(RuntimeException error)
    {
        var record = PSObject.AsPSObject(error.ErrorRecord);
        // How the engine tells Out-Default that an object came from the error stream; hosts outside of it have no public way.
        var stream = typeof(PSObject).GetProperty("WriteStream", BindingFlags.Instance | BindingFlags.NonPublic)!;
        stream.SetValue(record, Enum.Parse(stream.PropertyType, "Error"));
        using var pipeline = _depth <= 1 ? _runspace.CreatePipeline() : _runspace.CreateNestedPipeline();
        try
        {
            pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
            pipeline.Input.Write(record);
            pipeline.Input.Close();
            pipeline.Invoke();
        }
        catch (RuntimeException)
        {
            _terminal.WriteErrorLine(error.Message);
        }
    }
}

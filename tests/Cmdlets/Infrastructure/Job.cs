using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>What became of a job.</summary>
/// <param name="ExitCode">Not 0 when it failed.</param>
/// <param name="Output">All streams but errors.</param>
/// <param name="Errors">The error stream.</param>
/// <param name="Peak">The most memory it had, in MB; null where the system does not tell.</param>
internal sealed record JobResult(int ExitCode, string Output, string Errors, long? Peak)
{
    /// <summary>It must not have failed.</summary>
    public JobResult Completed()
    {
        Assert.True(ExitCode == 0, $"The job failed.\n{Output}\n{Errors}");
        return this;
    }

    /// <summary>It must have failed, and said why.</summary>
    public JobResult Failed(string why)
    {
        Assert.True(ExitCode != 0, $"The job did not fail.\n{Output}");
        Assert.True(Errors.Contains(why, StringComparison.Ordinal), $"The job did not say '{why}'.\n{Errors}");
        return this;
    }
}

/// <summary>A runbook at work.</summary>
internal sealed class Job : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private long? _peak;

    public Job(IEnumerable<string> command, Action<ProcessStartInfo> prepare)
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        prepare(start);
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _process.OutputDataReceived += (_, line) => Hear(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until the job has come to some point.</summary>
    public void WaitFor(Func<bool> reached)
    {
        var clock = Stopwatch.StartNew();
        while (!reached())
        {
            Assert.True(!_process.HasExited && clock.Elapsed < TimeSpan.FromMinutes(1), $"The job did not get there.\n{_output}\n{_errors}");
            Thread.Sleep(10);
        }
    }

    /// <summary>Takes its process away, as is done in a sandbox that is out of memory.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Waits for its end; a job that hangs is ended after three minutes.</summary>
    public JobResult Finish()
    {
        var clock = Stopwatch.StartNew();
        while (!_process.WaitForExit(50))
        {
            LookAtMemory();
            if (clock.Elapsed > TimeSpan.FromMinutes(3))
            {
                _process.Kill();
                Assert.Fail($"The job hangs.\n{_output}\n{_errors}");
            }
        }

        // The streams' ends, too.
        _process.WaitForExit();
        return new JobResult(_process.ExitCode, _output.ToString(), _errors.ToString(), _peak);
    }

    public void Dispose() => _process.Dispose();

    /// <summary>The system keeps the peak as long as there is the process; only the last fraction of a second can be missed.</summary>
    private void LookAtMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            var line = File.ReadLines($"/proc/{_process.Id.ToString(CultureInfo.InvariantCulture)}/status").FirstOrDefault(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            _peak = line is null ? _peak : long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            // It has just ended.
        }
    }

    private static void Hear(StringBuilder to, string? line)
    {
        lock (to)
        {
            to.AppendLine(line);
        }
    }
}

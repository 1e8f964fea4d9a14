using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;

namespace NsgFlow.Soak;

/// <summary>A process that is watched, and ended one way or another.</summary>
internal sealed class Child : IDisposable
{
    // Signals, and what is added to them in an exit code.
    public const int Interrupt = 2;
    public const int Terminate = 15;
    public const int Signalled = 128;
    private const int Kill = 9;

    // The machine may be slow; a child that takes longer hangs.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private Child(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Whether SIGKILL ended it.</summary>
    public bool WasKilled => ExitCode == Signalled + Kill;

    /// <summary>What it said.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return _said.ToString().Trim();
        }
    }

    /// <summary>Most memory it ever had, in bytes; 0 where the system does not tell.</summary>
    public long PeakMemory
    {
        get
        {
            var status = $"/proc/{_process.Id}/status";
            try
            {
                var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
                return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // It has just ended.
                return 0;
            }
        }
    }

    /// <summary>Starts a .NET program.</summary>
    public static Child Start(string dll, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(dll);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new Child(new Process { StartInfo = start });
    }

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0 && !HasExited)
            throw new InvalidOperationException($"Signal {signal} cannot be sent.");
    }

    /// <summary>Waits until it ends by itself.</summary>
    public async Task WaitAsync()
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(s_patience).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await KillAsync().ConfigureAwait(false);
            throw new InvalidOperationException("A reader did not end. " + Said);
        }
    }

    public void Dispose()
    {
        if (!HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_said)
            _said.AppendLine(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}

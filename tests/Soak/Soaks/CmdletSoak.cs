using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Soak.Judging;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Soaks;

/// <summary>
/// Flow logs are written to a place, and read by PowerShell processes that run Get-NsgFlowRecord with a checkpoint, some of them with -Wait. They are killed at
/// random; some get Ctrl+C, in some the pipeline throws.
/// </summary>
internal sealed class CmdletSoak(SoakOptions options, string folder, string name, SoakPlace place, ICheckpointPlace checkpoint)
{
    // After so many kills comes another kind of end.
    private const int EndEvery = 2;
    private const int MostBeforeThrow = 500;

    private readonly Random _random = new(options.Seed);
    private readonly Truth _truth = new();
    private int _ends;

    public async Task<SoakReport> RunAsync()
    {
        var began = DateTime.UtcNow;
        using var enough = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var writing = Task.Run(() => Write(started, enough.Token));
        await Task.WhenAny(started.Task, writing).ConfigureAwait(false);
        var chain = new ReaderChain(folder, name, checkpoint, Start);
        for (var left = options.Kills; left > 0 && !writing.IsFaulted;)
        {
            using (var reader = chain.Start(_random.Next(3) == 0 ? [] : ["-Wait"]))
            {
                await RandomTime.PassAsync(_random, chain, reader, TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                await chain.KillAsync(reader).ConfigureAwait(false);
            }

            // Without -Wait some have ended by themselves.
            if (chain.Runs[^1].End != ReaderEnd.Killed)
                continue;
            if (left-- % EndEvery == 1)
                await EndAsync(chain).ConfigureAwait(false);
        }

        await enough.CancelAsync().ConfigureAwait(false);
        await writing.ConfigureAwait(false);
        using (var last = chain.Start())
            await chain.EndAsync(last, ReaderEnd.Stopped).ConfigureAwait(false);
        return Report(chain, DateTime.UtcNow - began);
    }

    private static string Metadata(string key) =>
        typeof(CmdletSoak).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;

    /// <summary>Ends a reader in another way than by a kill: by an exception, or by Ctrl+C.</summary>
    private async Task EndAsync(ReaderChain chain)
    {
        if (_ends++ % 2 == 0)
        {
            using var thrower = chain.Start("-Wait", "-ThrowAt", _random.Next(1, MostBeforeThrow).ToString(CultureInfo.InvariantCulture));
            await chain.EndAsync(thrower, ReaderEnd.Broken).ConfigureAwait(false);
            return;
        }

        using var reader = chain.Start("-Wait");
        await chain.WaitForOutputAsync(reader).ConfigureAwait(false);
        await Task.Delay(_random.Next(500)).ConfigureAwait(false);
        await chain.EndAsync(reader, ReaderEnd.Broken, Child.Interrupt).ConfigureAwait(false);
    }

    private Child Start(string output, string[] arguments) => Child.Start(
        Metadata("Host"),
        [
            "-NonInteractive", "-File", Metadata("Reader"), "-Module", Metadata("Module"), "-Checkpoint", checkpoint.Address, "-Output", output,
            place.Parameter, place.Address, .. arguments,
        ]);

    private void Write(TaskCompletionSource started, CancellationToken enough)
    {
        var traffic = new SoakTraffic(options.Minutes, options.Tuples, options.Seed) { LateShare = 0 };
        var nics = Enumerable.Range(1, options.Nics).Select(number => new SoakNic(number, traffic, _truth, place.Open, static () => DateTime.UtcNow)).ToList();
        var minute = 0;
        do
        {
            // Now is a minute in itself: what is on comes many times as often as Azure writes it.
            var now = DateTime.UtcNow;
            foreach (var nic in nics)
                nic.Write(minute, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)));
            minute++;
            if (minute > 2)
                started.TrySetResult();
        }
        while (!enough.WaitHandle.WaitOne(options.Minute));

        foreach (var nic in nics)
            nic.Flush();
    }

    private SoakReport Report(ReaderChain chain, TimeSpan length)
    {
        var report = new SoakReport($"Get-NsgFlowRecord {place.Parameter} -Checkpoint ({checkpoint.Kind}), {options.Nics} network interfaces, {length.TotalMinutes:0.0} minutes (seed {options.Seed})");
        report.Written(_truth);
        report.Judge(chain, _truth);
        return report;
    }
}

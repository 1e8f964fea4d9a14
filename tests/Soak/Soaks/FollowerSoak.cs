using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Soak.Judging;
using NsgFlow.Soak.Reading;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Soaks;

/// <summary>
/// Flow logs are written to an account on a clock that runs fast, and read as they grow: by readers that are killed at random, and by one that reads all the time.
/// </summary>
internal sealed class FollowerSoak(SoakOptions options, string folder)
{
    // In so many ends one is in order.
    private const int StopEvery = 10;

    // Until late blocks are looked for in each hour again.
    private static readonly TimeSpan s_rest = TimeSpan.FromMinutes(12);

    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(3);

    // A reader that takes longer hangs.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Random _random = new(options.Seed);
    private readonly Truth _truth = new();

    public async Task<SoakReport> RunAsync()
    {
        var account = await SoakAccount.StartAsync().ConfigureAwait(false);
        await using (account.ConfigureAwait(false))
        {
            using var clock = SoakClock.Create(Path.Combine(folder, "clock"), options.Minute);

            // Three quarters into an hour, so that it changes soon.
            var start = DateTime.UtcNow.Date.AddHours(8.75);
            clock.Begin(start);
            var began = DateTime.UtcNow;
            var writing = Task.Run(() => Write(clock, start, account));
            var steady = Chain("steady", account);
            using var steadyReader = steady.Start();
            var killed = Chain("killed", account);
            var kills = KillAsync(killed, began, writing);
            var memoryEarly = Task.Delay(options.Minutes * options.Minute / 3).ContinueWith(_ => steadyReader.PeakMemory, TaskScheduler.Default);
            await Task.WhenAll(writing, kills, memoryEarly).ConfigureAwait(false);
            var length = DateTime.UtcNow - began;

            clock.Begin(start.AddMinutes(options.Minutes) + s_rest);
            using var lastReader = killed.Start();
            await WaitForPollsAsync("steady", steadyReader, 3).ConfigureAwait(false);
            await WaitForPollsAsync("killed", lastReader, 3).ConfigureAwait(false);
            await killed.EndAsync(lastReader, ReaderEnd.Stopped, Child.Terminate).ConfigureAwait(false);
            await steady.EndAsync(steadyReader, ReaderEnd.Stopped, Child.Terminate).ConfigureAwait(false);
            return Report(length, killed, steady, await memoryEarly.ConfigureAwait(false));
        }
    }

    private void Write(SoakClock clock, DateTime start, SoakAccount account)
    {
        var traffic = new SoakTraffic(options.Minutes, options.Tuples, options.Seed);
        var nics = Enumerable.Range(1, options.Nics).Select(number => new SoakNic(number, traffic, _truth, account.Open, () => clock.Now)).ToList();
        for (var minute = 0; minute < options.Minutes; minute++)
        {
            // What a minute brought is written in the next; a machine that is too slow for that holds up the clock.
            var (time, due) = (start.AddMinutes(minute), DateTime.UtcNow + options.Minute);
            nics.AsParallel().WithDegreeOfParallelism(8).ForAll(nic => nic.Write(minute, time));
            if (due - DateTime.UtcNow is { Ticks: > 0 } early)
                Task.Delay(early).Wait();
            clock.Begin(time.AddMinutes(1));
        }

        foreach (var nic in nics)
            nic.Flush();
    }

    private ReaderChain Chain(string name, SoakAccount account)
    {
        var checkpoint = new FilePlace(Path.Combine(folder, name + ".checkpoint"));
        return new ReaderChain(folder, name, checkpoint, (output, _) =>
        {
            var task = new ReaderTask(account.Url, SoakAccount.Key, Path.Combine(folder, "clock"), checkpoint.Address, output, FiguresOf(name), options.Minute / 4, s_work);
            return Child.Start(typeof(FollowerSoak).Assembly.Location, "read", task.ToText());
        });
    }

    private string FiguresOf(string name) => Path.Combine(folder, name + ".figures");

    /// <summary>Kills readers at random points, as many as asked for, spread over the time of writing.</summary>
    private async Task KillAsync(ReaderChain chain, DateTime began, Task writing)
    {
        var end = began + (options.Minutes * options.Minute);
        for (var left = options.Kills; left > 0;)
        {
            using var reader = chain.Start();
            var mean = Math.Max(0.3, (end - DateTime.UtcNow).TotalSeconds / left);
            await RandomTime.PassAsync(_random, chain, reader, TimeSpan.FromSeconds(mean)).ConfigureAwait(false);
            if (writing.IsFaulted)
                return;
            if (_random.Next(StopEvery) == 0)
            {
                await WaitForPollsAsync("killed", reader, 1).ConfigureAwait(false);
                await Task.Delay(options.Minute * _random.NextDouble()).ConfigureAwait(false);
                await chain.EndAsync(reader, ReaderEnd.Stopped, Child.Terminate).ConfigureAwait(false);
                continue;
            }

            await chain.KillAsync(reader).ConfigureAwait(false);
            left--;
        }
    }

    /// <summary>Waits until a reader has ended so many polls from now on.</summary>
    private async Task WaitForPollsAsync(string name, Child reader, int count)
    {
        using var figures = ReaderFigures.Open(FiguresOf(name));
        var (wanted, latest) = (figures.Polls + count, DateTime.UtcNow + s_patience);
        while (figures.Polls < wanted)
        {
            if (reader.HasExited || DateTime.UtcNow > latest)
                throw new InvalidOperationException($"The reader '{name}' does not read: {reader.Said}");
            await Task.Delay(20).ConfigureAwait(false);
        }
    }

    private SoakReport Report(TimeSpan length, ReaderChain killed, ReaderChain steady, long memoryEarly)
    {
        var report = new SoakReport($"Following {options.Nics} network interfaces: {options.Minutes} minutes of flow logs in {length.TotalMinutes:0.0} minutes (seed {options.Seed})");
        report.Written(_truth);
        report.Judge(killed, _truth);
        report.Figures(FiguresOf("killed"), _truth);
        report.Judge(steady, _truth);
        report.Figures(FiguresOf("steady"), _truth);
        report.Memory(killed.PeakMemory, memoryEarly, steady.PeakMemory, options.IsLong);
        return report;
    }
}

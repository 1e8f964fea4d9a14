using System;
using System.IO;
using System.Linq;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Get-NsgFlowRecord -Wait and -Checkpoint over a storage account, whose blobs are written as Azure does.</summary>
[Collection(CmdletGroup.Name)]
public sealed class FollowAzureTests(Azurite azurite) : IDisposable
{
    private const string Account = "Get-NsgFlowRecord -StorageAccount $url -AccountKey $key";
    private const string Wait = Account + " -Wait -PollInterval 00:00:00.1";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-follow-").FullName;

    private TestAccount? _account;

    private static DateTime ThisHour => DateTime.UtcNow is var now ? new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc) : default;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [AzuriteFact]
    public void New_blocks_come_once_and_in_order_through_hours_and_interfaces()
    {
        var logs = World(out var proxy, hours: 2, nics: 2, start: ThisHour.AddHours(-1));
        using var _ = proxy;
        using var session = Session(proxy);
        logs.Grow(0, 5);
        using var running = session.Start(Wait + " -Last 3h");
        running.Until(logs.Count);
        foreach (var (blob, minutes) in new[] { (0, 1), (1, 4), (0, 2), (2, 1), (3, 2), (2, 1) })
            running.Until(logs.Grow(blob, minutes));
        Assert.Equal(logs.Rows, running.Stop().Clean().Rows);
    }

    [AzuriteFact]
    public void What_is_written_between_the_newest_and_the_first_look_is_not_missed()
    {
        var logs = World(out var proxy, nics: 2);
        using var _ = proxy;
        using var session = Session(proxy);
        logs.Grow(0, 4);
        var before = logs.Grow(1, 4);
        var (hasRead, isWritten) = (false, false);

        // The first listing after a reading is the first look after the newest records.
        proxy.Decide = line =>
        {
            hasRead |= IsDownload(line);
            if (!hasRead || isWritten || !IsListing(line))
                return null;
            logs.Grow(0, 1);
            isWritten = true;
            return null;
        };
        using var running = session.Start(Wait + " -Tail 1");
        running.Until(() => isWritten);
        running.Until(logs.Count - before + 1);
        running.Until(logs.Grow(1, 1) - before + 1);
        Assert.Equal(logs.Since(before), running.Stop().Clean().Rows.Skip(1));
    }

    [AzuriteFact]
    public void A_failing_listing_is_told_once_and_again_when_it_had_passed()
    {
        var logs = World(out var proxy);
        using var _ = proxy;
        using var session = Session(proxy);
        logs.Grow(0, 3);
        using var running = session.Start(Wait);
        running.Until(logs.Count);
        for (var time = 1; time <= 2; time++)
        {
            var fails = 0;
            proxy.Decide = line => IsListing(line) && ++fails > 0 ? new Fault(400, "InvalidInput") : null;
            running.Until(() => fails > 3);
            var count = logs.Grow(0, 1);
            proxy.Decide = static _ => null;
            running.Until(count);
            Assert.Equal(time, running.Errors);
        }

        // Of a blob just so.
        var downloads = 0;
        proxy.Decide = line => IsDownload(line) && ++downloads < 4 ? new Fault(400, "InvalidInput") : null;
        running.Until(logs.Grow(0, 1));
        var outcome = running.Stop();
        Assert.Equal(3, outcome.Errors.Count);
        Assert.Equal(logs.Rows, outcome.Rows);
    }

    [AzuriteFact]
    public void What_waiting_does_not_heal_ends_it()
    {
        var logs = World(out var proxy);
        using var _ = proxy;
        using var session = Session(proxy);
        logs.Grow(0, 3);
        using (var expired = session.Start(Wait))
        {
            expired.Until(logs.Count);
            proxy.Decide = static _ => new Fault(403, "AuthenticationFailed");
            Ended(expired.End(), "StorageAccessDenied");
        }

        proxy.Decide = static _ => null;
        using var deleted = session.Start(Wait);
        deleted.Until(logs.Count);
        proxy.Decide = static line => IsListing(line) ? new Fault(404, "ContainerNotFound") : null;
        Ended(deleted.End(), "ContainerNotFound");

        static void Ended(Outcome outcome, string id)
        {
            Assert.Equal(id, Outcome.Id(Assert.Single(outcome.Errors)));
            Assert.StartsWith("Waiting has ended", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        }
    }

    [AzuriteFact]
    public void A_container_that_the_first_flow_log_will_make_is_waited_for()
    {
        var logs = World(out var proxy);
        using var _ = proxy;
        using var session = Session(proxy);
        using var running = session.Start(Wait);
        running.Until(() => running.Errors == 1 && running.Warnings == 1);
        running.Until(logs.Grow(0, 3));
        Assert.Equal("ContainerNotFound", Outcome.Id(Assert.Single(running.Stop().Errors)));
    }

    [AzuriteFact]
    public void A_checkpoint_begins_with_the_last_hour_and_finds_late_blocks()
    {
        var logs = World(out var proxy, hours: 4, nics: 1, start: ThisHour.AddHours(-3));
        using var _ = proxy;
        using var session = Session(proxy);
        const string Read = Account + " -Checkpoint $to";
        var old = logs.Grow(0, 3);
        var before = logs.Grow(3, 3);
        Assert.Equal(logs.Since(old), session.Run(Read).Clean().Rows);
        Assert.Empty(session.Run(Read).Clean().Output);

        logs.Grow(2, 3);
        logs.Grow(3, 1);
        Assert.Equal(logs.Since(before), session.Run(Read).Clean().Rows);
        Assert.Equal("CheckpointOfAnother", Outcome.Id(Assert.Single(session.Run(Read + " -Nsg other-nsg").Errors)));

        // Signatures are in no message.
        var refused = session.Run(Account + " -First 1 -Checkpoint 'https://x.blob.core.windows.net/c/b?sv=1&sig=hidden'");
        Assert.Equal("CheckpointTakesAll", Outcome.Id(Assert.Single(refused.Errors)));
        Assert.Equal("https://x.blob.core.windows.net/c/b", refused.Errors[0].TargetObject);
    }

    private static bool IsListing(string line) => line.Contains("comp=list&", StringComparison.Ordinal) || line.Contains("comp=list ", StringComparison.Ordinal);

    private static bool IsDownload(string line) => line.Contains(".json ", StringComparison.Ordinal);

    private CmdletSession Session(FaultProxy proxy) => SharedAccount.Session(_account!.EndpointAt(proxy.Port).AbsoluteUri, ("to", Path.Combine(_folder, "c")));

    private GrowingLogs World(out FaultProxy proxy, int hours = 1, int nics = 1, DateTime? start = null)
    {
        _account = azurite.NewAccount();
        proxy = new FaultProxy(azurite.Port);
        return GrowingLogs.In(_account, new FlowSampleOptions { Hours = hours, Nic = nics, TuplesPerMinute = 3, StartTime = start ?? ThisHour });
    }
}

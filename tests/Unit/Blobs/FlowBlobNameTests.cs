using System;
using System.Linq;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.Unit.Blobs;

public class FlowBlobNameTests
{
    private const string Sub = "A64ACBF7-DD9B-49D0-A538-315A1B63FAE6";
    private const string NsgId = "/SUBSCRIPTIONS/" + Sub + "/RESOURCEGROUPS/RG.1/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/MY.NSG";
    private const string FlowLogId = "/SUBSCRIPTIONS/" + Sub + "/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_EASTUS/FLOWLOGS/MY_LOG";
    private const string When = "/y=2025/m=10/d=05/h=09/m=00/macAddress=7C1E5264840B/PT1H.json";

    public static TheoryData<string, FlowLogKind, string, string?, string?, string> Forms => new()
    {
        { "resourceId=" + NsgId + When, FlowLogKind.Nsg, "MY.NSG", NsgId, "RG.1", Sub },
        { "flowLogResourceID=" + FlowLogId + When, FlowLogKind.VirtualNetwork, "MY_LOG", FlowLogId, "NETWORKWATCHERRG", Sub },
        { "flowLogResourceID=/" + Sub + "_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_VNET1-RG1-FLOWLOGS" + When, FlowLogKind.VirtualNetwork, "VNET1-RG1-FLOWLOGS", null, "NETWORKWATCHERRG", Sub },
        { "flowLogResourceID=/" + Sub + "_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_FLOWLOG-VNET-JPEDERSON-EASTUS" + When, FlowLogKind.VirtualNetwork, "FLOWLOG-VNET-JPEDERSON-EASTUS", null, "NETWORKWATCHERRG", Sub },
        { "flowLogResourceID=/" + Sub + "_BPAVAN-E2E-RG_1/NETWORKWATCHER_CENTRALINDIA_FLOW_LOG" + When, FlowLogKind.VirtualNetwork, "FLOW_LOG", null, "BPAVAN-E2E-RG_1", Sub },
        { "flowLogResourceID=/" + Sub + "_RG/MYWATCHER_LOG" + When, FlowLogKind.VirtualNetwork, "LOG", null, "RG", Sub },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void EveryFormInEveryGuise(string name, FlowLogKind kind, string target, string? id, string? group, string subscription)
    {
        string[] guises =
        [
            name, name.ToLowerInvariant(), name.ToUpperInvariant(), name.Replace('/', '\\'),
            "/home/me/y=1999/mirror/" + name, @"C:\logs\resourceId=\x\" + name.Replace('/', '\\'), name + ".gz",
        ];
        foreach (var guise in guises)
        {
            Assert.True(FlowBlobName.TryParse(guise, out var parsed), guise);
            Assert.Equal(kind, parsed.Kind);
            Assert.Equal(target, parsed.Target, ignoreCase: true);
            Assert.Equal(id, parsed.ResourceId, ignoreCase: true);
            Assert.Equal(group, parsed.ResourceGroup, ignoreCase: true);
            Assert.Equal(subscription, parsed.SubscriptionId, ignoreCase: true);
            Assert.Equal("7C1E5264840B", parsed.MacAddress);
            Assert.Equal(new DateTime(2025, 10, 5, 9, 0, 0, DateTimeKind.Utc), parsed.Hour);
            Assert.Equal(DateTimeKind.Utc, parsed.Hour!.Value.Kind);
        }
    }

    [Theory]
    [InlineData("resourceId=" + NsgId + "/y=2025/m=10/d=05/h=09/m=00/PT1H.json", null, 9)]
    [InlineData("resourceId=" + NsgId + "/y=2025/m=10/d=05/h=9/part-7.json.gz", null, 9)]
    [InlineData("resourceId=" + NsgId + "/y=2025/m=10/d=5/h=00/m=00/macAddress=nonsense/PT1H.json", null, 0)]
    [InlineData("resourceId=" + NsgId + "/y=2025/m=10/d=05/macAddress=7c-1e-52-64-84-0b/PT1H.json", "7C1E5264840B", null)]
    [InlineData("resourceId=" + NsgId + "/y=2025/m=13/d=05/h=09/PT1H.json", null, null)]
    [InlineData("resourceId=" + NsgId + "/y=2025/m=02/d=29/h=09/PT1H.json", null, null)]
    [InlineData("resourceId=" + NsgId + "/y=2025/m=10/d=05/h=24/PT1H.json", null, null)]
    [InlineData("resourceId=" + NsgId + "/y=2025/d=05/m=10/h=09/PT1H.json", null, null)]
    public void WhatIsMissingOrWrongIsNull(string name, string? mac, int? hour)
    {
        var parsed = FlowBlobName.Parse(name);
        Assert.Equal(FlowLogKind.Nsg, parsed.Kind);
        Assert.Equal(NsgId, parsed.ResourceId);
        Assert.Equal(mac, parsed.MacAddress);
        Assert.Equal(hour, parsed.Hour?.Hour);
        Assert.Equal(hour is not null, FlowBlobName.TryParse(name, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("PT1H.json")]
    [InlineData("resourceId=")]
    [InlineData("resourceId=/")]
    [InlineData("flowLogResourceID=")]
    [InlineData("flowLogResourceID=/_/_")]
    [InlineData("y=9999/m=12/d=31/h=23/m=00/PT1H.json")]
    [InlineData("y=0001/m=01/d=01/h=00")]
    [InlineData("y=0000/m=01")]
    [InlineData("y=/m=/d=/h=")]
    [InlineData("resourceId=/SUBSCRIPTIONS")]
    [InlineData("resourceId=//SUBSCRIPTIONS//X//RESOURCEGROUPS")]
    [InlineData("resourceId=/VAULTS/x/y=2025/m=01/d=01/h=01/m=00/PT1H.json")]
    public void NothingFailsOnAnything(string name)
    {
        Assert.Equal(name.Contains("y=2025") && !name.Contains("VAULTS"), FlowBlobName.TryParse(name, out var parsed));
        Assert.Null(parsed.Target);
        var query = new FlowBlobQuery { Start = DateTime.MinValue, End = DateTime.MaxValue };
        query.Excludes(parsed);
        query.Excludes(Filtering.FlowScopeTests.Blob(name));
    }

    [Fact]
    public void RandomNamesNeverFail()
    {
        string[] parts = ["resourceId=", "flowLogResourceID=", "/", "\\", "SUBSCRIPTIONS", "RESOURCEGROUPS", "PROVIDERS", "NETWORKSECURITYGROUPS", "y=2025", "y=9999", "m=", "m=12", "d=31", "h=23", "h=", "_", "a", "macAddress=", "=", "NETWORKWATCHER_", "FLOWLOGS", "\0", "é"];
        var random = new Random(3);
        var query = new FlowBlobQuery { Start = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc), End = DateTime.MaxValue };
        for (var i = 0; i < 50_000; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => parts[random.Next(parts.Length)] + (random.Next(2) == 0 ? "/" : "")));
            query.Excludes(FlowBlobName.Parse(name));
        }
    }

    [Theory]
    [InlineData("x/resourceId=/SUBSCRIPTIONS/S1", FlowLogKind.Nsg, "S1", null, null)]
    [InlineData("x/resourceId=/SUBSCRIPTIONS/S1/RESOURCEGROUPS", FlowLogKind.Nsg, "S1", null, null)]
    [InlineData("x/resourceId=/SUBSCRIPTIONS/S1/RESOURCEGROUPS/G", FlowLogKind.Nsg, "S1", "G", null)]
    [InlineData("x/resourceId=/SUBSCRIPTIONS/S1/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/N", FlowLogKind.Nsg, "S1", "G", "N")]
    [InlineData("x/flowLogResourceID=/S1_G", FlowLogKind.VirtualNetwork, "S1", "G", null)]
    [InlineData("x/flowLogResourceID=", FlowLogKind.VirtualNetwork, null, null, null)]
    [InlineData("x/insights-logs-flowlogflowevent", FlowLogKind.VirtualNetwork, null, null, null)]
    [InlineData("x/insights-logs-networksecuritygroupflowevent/some.json", FlowLogKind.Nsg, null, null, null)]
    [InlineData("resourceId=/SUBSCRIPTIONS/S1/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/V/y=2025/m=01/d=01/h=01/m=00/PT1H.json", null, "S1", "G", null)]
    public void FoldersOnTheWayTellWhatTheyHave(string path, FlowLogKind? kind, string? subscription, string? group, string? target)
    {
        var parsed = FlowBlobName.Parse(path);
        Assert.Equal(kind, parsed.Kind);
        Assert.Equal(subscription, parsed.SubscriptionId);
        Assert.Equal(group, parsed.ResourceGroup);
        Assert.Equal(target, parsed.Target);
    }

    [Theory]
    [InlineData("2025-10-05T08:59:00Z", true)]
    [InlineData("2025-10-05T09:30:00Z", true)]
    [InlineData("2025-10-05T10:09:59Z", true)]
    [InlineData("2025-10-05T10:10:00Z", false)]
    public void OpenUntilTenMinutesAfterTheHour(string now, bool expected)
    {
        var hour = new DateTime(2025, 10, 5, 9, 0, 0, DateTimeKind.Utc);
        Assert.Equal(expected, FlowBlobName.IsOpen(hour, DateTime.Parse(now, null, System.Globalization.DateTimeStyles.AdjustToUniversal)));
        Assert.False(FlowBlobName.IsOpen(null, hour));
    }

    [Theory]
    [InlineData("2025-10-05T09:00:00", "2025-10-05T10:00:00", false)]
    [InlineData("2025-10-05T10:00:00", "2025-10-05T11:00:00", true)]
    [InlineData("2025-10-05T08:00:00", "2025-10-05T09:00:00", false)]
    [InlineData("2025-10-05T08:00:00", "2025-10-05T08:58:01", false)]
    [InlineData("2025-10-05T08:00:00", "2025-10-05T08:58:00", true)]
    public void QueryCountsTheMinutesBeforeTheHour(string start, string end, bool isExcluded)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var query = new FlowBlobQuery { Start = DateTime.Parse(start, culture), End = DateTime.Parse(end, culture) };
        Assert.Equal(isExcluded, query.Excludes(Filtering.FlowScopeTests.Blob("resourceId=" + NsgId + When)));
        Assert.Equal(isExcluded, query.Excludes(FlowBlobName.Parse("resourceId=" + NsgId + When)));
    }

    [Fact]
    public void QueryComparesMacs()
    {
        var blob = Filtering.FlowScopeTests.Blob("resourceId=" + NsgId + When);
        Assert.True(new FlowBlobQuery { MacAddresses = ["000000000001"] }.Excludes(blob));
        Assert.False(new FlowBlobQuery { MacAddresses = ["000000000001", "7c1e5264840b"] }.Excludes(blob));
        Assert.False(new FlowBlobQuery { MacAddresses = ["000000000001"] }.Excludes(Filtering.FlowScopeTests.Blob("a.json")));
    }
}

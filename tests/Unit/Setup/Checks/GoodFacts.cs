using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Checks;

/// <summary>Facts of which nothing is wrong, to be changed one by one.</summary>
internal static class GoodFacts
{
    public static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    public static readonly NsgFlowException Refused = new("ArmAccessDenied", "ARM refused.", "Needs Reader.");

    public static CheckFacts OfNetwork(FlowLog? log = null) => Of(log ?? Log(Net("hub"), workspace: "law"), Hub());

    public static CheckFacts OfNsg(FlowLog? log = null) => Of(log ?? Log(Nsg("web"), workspace: "law"), Hub().With("hub", "flowTimeoutInMinutes", 10));

    public static TestNetwork Hub() => new TestNetwork().WithSubnet("hub", "web", "web", "a", "b").WithSubnet("hub", "db", null, "c");

    public static CheckFacts Of(FlowLog log, TestNetwork network) => new()
    {
        TargetId = new ResourceId(log.TargetResourceId),
        Now = Now,
        Target = network.Resources.Single(resource => resource.ResourceId == NetworkOrSelf(new ResourceId(log.TargetResourceId))),
        FlowLog = log,
        Watcher = Resource("""{"id":"/w","name":"NetworkWatcher_westeurope","location":"westeurope","properties":{"provisioningState":"Succeeded"}}"""),
        Insights = Provider("Registered"),
        Storage = Storage(),
        Lifecycle = default,
        StorageRights = Rights("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"),
        Arrival = new FlowArrival(Blob(Now.AddMinutes(-2)), TimeSpan.FromHours(1)),
        Workspace = Resource("""{"id":"/x","name":"law","location":"West Europe","properties":{"customerId":"99999999-2222-3333-4444-555555555555"}}"""),
        WorkspaceProvider = Provider("registered"),
        WorkspaceRights = new CallerRights([Resource("""{"actions":["*"],"notActions":[]}""")]),
        TargetLocks = Fact<IReadOnlyList<ArmResource>>.Of(static () => []),
        StorageLocks = Fact<IReadOnlyList<ArmResource>>.Of(static () => []),
        Layout = network.Layout,
        Neighbours = Fact<IReadOnlyList<FlowLog>>.Of(() => [log]),
    };

    public static ArmResource Provider(string state) => Resource($$"""{"registrationState":"{{state}}"}""");

    public static ArmResource Storage(string properties = "{}", string kind = "StorageV2", string sku = "Standard_LRS", string location = "westeurope") =>
        Resource($$"""{"id":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stflows","name":"stflows","location":"{{location}}","kind":"{{kind}}","sku":{"name":"{{sku}}"},"properties":{{properties}}}""");

    public static CallerRights Rights(string dataAction) => new([Resource($$"""{"actions":["*"],"dataActions":["{{dataAction}}"]}""")]);

    public static FlowBlob Blob(DateTime changed) => new() { Name = "b", LastModified = changed };

    /// <summary>A lifecycle policy of rules given as the number of days and what happens.</summary>
    public static ArmResource Lifecycle(int days, string action = "delete", string prefix = "", int rules = 1) => Resource(
        """{"properties":{"policy":{"rules":[RULES]}}}""".Replace("RULES", string.Join(',', Enumerable.Repeat(
            """{"enabled":true,"definition":{"actions":{"baseBlob":{"ACTION":{"daysAfterModificationGreaterThan":DAYS}}},"filters":{"blobTypes":["blockBlob"],"prefixMatch":[PREFIX]}}}"""
                .Replace("ACTION", action, StringComparison.Ordinal).Replace("DAYS", days.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("PREFIX", prefix.Length == 0 ? string.Empty : $"\"{prefix}\"", StringComparison.Ordinal), rules)), StringComparison.Ordinal));

    public static Fact<IReadOnlyList<T>> Facts<T>(params T[] items) => Fact<IReadOnlyList<T>>.Of(() => items);

    public static ArmResource Resource(string json) => ArmResource.Parse(json);

    /// <summary>The one check of a name has come out so, says so, and gives a fix unless it passed.</summary>
    public static FlowLogCheck Expect(CheckFacts facts, string check, FlowLogCheckResult result, string says = "")
    {
        var one = Assert.Single(CheckList.Run(facts), row => row.Check == check);
        Assert.True(result == one.Result, one.ToString());
        Assert.Contains(says, one.Message, StringComparison.Ordinal);
        Assert.Equal(result == FlowLogCheckResult.Pass, one.Fix is null);
        if (result == FlowLogCheckResult.Skipped)
        {
            Assert.EndsWith("could not be looked at: ARM refused.", one.Message, StringComparison.Ordinal);
            Assert.Equal("Needs Reader.", one.Fix);
        }

        return one;
    }

    public static void ExpectNone(CheckFacts facts, string check) => Assert.DoesNotContain(CheckList.Run(facts), row => row.Check == check);

    private static ResourceId NetworkOrSelf(ResourceId id) => id.Subnet is null ? id : id.Parent;
}

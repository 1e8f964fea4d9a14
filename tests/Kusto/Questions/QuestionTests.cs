using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Filtering;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Questions;

/// <summary>The KQL of the catalogue.</summary>
[Collection(KustoDefinition.Name)]
public sealed class QuestionTests(KustoParser parser)
{
    private const string Sums = "Flows:long,Denied:long,BytesSent:long,BytesReceived:long,Bytes:long,FirstSeen:datetime,LastSeen:datetime";

    private static readonly Dictionary<string, string> s_columns = new()
    {
        ["SubnetTraffic"] = "SourceSubnet:string,DestinationSubnet:string,Protocol:long,DestinationPort:long," + Sums,
        ["RegionTraffic"] = "SourceLocation:string,DestinationLocation:string," + Sums,
        ["SubscriptionTraffic"] = "SourceSubscription:string,DestinationSubscription:string," + Sums,
        ["PublicSubnets"] = "Subnet:string,Opened:string,Addresses:long," + Sums,
        ["OnPremisesVms"] = "Vm:string," + Sums,
        ["AddressPartners"] = "Address:string,Partner:string," + Sums,
        ["OpenPorts"] = "SourceAddress:string,DestinationAddress:string,Protocol:long,Decision:string,Nsg:string,Rule:string,"
            + "DestinationPorts:dynamic,Flows:long,FirstSeen:datetime,LastSeen:datetime",
        ["Threats"] = "ThreatType:string,Addresses:long," + Sums,
        ["PublicAddresses"] = "FlowType:string,Details:string,Location:string,Addresses:long,FirstSeen:datetime,LastSeen:datetime",
        ["OutboundBytes"] = "Address:string,BytesOpened:long,BytesAnswered:long,Bytes:long,Flows:long",
    };

    public static IEnumerable<object[]> Names => AnalyticsQuestions.All.Select(static one => new object[] { one.Name });

    [KustoTheory]
    [MemberData(nameof(Names))]
    public async Task It_is_good_KQL_in_every_workspace_and_gives_its_columns(string name)
    {
        var question = AnalyticsQuestions.Find(name)!;
        var filter = new FlowFilter { Address = AddressSet.Parse(["10.0.0.4", "10.1.0.0/16", "fd00::1"]), Start = new(2026, 11, 1), End = new(2026, 11, 2) };
        var both = question.Kql(new AnalyticsQuestion { Filter = filter });

        await Judge.AnywhereAsync(parser, [(name, both)]);
        await Judge.AllAsync(parser, [
            (name, question.Kql(new AnalyticsQuestion { Filter = filter, Tables = [TrafficAnalyticsTable.Nsg] })),
            (name, question.Kql(new AnalyticsQuestion { Filter = filter, Tables = [TrafficAnalyticsTable.VirtualNetwork] })),
            .. question.NeedsAddress ? [] : new[] { (name, question.Kql(new AnalyticsQuestion())) },
        ]);
        await Judge.HasColumnsAsync(parser, both, s_columns[name].Split(','));
    }

    [Fact]
    public void One_about_addresses_needs_some()
    {
        foreach (var question in AnalyticsQuestions.All.Where(static one => one.NeedsAddress))
        {
            var error = Assert.Throws<NsgFlowException>(() => question.Kql(new AnalyticsQuestion()));
            Assert.Equal("AddressMissing", error.ErrorId);
        }

        Assert.Equal(["AddressPartners", "OutboundBytes"], AnalyticsQuestions.All.Where(static one => one.NeedsAddress).Select(static one => one.Name));
    }
}

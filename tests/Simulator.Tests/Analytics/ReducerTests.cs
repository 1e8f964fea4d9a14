using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Kusto;
using Xunit;

namespace NsgFlow.SimulatorTests.Analytics;

/// <summary>"Traffic analytics schema and data aggregation": what becomes of lines of flow logs, reckoned by hand.</summary>
public sealed class ReducerTests
{
    private const string Group = "/subscriptions/5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07/resourceGroups/rg-net";
    private const string Nsg = Group + "/providers/Microsoft.Network/networkSecurityGroups/web-nsg";
    private const string Spoke = Group + "/providers/Microsoft.Network/virtualNetworks/spoke-vnet";
    private const string Web = "000D3A112233";

    [Fact]
    public void Lines_of_one_conversation_become_a_row_whatever_their_source_port()
    {
        var tables = Tables(new AnalyticsOptions(), LogText.Nsg(Nsg, Web, 2, ("UserRule_Sql",
        [
            $"{LogText.Noon + 60},10.2.1.4,10.2.2.4,50001,1433,T,O,A,B,,,,",
            $"{LogText.Noon + 120},10.2.1.4,10.2.2.4,50002,1433,T,O,A,B,,,,",
            $"{LogText.Noon + 360},10.2.1.4,10.2.2.4,50001,1433,T,O,A,C,10,1000,20,20000",
            $"{LogText.Noon + 400},10.2.1.4,10.2.2.4,50002,1433,T,O,A,E,1,100,2,200",
            $"{LogText.Noon + 3600},10.2.1.4,10.2.2.4,50001,1433,T,O,A,E,5,500,6,600",
            $"{LogText.Noon + 90},10.2.1.4,10.2.2.4,50003,1434,T,O,A,B,,,,",
        ])));
        Assert.Equal(
            """
            2026-10-27T12:00:00.0000000Z|1433.0|2026-10-27T12:01:00.0000000Z|2026-10-27T12:02:00.0000000Z|2.0|1.0|11.0|1100.0|22.0|20200.0
            2026-10-27T12:00:00.0000000Z|1434.0|2026-10-27T12:01:30.0000000Z|2026-10-27T12:01:30.0000000Z|1.0|0.0|null|null|null|null
            2026-10-27T13:00:00.0000000Z|1433.0|2026-10-27T13:00:00.0000000Z|2026-10-27T13:00:00.0000000Z|0.0|1.0|5.0|500.0|6.0|600.0
            """,
            Kql.Rows(
                """
                AzureNetworkAnalytics_CL
                | where SubType_s == "FlowLog"
                | project FlowIntervalStartTime_t, DestPort_d, FlowStartTime_t, FlowEndTime_t, AllowedOutFlows_d, CompletedFlows_d, OutboundPackets_d, OutboundBytes_d, InboundPackets_d, InboundBytes_d
                | order by FlowIntervalStartTime_t asc, DestPort_d asc
                """,
                tables));
        Assert.Equal(
            "IntraVNet|10.2.1.4|10.2.2.4|T|O|A|5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07/rg-net/web-nsg|UserRule_Sql|User Defined|00-0D-3A-11-22-33|rg-net/spoke-vnet/web|rg-net/spoke-vnet/db|rg-net/web-1-nic|rg-net/db-1-nic|rg-net/web-1|rg-net/db-1|westeurope|2026-10-27T13:30:00.0000000Z",
            Kql.Rows(
                """
                AzureNetworkAnalytics_CL
                | where SubType_s == "FlowLog" and DestPort_d == 1434
                | project FlowType_s, SrcIP_s, DestIP_s, L4Protocol_s, FlowDirection_s, FlowStatus_s, NSGList_s, NSGRule_s, NSGRuleType_s, MACAddress_s, Subnet1_s, Subnet2_s, NIC1_s, NIC2_s, VM1_s, VM2_s, Region2_s, TimeGenerated
                """,
                tables));
    }

    [Fact]
    public void Public_addresses_of_one_country_share_a_row_that_lists_them()
    {
        var tables = Tables(new AnalyticsOptions(), LogText.Nsg(Nsg, Web, 2, ("UserRule_AllowHttps",
        [
            $"{LogText.Noon + 1},203.0.113.9,10.2.1.4,50001,443,T,I,A,B,,,,",
            $"{LogText.Noon + 9},203.0.113.9,10.2.1.4,50001,443,T,I,A,E,3,300,4,4000",
            $"{LogText.Noon + 2},203.0.113.7,10.2.1.4,50001,443,T,I,A,B,,,,",
            $"{LogText.Noon + 3},203.0.113.7,10.2.1.4,50002,443,T,I,A,B,,,,",
            $"{LogText.Noon + 4},198.51.100.7,10.2.1.4,50002,443,T,I,A,B,,,,",
            $"{LogText.Noon + 5},20.50.1.1,10.2.1.4,50002,443,T,I,A,B,,,,",
        ])));
        Assert.Equal(
            """
            AzurePublic||westeurope||10.2.1.4|20.50.1.1|1|0|0|0|0|0|1.0
            ExternalPublic|DE|||10.2.1.4|203.0.113.7|2|0|0|0|0|0 203.0.113.9|1|1|3|4|300|4000|3.0
            ExternalPublic|NL|||10.2.1.4|198.51.100.7|1|0|0|0|0|0|1.0
            """,
            Kql.Rows(
                """
                AzureNetworkAnalytics_CL
                | where SubType_s == "FlowLog"
                | project FlowType_s, Country_s, AzureRegion_s, SrcIP = column_ifexists("SrcIP_s", ""), DestIP_s, SrcPublicIPs_s, AllowedInFlows_d
                | order by FlowType_s asc, Country_s asc
                """,
                tables));
        Assert.Equal(
            "20.50.1.1|AzurePublic|westeurope\n203.0.113.7|ExternalPublic|DE",
            Kql.Rows("AzureNetworkAnalyticsIPDetails_CL | where IP_s in ('20.50.1.1', '203.0.113.7') | project IP_s, FlowType_s, Location_s | order by IP_s asc", tables));
    }

    [Fact]
    public void A_malicious_address_keeps_its_place_and_has_details()
    {
        var options = new AnalyticsOptions { Threats = [("203.0.113.66", "Botnet", "A bot", "bad.example")] };
        var tables = Tables(options, LogText.Nsg(Nsg, Web, 1, ("DefaultRule_DenyAllInBound", [$"{LogText.Noon},203.0.113.66,10.2.1.4,1,22,T,I,D", $"{LogText.Noon},203.0.113.66,10.2.1.4,2,22,T,I,D"])));
        Assert.Equal("MaliciousFlow|203.0.113.66|2.0|Default", Kql.Rows("AzureNetworkAnalytics_CL | where SubType_s == 'FlowLog' | project FlowType_s, SrcIP_s, DeniedInFlows_d, NSGRuleType_s", tables));
        Assert.Equal("203.0.113.66|Botnet|bad.example", Kql.Rows("AzureNetworkAnalyticsIPDetails_CL | project IP_s, ThreatType_s, DNSDomain_s", tables));

        // Version 1 tells no bytes, so the workspace has never got the column.
        Assert.Equal("gone", Kql.Rows("AzureNetworkAnalytics_CL | where SubType_s == 'FlowLog' | project x = column_ifexists('InboundBytes_d', 'gone')", tables));
    }

    [Theory]
    [InlineData(AnalyticsSpelling.Tables, "Inbound|Denied|DefaultRule_DenyAllInBound|5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07/rg-net/spoke-vnet|5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07/NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE/SPOKE|UnknownPrivate")]
    [InlineData(AnalyticsSpelling.Article, "I|D|DenyAllInBound|rg-net/spoke-vnet|NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE/SPOKE|Unknown Private")]
    public void Virtual_network_flow_logs_fill_the_other_table(AnalyticsSpelling spelling, string values)
    {
        var tables = Tables(new AnalyticsOptions { Spelling = spelling }, LogText.VirtualNetwork(Spoke, Nsg, Web, ("DefaultRule_DenyAllInBound",
            [$"{LogText.Noon}123,10.99.0.1,10.2.1.4,50000,22,6,I,D,NX,0,0,0,0", $"{LogText.Noon}124,10.99.0.1,10.2.1.4,50001,22,6,I,D,NX,0,0,0,0"])));
        Assert.Equal(
            values + "|2026-10-27T12:00:00.1230000Z|T|22|2|0|Unencrypted|VirtualNetwork|50000|50001|2",
            Kql.Rows("NTANetAnalytics | project FlowDirection, FlowStatus, AclRule, TargetResourceId, FlowLogResourceId, FlowType, FlowStartTime, L4Protocol, DestPort, DeniedInFlows, BytesSrcToDest, FlowEncryption, TargetResourceType, SrcPorts, RecordCount", tables));
        Assert.False(tables.Tables.ContainsKey("AzureNetworkAnalytics_CL"));
    }

    [Theory]
    [InlineData("10.2.2.4", "IntraVNet")]
    [InlineData("10.1.0.9", "InterVNet")]
    [InlineData("10.60.3.3", "S2S")]
    [InlineData("172.16.10.9", "P2S")]
    [InlineData("192.168.7.7", "UnknownPrivate")]
    [InlineData("168.63.129.16", "AzurePublic")]
    [InlineData("2603:1000::5", "AzurePublic")]
    [InlineData("2001:db8::5", "ExternalPublic")]
    [InlineData("8.8.8.8", "ExternalPublic")]
    [InlineData("20.61.4.17", "Unknown")]
    [InlineData("20.61.4.18", "IntraVNet")]
    [InlineData("224.0.0.1", "Unknown")]
    public void Flow_types(string other, string type)
    {
        var tables = Tables(new AnalyticsOptions(), LogText.Nsg(Nsg, Web, 2, ("DefaultRule_X", [$"{LogText.Noon},10.2.1.4,{other},50001,80,U,O,A,B,,,,"])));
        Assert.Equal(type, Kql.Rows("AzureNetworkAnalytics_CL | where SubType_s == 'FlowLog' | project FlowType_s", tables));
    }

    [Fact]
    public void Ten_minutes_make_rows_of_their_own_and_topology_tells_what_is_logged()
    {
        var tables = Tables(new AnalyticsOptions { Interval = 10 }, LogText.Nsg(Nsg, Web, 2, ("DefaultRule_X",
            [$"{LogText.Noon + 599},10.2.1.4,10.2.2.4,1,80,T,O,A,B,,,,", $"{LogText.Noon + 600},10.2.1.4,10.2.2.4,1,80,T,O,A,B,,,,"])));
        Assert.Equal("2026-10-27T12:00:00.0000000Z|2026-10-27T12:10:00.0000000Z\n2026-10-27T12:10:00.0000000Z|2026-10-27T12:20:00.0000000Z", Kql.Rows(
            "AzureNetworkAnalytics_CL | where SubType_s == 'FlowLog' | project FlowIntervalStartTime_t, FlowIntervalEndTime_t | order by FlowIntervalStartTime_t asc", tables));
        Assert.Equal("rg-net/db-nsg|false|\nrg-net/web-nsg|true|5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07/rg-net/stflows", Kql.Rows(
            "AzureNetworkAnalytics_CL | where SubType_s == 'Topology' and Name_s startswith 'rg-net' | distinct Name_s, IsFlowEnabled_b, FlowLogStorageAccount_s | order by Name_s asc", tables));
    }

    private static KqlDatabase Tables(AnalyticsOptions options, byte[] blob) => new TrafficAnalyticsReducer(SampleWorld.Create(), options).Add(blob).Tables();
}

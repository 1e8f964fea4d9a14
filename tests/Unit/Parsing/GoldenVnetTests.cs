using System;
using System.Linq;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>VNet flow logs, version 4, with values read off the text by hand.</summary>
public class GoldenVnetTests
{
    [Fact]
    public void State_is_field_7_encryption_field_8_and_the_decision_is_derived()
    {
        var read = Reading.Read(Texts.Vnet(
            "1663146003599,10.0.0.6,52.239.184.180,23956,443,6,O,B,NX,0,0,0,0",
            "1663146003606,10.0.0.6,52.239.184.180,23956,443,6,O,E,NX,3,767,2,1580",
            "1663146003637,203.0.113.9,10.0.0.6,22730,443,17,I,D,X,0,0,0,0",
            "1663146004251,10.0.0.6,52.239.184.180,22732,443,6,O,C,NX_FALLBACK,,,,"));
        Assert.Empty(read.Issues);
        var t = read.Rows.Select(r => r.Tuple).ToArray();
        Assert.Equal([FlowState.Begin, FlowState.End, FlowState.Deny, FlowState.Continue], t.Select(x => x.State));
        Assert.Equal([FlowDecision.Allow, FlowDecision.Allow, FlowDecision.Deny, FlowDecision.Allow], t.Select(x => x.Decision));
        Assert.Equal(["NX", "NX", "X", "NX_FALLBACK"], t.Select(x => x.Encryption));
        Assert.Equal([FlowDirection.Outbound, FlowDirection.Outbound, FlowDirection.Inbound, FlowDirection.Outbound], t.Select(x => x.Direction));
        Assert.Equal(["6", "6", "17", "6"], t.Select(x => x.Protocol));
        Assert.Equal([0, 3, 0, null], t.Select(x => x.PacketsSent));
        Assert.Equal([0, 767, 0, null], t.Select(x => x.BytesSent));
        Assert.Equal([0, 2, 0, null], t.Select(x => x.PacketsReceived));
        Assert.Equal([0, 1580, 0, null], t.Select(x => x.BytesReceived));
        Assert.Equal([1663146003599, 1663146003606, 1663146003637, 1663146004251], t.Select(x => x.Milliseconds));
        Assert.Equal(0x0000FFFF_34EFB8B4UL, t[0].DestinationLow);
        Assert.Equal((23956, 443), (t[0].SourcePort, t[0].DestinationPort));
    }

    [Fact]
    public void The_entry_says_target_flow_log_and_acl()
    {
        var context = Assert.Single(Reading.Read(Texts.Vnet(Texts.GoodVnet(1))).Rows).Context;
        Assert.Equal(FlowLogKind.VirtualNetwork, context.Kind);
        Assert.Equal(4, context.FormatVersion);
        Assert.Equal("{\"records\":[".Length, context.EntryOffset);
        Assert.Equal(new DateTime(2022, 9, 14, 9, 0, 52, DateTimeKind.Utc).AddTicks(5625085), context.EntryTime);
        Assert.Equal("00224871C205", context.Mac);
        Assert.Equal(Texts.VnetId, context.Target);
        Assert.Equal(Texts.FlowLogId, context.FlowLog);
        Assert.Equal(Texts.AclId, context.AclId);
        Assert.Equal(("web", FlowRuleKind.User), (context.Rule, context.RuleKind));
    }

    [Theory]
    [InlineData("X", FlowEncryption.Encrypted)]
    [InlineData("NX", FlowEncryption.NotEncrypted)]
    [InlineData("NX_HW_NOT_SUPPORTED", FlowEncryption.HardwareNotSupported)]
    [InlineData("NX_SW_NOT_READY", FlowEncryption.SoftwareNotReady)]
    [InlineData("NX_NOT_ACCEPTED", FlowEncryption.NotAccepted)]
    [InlineData("NX_NOT_SUPPORTED", FlowEncryption.NotSupported)]
    [InlineData("NX_LOCAL_DST", FlowEncryption.LocalDestination)]
    [InlineData("NX_FALLBACK", FlowEncryption.Fallback)]
    [InlineData("NX_SOMETHING_NEW", FlowEncryption.Other)]
    public void Encryption_codes_are_kept_and_known_ones_named(string code, FlowEncryption meaning)
    {
        var sink = new KeepingSink();
        var reader = new NsgFlow.Parsing.FlowLogReader(sink);
        reader.Write(Reading.Utf8(Texts.Vnet($"1663146003599,10.0.0.6,52.239.184.180,1,443,6,O,B,{code},0,0,0,0")));
        reader.Complete();
        var record = Assert.Single(sink.Records);
        Assert.Equal(code, record.EncryptionCode);
        Assert.Equal(meaning, record.Encryption);
    }

    [Fact]
    public void Seconds_and_blanks_as_in_the_published_bandwidth_example()
    {
        var read = Reading.Read(Texts.Vnet("1493763938,185.170.185.105,10.2.0.4,35370,23,6,I,B,NX,,,,", "1493695838,185.170.185.105,10.2.0.4,35370,23,6,I,C,NX,1021,588096,8005,4610880"));
        Assert.Empty(read.Issues);
        Assert.Equal([1493763938000, 1493695838000], read.Rows.Select(r => r.Tuple.Milliseconds));
        Assert.Equal([null, 1021], read.Rows.Select(r => r.Tuple.PacketsSent));
        Assert.Equal([null, 4610880], read.Rows.Select(r => r.Tuple.BytesReceived));
    }

    [Fact]
    public void Acls_are_guids_arm_ids_or_unspecified_and_may_come_again()
    {
        var guid = "00000000-0000-0000-0000-000000000000";
        var text = $$"""
            {"records":[{"flowRecords":{"flows":[
              {"aclID":"{{guid}}","flowGroups":[{"rule":"PlatformRule","flowTuples":["{{Texts.GoodVnet(1)}}"]}]},
              {"aclID":"{{Texts.AclId}}","flowGroups":[{"rule":"DefaultRule_DenyAllInBound","flowTuples":["{{Texts.GoodVnet(2)}}"]},{"flowTuples":[],"rule":"none"},{"flowTuples":["{{Texts.GoodVnet(3)}}"],"rule":"UserRule"}]},
              {"flowGroups":[{"rule":"unspecified","flowTuples":["1663146003599,10.0.0.6,10.0.0.7,4,443,6,O,D,NX_NOT_ACCEPTED,0,0,0,0"]}],"aclID":"unspecified"},
              {"aclID":"{{Texts.AclId}}","flowGroups":[{"rule":"BlockHighRiskTCPPortsFromInternet","flowTuples":["{{Texts.GoodVnet(5)}}"]}]}]},
              "flowLogVersion":4}]}
            """;
        var read = Reading.Read(text);
        Assert.Empty(read.Issues);
        Assert.Equal([1, 2, 3, 4, 5], Texts.Ports(read));
        Assert.Equal([guid, Texts.AclId, Texts.AclId, "unspecified", Texts.AclId], read.Rows.Select(r => r.Context.AclId));
        Assert.Equal(["PlatformRule", "DenyAllInBound", "UserRule", "unspecified", "BlockHighRiskTCPPortsFromInternet"], read.Rows.Select(r => r.Context.Rule));
        Assert.Equal(
            [FlowRuleKind.Platform, FlowRuleKind.Default, FlowRuleKind.User, FlowRuleKind.Unspecified, FlowRuleKind.Unprefixed],
            read.Rows.Select(r => r.Context.RuleKind));
        Assert.All(read.Rows, r => Assert.Null(r.Context.Mac));
        Assert.All(read.Rows, r => Assert.Null(r.Context.EntryTime));
    }

    [Theory]
    [InlineData("6", "6")]
    [InlineData("17", "17")]
    [InlineData("1", "1")]
    [InlineData("T", "6")]
    [InlineData("HOPOPT", "HOPOPT")]
    public void Protocols_are_numbers_or_passed_through(string written, string expected)
    {
        var read = Reading.Read(Texts.Vnet($"1663146003599,10.0.0.6,52.239.184.180,1,443,{written},O,B,NX,0,0,0,0"));
        Assert.Empty(read.Issues);
        Assert.Equal(expected, Assert.Single(read.Rows).Tuple.Protocol);
    }

    [Fact]
    public void Ids_may_be_spelled_with_a_small_d()
    {
        var text = Texts.Vnet(Texts.GoodVnet(1)).Replace("targetResourceID", "targetResourceId").Replace("flowLogResourceID", "flowLogResourceId").Replace("aclID", "aclId");
        var context = Assert.Single(Reading.Read(text).Rows).Context;
        Assert.Equal((Texts.VnetId, Texts.FlowLogId, Texts.AclId), (context.Target, context.FlowLog, context.AclId));
    }

    [Fact]
    public void Keys_come_in_any_order()
    {
        var text = $$"""
            {"records":[{"flowRecords":{"flows":[{"flowGroups":[{"flowTuples":["{{Texts.GoodVnet(1)}}"],"rule":"UserRule_x"}],"aclID":"g"}]},"targetResourceID":"{{Texts.VnetId}}",
            "operationName":"FlowLogFlowEvent","flowLogVersion":4,"macAddress":"00224871C205","flowLogResourceID":"{{Texts.FlowLogId}}","time":"2022-09-14T09:00:52Z","category":"FlowLogFlowEvent"}]}
            """;
        var read = Reading.Read(text);
        Assert.Empty(read.Issues);
        var expected = new RowContext
        {
            EntryOffset = 12,
            Kind = FlowLogKind.VirtualNetwork,
            FormatVersion = 4,
            EntryTime = new DateTime(2022, 9, 14, 9, 0, 52, DateTimeKind.Utc),
            EntryMac = "00224871C205",
            Mac = "00224871C205",
            Rule = "x",
            RuleKind = FlowRuleKind.User,
            AclId = "g",
            Target = Texts.VnetId,
            FlowLog = Texts.FlowLogId,
        };
        Assert.Equal(expected, Assert.Single(read.Rows).Context);
    }
}

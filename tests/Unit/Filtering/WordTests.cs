using System;
using System.Linq;
using System.Text;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public class WordTests
{
    [Theory]
    [InlineData("I In Inbound Ingress INGRESS inbound", FlowDirection.Inbound)]
    [InlineData("O Out Outbound Egress o", FlowDirection.Outbound)]
    public void Directions(string words, FlowDirection expected) => Assert.All(words.Split(' '), word =>
    {
        Assert.True(FlowWords.TryParseDirection(word, out var direction, out var error));
        Assert.Equal(expected, direction);
        Assert.Null(error);
    });

    [Theory]
    [InlineData("A Allow Allowed Accept", FlowDecision.Allow)]
    [InlineData("D Deny Denied Drop Dropped Blocked", FlowDecision.Deny)]
    public void Decisions(string words, FlowDecision expected) => Assert.All(words.Split(' '), word =>
    {
        Assert.True(FlowWords.TryParseDecision(" " + word.ToLowerInvariant(), out var decision, out _));
        Assert.Equal(expected, decision);
    });

    [Theory]
    [InlineData("B Begin", FlowState.Begin)]
    [InlineData("C Continue Continuing", FlowState.Continue)]
    [InlineData("E End", FlowState.End)]
    [InlineData("D Deny", FlowState.Deny)]
    public void States(string words, FlowState expected) => Assert.All(words.Split(' '), word =>
    {
        Assert.True(FlowWords.TryParseState(word, out var state, out _));
        Assert.Equal(expected, state);
    });

    [Fact]
    public void WrongWordsAreNamed()
    {
        Assert.False(FlowWords.TryParseDirection("sideways", out _, out var error));
        Assert.Equal("sideways is not a direction: give Inbound (I, In, Ingress) or Outbound (O, Out, Egress).", error);
        Assert.False(FlowWords.TryParseDecision(null, out _, out error));
        Assert.StartsWith("'' is not a decision", error, StringComparison.Ordinal);
        Assert.False(FlowWords.TryParseState("None", out _, out error));
        Assert.StartsWith("None is not a flow state", error, StringComparison.Ordinal);
        Assert.False(FlowWords.TryParseState("a\nb" + new string('x', 200), out _, out error));
        Assert.DoesNotContain('\n', error!);
        Assert.True(error!.Length < 180);
    }

    [Theory]
    [InlineData("tcp", 6)]
    [InlineData("T", 6)]
    [InlineData("U", 17)]
    [InlineData("UDP", 17)]
    [InlineData("icmp", 1)]
    [InlineData("IcmpV6", 58)]
    [InlineData("132", 132)]
    [InlineData("0", 0)]
    [InlineData("255", 255)]
    [InlineData("other", 256)]
    public void Protocols(string text, int expected)
    {
        var set = ProtocolSet.Parse([text]);
        Assert.Equal([(FlowProtocol)expected], set.Protocols);
        for (var code = 0; code < 300; code++)
        {
            Assert.Equal(code == expected || (expected == 256 && code > 256), set.Contains((ushort)code));
        }
    }

    [Theory]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("tpc")]
    [InlineData("")]
    public void WrongProtocolsAreNamed(string text)
    {
        var error = Assert.Throws<FormatException>(() => ProtocolSet.Parse(["tcp", text])).Message;
        Assert.Contains("is not a protocol: give Tcp (T), Udp (U)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryEnumNameIsAWord()
    {
        Assert.All(Enum.GetNames<FlowDirection>(), name => Assert.True(FlowWords.TryParseDirection(name, out _, out _)));
        Assert.All(Enum.GetNames<FlowDecision>(), name => Assert.True(FlowWords.TryParseDecision(name, out _, out _)));
        Assert.All(Enum.GetNames<FlowState>().Skip(1), name => Assert.True(FlowWords.TryParseState(name, out _, out _)));
        Assert.All(Enum.GetNames<FlowProtocol>(), name => Assert.True(ProtocolSet.TryParse(name, out _, out _)));
        Assert.All(Enum.GetNames<FlowEncryption>().Skip(1), name => Assert.True(EncryptionSet.TryCheck(name, out _)));
    }

    [Fact]
    public void EncryptionByWordCodeAndAll()
    {
        string[] codes = ["X", "NX", "NX_HW_NOT_SUPPORTED", "NX_SW_NOT_READY", "NX_NOT_ACCEPTED", "NX_NOT_SUPPORTED", "NX_LOCAL_DST", "NX_FALLBACK", "NX_FILTER_TEST", "Y_FILTER_TEST"];
        bool[] Answers(params string[] texts)
        {
            var set = EncryptionSet.Parse(texts);
            Assert.False(set.Contains(0));
            return codes.Select(code => set.Contains(Code(code))).ToArray();
        }

        string Matching(params string[] texts) => string.Join(" ", codes.Zip(Answers(texts)).Where(pair => pair.Second).Select(pair => pair.First));
        Assert.Equal("X", Matching("x"));
        Assert.Equal("X", Matching("Encrypted"));
        Assert.Equal("NX", Matching("nx"));
        Assert.Equal("NX", Matching("NotEncrypted"));
        Assert.Equal("NX_FALLBACK", Matching("Fallback"));
        Assert.Equal("NX_NOT_ACCEPTED NX_LOCAL_DST", Matching("nx_not_accepted", "LocalDestination"));
        Assert.Equal("NX NX_HW_NOT_SUPPORTED NX_SW_NOT_READY NX_NOT_ACCEPTED NX_NOT_SUPPORTED NX_LOCAL_DST NX_FALLBACK NX_FILTER_TEST", Matching("NX_ALL"));
        Assert.Equal("NX_FILTER_TEST", Matching("NX_FILTER_TEST"));
        Assert.Equal("NX_FILTER_TEST Y_FILTER_TEST", Matching("Other"));
        Assert.StartsWith("None is not an encryption state", Assert.Throws<FormatException>(() => EncryptionSet.Parse(["None"])).Message, StringComparison.Ordinal);
        Assert.False(EncryptionSet.TryCheck("NX_*", out _));
    }

    [Theory]
    [InlineData("000D3AF8801A")]
    [InlineData("000d3af8801a")]
    [InlineData("00-0D-3A-F8-80-1A")]
    [InlineData("00:0d:3a:f8:80:1a")]
    [InlineData("000d.3af8.801a")]
    [InlineData(" 00 0D 3A F8 80 1A ")]
    public void MacsAreNormalised(string text)
    {
        var set = MacSet.Parse([text, "000D3AF8801A"]);
        Assert.Equal(["000D3AF8801A"], set.Values);
        Assert.True(set.Contains("000D3AF8801A"));
        Assert.False(set.Contains("000D3AF8801B"));
        Assert.False(set.Contains(null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("000D3AF8801")]
    [InlineData("000D3AF8801A0")]
    [InlineData("000D3AF8801G")]
    [InlineData("00/0D/3A/F8/80/1A")]
    public void WrongMacsAreNamed(string text)
    {
        Assert.False(MacSet.TryNormalize(text, out var mac, out var error));
        Assert.Empty(mac);
        Assert.Contains("is not a MAC address: it has twelve hexadecimal digits", error, StringComparison.Ordinal);
    }

    private static ushort Code(string text) =>
        EncryptionCodes.TryParse(Encoding.ASCII.GetBytes(text), out var code) ? code : throw new FormatException(text);
}

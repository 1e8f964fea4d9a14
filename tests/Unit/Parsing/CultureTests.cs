using System.Globalization;
using System.Linq;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>The thread's culture changes nothing: Turkish has another small i, Saudi Arabic another calendar, digits and minus sign.</summary>
public class CultureTests
{
    private static readonly string _text = Texts.Records(
        Texts.NsgEntry(1, "userrule_i", "1487282421,42.119.146.95,10.1.0.4,51529,5358,t,i,d"),
        Texts.NsgEntry(2, "DEFAULTRULE_I", Texts.Good(1), "-1542110400,10.0.0.4,10.0.0.5,1,443,T,O,A,B,,,,").Replace("000D3AF87856", "00-0d-3a-f8-78-5f"),
        Texts.VnetEntry("g", "UNSPECIFIED", "1663146003599,fe80::1,::ffff:1.2.3.4,1,443,6,i,d,NX_LOCAL_DST,1,2,3,4"),
        Texts.VnetEntry("g", "platformrule", Texts.GoodVnet(2)));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("de-DE")]
    public void The_culture_changes_nothing(string name)
    {
        var expected = InCulture(CultureInfo.InvariantCulture);
        var actual = InCulture(CultureInfo.GetCultureInfo(name));
        Assert.Equal(4, expected.Read.Rows.Count);
        Reading.AssertSame(expected.Read, actual.Read, name);
        Assert.Equal(expected.Lines, actual.Lines);
        Assert.Equal(
            [FlowRuleKind.User, FlowRuleKind.Default, FlowRuleKind.Unspecified, FlowRuleKind.Platform],
            actual.Read.Rows.Select(r => r.Context.RuleKind));
        Assert.Equal("000D3AF8785F", actual.Read.Rows[1].Context.Mac);
        Assert.Equal(2018, actual.Read.Rows[1].Context.EntryTime!.Value.Year);
    }

    private static (ReadResult Read, string[] Lines) InCulture(CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            var sink = new KeepingSink();
            var reader = new NsgFlow.Parsing.FlowLogReader(sink);
            reader.Write(Reading.Utf8(_text));
            reader.Complete();
            var lines = sink.Records.Select(r => $"{r} {r.ProtocolCode} {r.SourceAddress}").Concat(sink.Issues.Select(i => i.ToString())).ToArray();
            return (Reading.Read(_text), lines);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

using System;
using System.Globalization;
using NsgFlow.Display;
using Xunit;

namespace NsgFlow.Unit.Display;

public sealed class FlowFormatTests : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Theory]
    [InlineData(null, "")]
    [InlineData(0L, "0 B")]
    [InlineData(987L, "987 B")]
    [InlineData(999L, "999 B")]
    [InlineData(1000L, "1.0 KB")]
    [InlineData(1536L, "1.5 KB")]
    [InlineData(102_297L, "99.9 KB")]
    [InlineData(102_400L, "100 KB")]
    [InlineData(1_023_999L, "1.0 MB")]
    [InlineData(12_897_484L, "12.3 MB")]
    [InlineData(5_368_709_120L, "5.0 GB")]
    [InlineData(long.MaxValue, "8.0 EB")]
    [InlineData(-1536L, "-1.5 KB")]
    public void Sizes_have_three_digits_and_null_is_blank(long? bytes, string expected) => Assert.Equal(expected, FlowFormat.Size(bytes));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public void No_culture_changes_what_is_shown(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        Assert.Equal("1.5 KB", FlowFormat.Size(1536));
        Assert.Equal("1,234,567", FlowFormat.Count(1_234_567));
        Assert.Equal("2026-11-01 09:30:05Z", FlowFormat.Time(new DateTime(2026, 11, 1, 9, 30, 5, DateTimeKind.Utc)));
        Assert.Equal("2026-11-01 09:30:05", FlowFormat.ShortTime(new DateTime(2026, 11, 1, 9, 30, 5, DateTimeKind.Utc)));
        Assert.Equal("2026-11-01 09h", FlowFormat.Hour(new DateTime(2026, 11, 1, 9, 0, 0, DateTimeKind.Utc)));
        Assert.Equal("10.0.0.4:443", FlowFormat.Endpoint("10.0.0.4", 443));
    }

    [Fact]
    public void Nothing_recorded_is_shown_as_nothing()
    {
        Assert.Equal("", FlowFormat.Count(null));
        Assert.Equal("", FlowFormat.Time(null));
        Assert.Equal("", FlowFormat.ShortTime(null));
        Assert.Equal("", FlowFormat.PreciseTime(null));
        Assert.Equal("", FlowFormat.Hour(null));
    }

    [Fact]
    public void Version_6_addresses_get_brackets() => Assert.Equal("[2001:db8::1]:53", FlowFormat.Endpoint("2001:db8::1", 53));

    [Theory]
    [InlineData("10.0.0.4:443", 21, "10.0.0.4:443")]
    [InlineData("255.255.255.255:65535", 21, "255.255.255.255:65535")]
    [InlineData("[2001:db8:85a3::8a2e:370:7334]:443", 21, "[2001:db8:\u2026:7334]:443")]
    public void Long_endpoints_are_cut_in_the_middle(string text, int width, string expected)
    {
        Assert.Equal(expected, FlowFormat.Shorten(text, width));
        Assert.True(expected.Length <= width);
    }

    [Fact]
    public void The_arrow_stands_in_one_column() =>
        Assert.Equal("10.0.0.4:50000        \u2192 10.1.0.5:443", FlowFormat.Flow(Record(FlowDecision.Allow)));

    [Fact]
    public void Denied_flows_stand_out_and_in_colour_where_PowerShell_can()
    {
        Assert.Equal(Colours.Wanted ? "\u001b[91mDENY\u001b[0m" : "DENY", FlowFormat.Decision(Record(FlowDecision.Deny)));
        Assert.Equal("Allow", FlowFormat.Decision(Record(FlowDecision.Allow)));
        Assert.StartsWith(Colours.Wanted ? "\u001b[91m10.0.0.4:50000 " : "10.0.0.4:50000 ", FlowFormat.Flow(Record(FlowDecision.Deny)), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", FlowFormat.Flow(Record(FlowDecision.Allow)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("UserRule ä 規則 😀 ~", "UserRule ä 規則 😀 ~")]
    [InlineData("A\u001b]0;pwned\u0007\u001b[2J", "A?]0;pwned??[2J")]
    [InlineData("\u009b2J\u007f\r\n\t", "?2J????")]
    [InlineData("a\u202eb\u200b\u2028\u2029\ufeff", "a?b????")]
    [InlineData("x\U000e0041y", "x?y")]
    public void Text_holds_nothing_that_a_terminal_obeys(string? text, string expected) => Assert.Equal(expected, FlowFormat.Text(text));

    [Fact]
    public void Half_a_character_is_not_shown() => Assert.Equal("a?b", FlowFormat.Text("a" + (char)0xD83D + "b"));

    [Fact]
    public void Clean_text_is_not_copied()
    {
        var text = "UserRule_A" + 1;
        Assert.Same(text, FlowFormat.Text(text));
    }

    [Theory]
    [InlineData(6, "Tcp")]
    [InlineData(17, "Udp")]
    [InlineData(89, "89")]
    public void Protocols_show_their_name_or_number(int code, string expected) =>
        Assert.Equal(expected, FlowFormat.Protocol(Record(FlowDecision.Allow, code)));

    [Theory]
    [InlineData(null, "")]
    [InlineData(FlowState.Begin, "Begin")]
    [InlineData(FlowState.Continue, "Cont")]
    [InlineData(FlowState.End, "End")]
    [InlineData(FlowState.Deny, "Deny")]
    public void States_fit_five_columns(FlowState? state, string expected) => Assert.Equal(expected, FlowFormat.State(state));

    [Theory]
    [InlineData(0, "0s", "0s+")]
    [InlineData(0.35, "350ms", "0s+")]
    [InlineData(0.999, "999ms", "0s+")]
    [InlineData(1, "1.0s", "1s+")]
    [InlineData(12.34, "12.3s", "12s+")]
    [InlineData(59.94, "59.9s", "59s+")]
    [InlineData(59.96, "1.0m", "59s+")]
    [InlineData(725, "12.1m", "12m+")]
    [InlineData(3599, "1.0h", "59m+")]
    [InlineData(86_399, "1.0d", "23h+")]
    [InlineData(8_632_000, "99.9d", "99d+")]
    [InlineData(86_313_600, "999d", "999d+")]
    public void Lengths_fit_five_columns_and_lengths_of_parts_are_the_least(double seconds, string whole, string part)
    {
        Assert.Equal(whole, FlowFormat.Span(Session(seconds, FlowState.Begin, isEnded: true)));
        Assert.Equal(Marked(part), FlowFormat.Span(Session(seconds, FlowState.Begin, isEnded: false)));
        Assert.Equal(Marked(part), FlowFormat.Span(Session(seconds, FlowState.End, isEnded: true)));
        Assert.True(whole.Length <= 5 && part.Length <= 5);
    }

    [Fact]
    public void A_session_shows_its_ends_and_its_state()
    {
        var session = Session(1, FlowState.Begin, isEnded: true);
        Assert.Equal(FlowFormat.Flow(Record(FlowDecision.Allow)), FlowFormat.Flow(session));
        Assert.Equal("Tcp", FlowFormat.Protocol(session));
        Assert.Equal("Complete", FlowFormat.SessionState(session));
        Assert.Equal(Marked("Open"), FlowFormat.SessionState(Session(1, FlowState.Begin, isEnded: false)));
        Assert.Equal(Marked("HeadMissing"), FlowFormat.SessionState(Session(1, FlowState.Continue, isEnded: true)));
    }

    [Fact]
    public void A_blob_is_labelled_by_its_target_or_its_file()
    {
        Assert.Equal("web-nsg", FlowFormat.Label(new FlowBlob { Name = "a/b/PT1H.json", Target = "web-nsg" }));
        Assert.Equal("web?[2J", FlowFormat.Label(new FlowBlob { Name = "a/b/PT1H.json", Target = "web\u001b[2J" }));
        Assert.Equal("loose.json", FlowFormat.Label(new FlowBlob { Name = "/tmp/x/loose.json" }));
        Assert.Equal("macAddress=000D3AE75BCA/PT1H.json", FlowFormat.Label(new FlowBlob { Name = "/tmp/m=00/macAddress=000D3AE75BCA/PT1H.json" }));
        Assert.Equal("web\\PT1H.json.gz", FlowFormat.Label(new FlowBlob { Name = "C:\\x\\web\\PT1H.json.gz" }));
        Assert.Equal("PT1H.json", FlowFormat.Label(new FlowBlob { Name = "PT1H.json" }));
        Assert.Equal("PT1H.json", FlowFormat.Label(new FlowBlob { Name = "/PT1H.json" }));
        Assert.Equal("loose.json", FlowFormat.Label(new FlowBlob { Name = "C:\\x\\loose.json" }));
    }

    [Fact]
    public void A_rule_that_is_not_known_has_no_kind()
    {
        Assert.Null(new FlowRecord(default, new FlowGroup { Entry = new FlowEntry() }).RuleKind);
        Assert.Equal(FlowRuleKind.Unprefixed, new FlowRecord(default, new FlowGroup { Entry = new FlowEntry(), Rule = "x" }).RuleKind);
    }

    private static string Marked(string text) => Colours.Wanted ? "\u001b[93m" + text + "\u001b[0m" : text;

    private static FlowSession Session(double seconds, FlowState first, bool isEnded)
    {
        var record = Record(FlowDecision.Allow);
        var tuple = record.Tuple;
        tuple.State = first;
        var last = tuple.UnixMilliseconds + (long)Math.Floor(seconds * 1000);
        return new FlowSession(in tuple, record.Group, 2, last, isEnded ? last : FlowSession.NoEnd);
    }

    private static FlowRecord Record(FlowDecision decision, int protocol = 6)
    {
        var tuple = new FlowTuple
        {
            Source = new FlowAddress(0x0A000004),
            Destination = new FlowAddress(0x0A010005),
            SourcePort = 50000,
            DestinationPort = 443,
            ProtocolCode = (ushort)protocol,
            Decision = decision,
        };
        return new FlowRecord(tuple, new FlowGroup { Entry = new FlowEntry() });
    }
}

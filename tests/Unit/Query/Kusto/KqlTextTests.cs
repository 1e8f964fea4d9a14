using System;
using System.Globalization;
using System.Linq;
using System.Text;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query;

public class KqlTextTests
{
    public static TheoryData<string> Attacks =>
    [
        string.Empty,
        "plain",
        "\"",
        "'",
        "\\",
        "\\\"",
        "\\\\\"",
        "x\" | take 1 //",
        "x\\\" | take 1 //",
        "x') or true //",
        "// comment",
        "/* */",
        "```",
        "@\"",
        "h\"secret\"",
        "a;b",
        "a|b",
        "a\nb",
        "a\r\nb",
        "a\tb",
        "a\0b",
        "a\u0085b",
        "a\u2028b\u2029c",
        "\u202Eabc\u202C",
        "\uFEFF",
        "\u007F",
        "\uD83D\uDE00",
        "\uD83D",
        "\uDE00x",
        "\uDE00\uD83D",
        "\\u0022",
        "\\x22 | count",
        "{}",
        "$left.x",
        "let x = 1; y",
        new string('"', 1000),
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void AnyTextIsOneLiteralThatSaysThatText(string text)
    {
        var literal = KqlText.Of(text);
        Assert.Equal(text, Read(literal, out var end));
        Assert.Equal(literal.Length, end);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void ListsAndDynamicValuesKeepTheirTexts(string text)
    {
        Assert.Equal($"({KqlText.Of(text)}, {KqlText.Of("b")})", KqlText.List([text, "b"]));
        Assert.Equal($"dynamic([{KqlText.Of(text)},{KqlText.Of("b")}])", KqlText.Dynamic([text, "b"]));
    }

    [Fact]
    public void EveryCharacterStaysItself()
    {
        for (var code = 0; code <= char.MaxValue; code++)
        {
            var text = "a" + (char)code + "b";
            Assert.Equal(text, Read(KqlText.Of(text), out _));
        }
    }

    [Fact]
    public void NothingInALiteralBreaksTheLineOrTurnsItsDirection()
    {
        var all = string.Concat(Enumerable.Range(0, 65536).Select(static code => (char)code + " "));
        var literal = KqlText.Of(all);
        Assert.DoesNotContain(literal, static c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate);
    }

    [Fact]
    public void TimesAreUtcWithAllTheirDigits()
    {
        var time = new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
        Assert.Equal("datetime(2026-11-23T09:00:00Z)", KqlText.Of(time));
        Assert.Equal("datetime(2026-11-23T09:00:00.0000001Z)", KqlText.Of(time.AddTicks(1)));
        Assert.Equal("datetime(2026-11-23T09:00:00.5Z)", KqlText.Of(DateTime.SpecifyKind(time.AddMilliseconds(500), DateTimeKind.Unspecified)));
        Assert.Equal(KqlText.Of(time), KqlText.Of(time.ToLocalTime()));
        Assert.Equal("datetime(9999-12-31T23:59:59.9999999Z)", KqlText.Of(DateTime.MaxValue));
    }

    [Fact]
    public void SpansAndNumbersHaveNoCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // A culture that writes another minus and other digits' separators.
            CultureInfo.CurrentCulture = new CultureInfo("fa-IR");
            Assert.Equal("time(1.02:03:04)", KqlText.Of(new TimeSpan(1, 2, 3, 4)));
            Assert.Equal("time(-00:10:00)", KqlText.Of(TimeSpan.FromMinutes(-10)));
            Assert.Equal("-9223372036854775808", KqlText.Of(long.MinValue));
            Assert.Equal("(1, -2)", KqlText.List([1, -2L]));
            Assert.Equal("datetime(2026-11-23T09:00:00Z)", KqlText.Of(new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc)));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void TheSameValueIsWrittenOnce()
    {
        var script = new KqlScript();
        Assert.Equal("sets1", script.Let("sets", "dynamic([1])"));
        Assert.Equal("sets2", script.Let("sets", "dynamic([2])"));
        Assert.Equal("sets1", script.Let("sets", "dynamic([1])"));
        Assert.Equal("let sets1 = dynamic([1]);\nlet sets2 = dynamic([2]);\nT", script.Text("T"));
    }

    /// <summary>Reads a string literal as Kusto does ("string data type", escapes), by code of its own.</summary>
    private static string Read(string kql, out int end)
    {
        Assert.Equal('"', kql[0]);
        var text = new StringBuilder();
        for (end = 1; kql[end] != '"'; end++)
        {
            Assert.False(kql[end] is '\r' or '\n', "A literal ends with its line.");
            if (kql[end] != '\\')
            {
                text.Append(kql[end]);
                continue;
            }

            end++;
            if (kql[end] == 'u')
            {
                text.Append((char)int.Parse(kql.Substring(end + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                end += 4;
            }
            else
            {
                Assert.Contains(kql[end], "\\\"");
                text.Append(kql[end]);
            }
        }

        end++;
        return text.ToString();
    }
}

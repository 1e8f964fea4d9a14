using System.Collections.Generic;
using System.Linq;
using NsgFlow.Help.Output;
using NsgFlow.Help.Pages;
using Xunit;

namespace NsgFlow.Help.Tests;

/// <summary>Markdown as it comes out on a console.</summary>
public class TextTests
{
    [Fact]
    public void Marks_go_and_text_stays()
    {
        const string page = "# about_x\n\nShort.\n\nSome *text* with `code`,\na [page](other.md) and a [site](https://example.org/x).\n";
        Assert.Contains("    Some text with code, a page and a site (https://example.org/x).\n", About(page));
    }

    [Fact]
    public void The_first_five_lines_are_laid_out_as_the_engine_wants_them() =>
        Assert.StartsWith("TOPIC\n    about_x\n\nSHORT DESCRIPTION\n    Short.\n\n", About("# about_x\n\nShort.\n\nMore.\n"));

    [Fact]
    public void Lists_hang_under_their_text()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 30));
        var lines = About($"# about_x\n\nShort.\n\n- {words}\n- b\n").Split('\n');
        Assert.Contains(lines, l => l.StartsWith("    - word word", System.StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("      word word", System.StringComparison.Ordinal));
        Assert.Contains("    - b", lines);
        Assert.All(lines, l => Assert.True(l.Length <= 80, l));
    }

    [Fact]
    public void Numbers_of_lists_are_counted() =>
        Assert.Contains("    1. a\n    2. b\n", About("# about_x\n\nShort.\n\n1. a\n1. b\n"));

    [Fact]
    public void Tables_become_columns()
    {
        var text = About("# about_x\n\nShort.\n\n| a | long |\n|---|---|\n| bbb | c |\n");
        Assert.Contains("    a    long\n    ---  ----\n    bbb  c\n", text);
    }

    [Fact]
    public void Code_is_kept_as_it_is() =>
        Assert.Contains("        Get-Thing |\n            Sort-Object\n", About("# about_x\n\nShort.\n\n```powershell\nGet-Thing |\n    Sort-Object\n```\n"));

    [Fact]
    public void A_long_synopsis_is_refused()
    {
        var problems = new List<string>();
        new PageSet().Add("about_x.md", $"# about_x\n\n{new string('a', 77)}\n", problems);
        Assert.Equal(["about_x.md(3): The short description has 77 characters; more than 76 do not fit its line."], problems);
    }

    private static string About(string page)
    {
        var problems = new List<string>();
        var set = new PageSet();
        set.Add("about_x.md", page, problems);
        Assert.Empty(problems);
        return AboutWriter.Text(set.Topics.Single());
    }
}

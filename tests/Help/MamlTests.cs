using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using NsgFlow.Help.Output;
using NsgFlow.Help.Pages;
using Xunit;

namespace NsgFlow.Help.Tests;

/// <summary>What reaches the XML; that the engine understands it is tested in tests/Pester/Help.Tests.ps1.</summary>
public class MamlTests
{
    private const string Page = """
        ---
        external help file: NsgFlow.PowerShell.dll-Help.xml
        online version: https://example.org/get-thing
        schema: 2.0.0
        ---

        # Get-Thing

        ## SYNOPSIS

        Gets <things> & more.

        ## EXAMPLES

        ### Example 1: One

        ```powershell
        Get-Thing |
            Out-Null
        ```

        ## PARAMETERS

        ### -Name

        Names.

        ### -First

        Ends early.

        ```yaml
        Default value: All
        ```

        ## RELATED LINKS

        [Get-Other](Get-Other.md)

        [Site](https://example.org/)

        """;

    [Fact]
    public void Facts_come_from_the_cmdlet_and_text_from_the_page()
    {
        var name = Parameters().Single(p => Value(p, "name") == "Name");
        Assert.Equal("true", name.Attribute("required")!.Value);
        Assert.Equal("0", name.Attribute("position")!.Value);
        Assert.Equal("True (ByValue)", name.Attribute("pipelineInput")!.Value);
        Assert.Equal("true", name.Attribute("globbing")!.Value);
        Assert.Equal("N", name.Attribute("aliases")!.Value);
        Assert.Equal("String[]", Value(name, "parameterValue"));
        Assert.Equal("Names.", Value(name, "para"));
        Assert.Equal("None", Value(name, "defaultValue"));
    }

    [Fact]
    public void A_page_may_say_what_a_default_is()
    {
        var first = Parameters().Single(p => Value(p, "name") == "First");
        Assert.Equal("All", Value(first, "defaultValue"));
        Assert.Equal("named", first.Attribute("position")!.Value);
        Assert.Equal("none", first.Attribute("aliases")!.Value);
    }

    [Fact]
    public void Code_keeps_its_lines() => Assert.Equal("Get-Thing |\n    Out-Null", Value(Command(), "code"));

    [Fact]
    public void Text_is_escaped() => Assert.Equal("Gets <things> & more.", Value(Command().Elements().First(), "para"));

    [Fact]
    public void The_address_of_the_page_comes_first_and_other_pages_have_none()
    {
        var links = Command().Descendants().Where(e => e.Name.LocalName == "navigationLink").Select(e => (Value(e, "linkText"), Value(e, "uri")));
        Assert.Equal([("Online Version:", "https://example.org/get-thing"), ("Get-Other", ""), ("Site", "https://example.org/")], links);
    }

    private static XElement Command()
    {
        var problems = new List<string>();
        var set = new PageSet();
        set.Add("Get-Thing.md", Page, problems);
        Assert.Empty(problems);
        var path = Path.GetTempFileName();
        try
        {
            MamlWriter.Write(path, set, [PageCheckerTests.Command("Get-Thing")]);
            return XDocument.Load(path).Root!.Elements().Single();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IEnumerable<XElement> Parameters() => Command().Elements().Single(e => e.Name.LocalName == "parameters").Elements();

    private static string Value(XElement element, string name) => element.Descendants().First(e => e.Name.LocalName == name).Value;
}

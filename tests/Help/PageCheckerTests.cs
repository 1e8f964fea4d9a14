using System.Collections.Generic;
using System.Linq;
using NsgFlow.Help.Facts;
using NsgFlow.Help.Pages;
using Xunit;

namespace NsgFlow.Help.Tests;

/// <summary>What the builder refuses. Each case is the good page with one thing wrong.</summary>
public class PageCheckerTests
{
    private const string Good = """
        ---
        external help file: NsgFlow.PowerShell.dll-Help.xml
        online version:
        schema: 2.0.0
        ---

        # Get-Thing

        ## SYNOPSIS

        Gets things.

        ## DESCRIPTION

        All of them.

        ## EXAMPLES

        ### Example 1: One

        ```powershell
        Get-Thing -Name a
        ```

        ### Example 2: Two

        ```powershell azure
        Get-Thing -Name b
        ```

        Text.

        ### Example 3: Three

        ```powershell
        Get-Thing
        ```

        ## PARAMETERS

        ### -Name

        Names of things.

        ```yaml
        Default value: All
        ```

        ## INPUTS

        ### System.String

        Names.

        ## OUTPUTS

        ### System.Int32

        A number.

        """;

    private const string Shared = """
        # Shared

        ## PARAMETERS

        ### -First

        Ends early.
        """;

    [Fact]
    public void A_good_page_has_no_problems() => Assert.Empty(Problems(Good));

    [Theory]
    [InlineData("Gets things.", "", "Get-Thing.md: SYNOPSIS is missing.")]
    [InlineData("All of them.", "", "Get-Thing.md: DESCRIPTION is missing.")]
    [InlineData("All of them.", "{{ Fill in }}", "Get-Thing.md(15): '{{' is left over from a template.")]
    [InlineData("### Example 3: Three", "### Three", "Get-Thing.md: 'Three' must begin with 'Example 3: '.")]
    [InlineData("```powershell\nGet-Thing\n```", "Get-Thing", "Get-Thing.md(33): 'Example 3: Three' must begin with a ```powershell block.")]
    [InlineData("```powershell azure", "```powershell online", "Get-Thing.md(27): 'online' is no mark of an example: 'azure' is the only one.")]
    [InlineData("### -Name", "### -Nam", "Get-Thing.md: Get-Thing has no parameter -Nam.")]
    [InlineData("### -Name", "### -Nam", "Get-Thing.md: parameter -Name is not described, here or in _parameters.md.")]
    [InlineData("Names of things.", "", "Get-Thing.md(41): -Name has no text.")]
    [InlineData("Default value: All", "Position: 0", "Get-Thing.md(45): 'Position' comes from the cmdlet itself; a page may give 'Default value' only.")]
    [InlineData("### System.String", "### System.Object", "Get-Thing.md: INPUTS does not name System.String.")]
    [InlineData("### System.Int32", "### System.Int64", "Get-Thing.md: OUTPUTS names System.Int64, which the cmdlet does not.")]
    [InlineData("## INPUTS", "## SYNTAX\n\n## INPUTS", "Get-Thing.md(49): SYNTAX comes from the cmdlet itself; leave it out.")]
    [InlineData("## INPUTS", "## INPUT", "Get-Thing.md(49): 'INPUT' is no section of a cmdlet's page.")]
    [InlineData("schema: 2.0.0", "schema: 3.0.0", "Get-Thing.md(1): The front matter must say 'external help file: NsgFlow.PowerShell.dll-Help.xml' and 'schema: 2.0.0'.")]
    public void A_bad_page_is_refused(string from, string to, string expected) => Assert.Contains(expected, Problems(Good.Replace(from, to)));

    [Fact]
    public void Two_examples_are_too_few()
    {
        var start = Good.IndexOf("### Example 3", System.StringComparison.Ordinal);
        var end = Good.IndexOf("## PARAMETERS", System.StringComparison.Ordinal);
        Assert.Contains("Get-Thing.md: 2 examples; 3 are the least.", Problems(Good.Remove(start, end - start)));
    }

    [Fact]
    public void A_cmdlet_without_a_page_is_a_problem()
    {
        var problems = new List<string>();
        PageChecker.Check(new PageSet(), [Command("Get-Thing")], problems);
        Assert.Equal(["Get-Thing has no page: write Get-Thing.md."], problems);
    }

    [Fact]
    public void A_page_without_a_cmdlet_is_a_problem() =>
        Assert.Contains("Get-Thing.md: there is no cmdlet 'Get-Thing'.", Problems(Good, Command("Get-Other")));

    [Fact]
    public void Shared_text_that_nobody_shows_is_a_problem()
    {
        var problems = Problems(Good.Replace("### -Name", "### -First\n\nIts own text.\n\n### -Name"));
        Assert.Contains("_parameters.md: -First is described, but no page takes it from here.", problems);
    }

    private static List<string> Problems(string page, CommandFacts? command = null)
    {
        var problems = new List<string>();
        var set = new PageSet();
        set.Add("Get-Thing.md", page.Replace("\r", string.Empty), problems);
        set.Add(PageSet.SharedFile, Shared, problems);
        PageChecker.Check(set, [command ?? Command("Get-Thing")], problems);
        return problems;
    }

    internal static CommandFacts Command(string name)
    {
        var thing = new ParameterFacts("Name", "String[]", "System.String[]", false, ["N"], [], true, null);
        var first = new ParameterFacts("First", "Int32", "System.Int32", false, [], [], false, null);
        var uses = new[]
        {
            new ParameterUse(thing, true, 0, new PipelineInput(true, false)),
            new ParameterUse(first, false, null, new PipelineInput(false, false)),
        };
        return new CommandFacts(
            name, name.Split('-')[0], name.Split('-')[1], [new ParameterSetFacts("All", true, uses)], [.. uses.Select(u => u.Parameter)], ["System.Int32"]);
    }
}

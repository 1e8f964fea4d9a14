using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Docs;

/// <summary>Error ids are interface: docs/errors.md lists exactly those that the code has.</summary>
public class ErrorIdTests
{
    // The ways in which ids are written: an error of a store, an argument error, and the tables of FlowErrors.
    private static readonly Regex[] _places =
    [
        new(@"\bnew(?:\s+NsgFlowException)?\(\s*""(?<id>[A-Z][A-Za-z]+)""\s*,"),
        new(@"\b(?:BadArguments|Refuse)\(\s*""(?<id>[A-Z][A-Za-z]+)"""),
        new(@"""(?<id>[A-Z][A-Za-z]+)""\]?\s*(?:,|=)\s*ErrorCategory\."),
        new(@"\[""(?<id>[A-Z][A-Za-z]+Unreadable)""\]\s*="),
    ];

    [Fact]
    public void Every_id_in_the_code_is_documented()
    {
        var documented = Documented();
        Assert.Equal([], InCode().Where(id => !documented.Contains(id)));
    }

    [Fact]
    public void Every_documented_id_is_in_the_code()
    {
        var inCode = InCode();
        Assert.Equal([], Documented().Where(id => !inCode.Contains(id)));
    }

    [Fact]
    public void No_id_is_documented_twice()
    {
        var rows = Rows().ToList();
        Assert.Equal(rows.Distinct(), rows);
    }

    [Fact]
    public void Ids_are_found_in_all_three_projects()
    {
        // Else a change of style would turn the tests above into nothing.
        var found = InCode();
        Assert.Contains("PathNotFound", found);
        Assert.Contains("StorageAccessDenied", found);
        Assert.Contains("SourceMissing", found);
        Assert.Contains("TimeAmbiguous", found);
        Assert.True(found.Count > 30, $"only {found.Count} ids found");
    }

    private static HashSet<string> InCode()
    {
        var ids = new HashSet<string>(Enum.GetNames<FlowIssueKind>(), StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);

            // Other exceptions begin with a word in capitals, too.
            foreach (var place in text.Contains("NsgFlowException", StringComparison.Ordinal) ? _places : _places[1..])
                ids.UnionWith(place.Matches(text).Select(m => m.Groups["id"].Value));
        }

        return ids;
    }

    private static HashSet<string> Documented() => new(Rows(), StringComparer.Ordinal);

    private static IEnumerable<string> Rows() =>
        Regex.Matches(File.ReadAllText(Path.Combine(Root(), "docs", "errors.md")), @"^\| `(?<id>\w+)` \|", RegexOptions.Multiline).Select(m => m.Groups["id"].Value);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

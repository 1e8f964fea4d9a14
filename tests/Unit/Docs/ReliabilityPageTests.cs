using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace NsgFlow.Unit.Docs;

/// <summary>docs/reliability.md names tests: they are there, and so are the ids that it names.</summary>
public partial class ReliabilityPageTests
{
    [Fact]
    public void Every_test_on_the_page_is_there()
    {
        var named = Test().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "reliability.md"))).Select(static match => (Class: match.Groups["class"].Value, Name: match.Groups["name"].Value)).Distinct().ToList();
        Assert.True(named.Count > 40, $"only {named.Count} found");

        // Of one name there may be several classes, in several projects.
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Path.Combine(Root(), "tests"), "*Tests*.cs", SearchOption.AllDirectories))
        {
            var name = Path.GetFileName(file).Split('.')[0];
            texts[name] = texts.GetValueOrDefault(name) + File.ReadAllText(file);
        }

        Assert.Equal([], named.Where(test => !texts.TryGetValue(test.Class, out var text) || !Regex.IsMatch(text, $@"\b(?:void|Task) {test.Name}\(")));
    }

    [Fact]
    public void Every_id_on_the_page_is_documented()
    {
        var errors = File.ReadAllText(Path.Combine(Root(), "docs", "errors.md"));
        var ids = Id().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "reliability.md"))).Select(static match => match.Groups["id"].Value).Distinct().ToList();
        Assert.Contains("BlobGivenUp", ids);
        Assert.Equal([], ids.Where(id => !errors.Contains($"| `{id}` |", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"`(?<class>[A-Z]\w+Tests)\.(?<name>\w+)`")]
    private static partial Regex Test();

    [GeneratedRegex(@"`(?<id>(?:Storage|Blob|Container|Checkpoint|Mirror|Disk)[A-Z][A-Za-z]+)(?<!Tests)`")]
    private static partial Regex Id();

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NsgFlow.Measuring;
using Xunit;

namespace NsgFlow.Unit.Docs;

/// <summary>about_NsgFlow_Schema lists what measured traffic has, and the fields of <c>-By</c> are those of the one table.</summary>
public class SchemaTests
{
    private static readonly Dictionary<TrafficFieldSource, string> _sources = new()
    {
        [TrafficFieldSource.Flow] = "flow", [TrafficFieldSource.Capture] = "capture", [TrafficFieldSource.Network] = "network", [TrafficFieldSource.Time] = "time",
    };

    [Fact]
    public void Fields_are_those_of_the_table() => Assert.Equal(
        TrafficField.All.Select(static field => $"{field.Name}|{field.ValueType.Name}|{_sources[field.Source]}|{field.TrafficAnalytics ?? "not there"}|{Meaning(field)}"),
        Rows("docs/schema.md", "Fields for -By").Select(static cells => string.Join('|', cells)));

    // A console has no room for all columns side by side.
    [Fact]
    public void Fields_are_those_of_the_table_in_help_too()
    {
        Assert.Equal(
            TrafficField.All.Select(static field => $"{field.Name}|{field.ValueType.Name}|{_sources[field.Source]}|{Meaning(field)}"),
            Rows("docs/en-US/about_NsgFlow_Schema.md", "Fields for -By").Select(static cells => string.Join('|', cells)));
        Assert.Equal(
            TrafficField.All.Select(static field => $"{field.Name}|{field.TrafficAnalytics ?? "not there"}"),
            Rows("docs/en-US/about_NsgFlow_TrafficAnalytics.md", "Fields of -By in a workspace").Select(static cells => string.Join('|', cells)));
    }

    [Theory]
    [InlineData(typeof(TrafficMeasure))]
    [InlineData(typeof(TrafficSummary))]
    public void Properties_are_all_there_in_their_order(Type type) =>
        Assert.Equal(type.GetProperties().Select(static property => property.Name), Rows("docs/en-US/about_NsgFlow_Schema.md", "Properties of " + type.FullName).Select(static cells => cells[0]));

    private static string Meaning(TrafficField field) => field.Description + (field.Aliases.Count == 0 ? string.Empty : $" Also {string.Join(", ", field.Aliases)}.");

    private static IEnumerable<string[]> Rows(string page, string heading)
    {
        var text = File.ReadAllText(Path.Combine([Root(), .. page.Split('/')]));
        var section = Regex.Match(text, "^## " + Regex.Escape(heading) + @"\s*$(?<body>.*?)(^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups["body"].Value;
        return section.Split('\n').Where(static line => line.StartsWith('|')).Skip(2).Select(static line => line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray());
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

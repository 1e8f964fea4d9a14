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
    [Theory]
    [InlineData("docs/en-US/about_NsgFlow_Schema.md")]
    [InlineData("docs/schema.md")]
    public void Fields_are_those_of_the_table(string page)
    {
        var sources = new Dictionary<TrafficFieldSource, string>
        {
            [TrafficFieldSource.Flow] = "flow", [TrafficFieldSource.Capture] = "capture", [TrafficFieldSource.Network] = "network", [TrafficFieldSource.Time] = "time",
        };
        Assert.Equal(
            TrafficField.All.Select(field => $"{field.Name}|{field.ValueType.Name}|{sources[field.Source]}|{field.TrafficAnalytics ?? "not there"}|{field.Description}"
                + (field.Aliases.Count == 0 ? string.Empty : $" Also {string.Join(", ", field.Aliases)}.")),
            Rows(page, "Fields for -By").Select(static cells => string.Join('|', cells)));
    }

    [Theory]
    [InlineData(typeof(TrafficMeasure))]
    [InlineData(typeof(TrafficSummary))]
    public void Properties_are_all_there_in_their_order(Type type) =>
        Assert.Equal(type.GetProperties().Select(static property => property.Name), Rows("docs/en-US/about_NsgFlow_Schema.md", "Properties of " + type.FullName).Select(static cells => cells[0]));

    private static IEnumerable<string[]> Rows(string page, string heading)
    {
        var text = File.ReadAllText(Path.Combine([Root(), .. page.Split('/')]));
        var section = Regex.Match(text, "^## " + Regex.Escape(heading) + @"\s*$(?<body>.*?)(^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups["body"].Value;
        return section.Split('\n').Where(static line => line.StartsWith('|')).Skip(2).Select(static line => line.Trim().Trim('|').Split('|').Select(static cell => cell.Trim()).ToArray());
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}

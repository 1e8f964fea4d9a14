using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace NsgFlow.Bench.Report;

/// <summary>All sections as one document of docs/benchmarks, the targets first.</summary>
internal static class BenchReport
{
    /// <returns>The document's path in the checkout.</returns>
    public static string Write(string? loadBefore, params IReadOnlyList<Section> sections)
    {
        var name = DateTime.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture) + "-" + Machine.Slug + ".md";
        var folder = Directory.CreateDirectory(Tree.In("docs", "benchmarks")).FullName;
        var text = new StringBuilder();
        text.Append("# Benchmarks: ").Append(Machine.Processor).Append("\n\n");
        text.Append(Machine.Line).Append('.');
        if (loadBefore is not null)
            text.Append(" Load average before the run: ").Append(loadBefore).Append(" (above 0.5 the machine was not quiet, and the figures are noisy).");
        text.Append(" Made by `dotnet run -c Release --project bench/NsgFlow.Bench -- all`; what is measured and how is in bench/README.md.\n\n");
        text.Append(Targets(sections));
        text.AppendJoin(string.Empty, sections);
        File.WriteAllText(Path.Combine(folder, name), text.ToString().TrimEnd('\n') + "\n");
        return "docs/benchmarks/" + name;
    }

    public static Section Targets(IEnumerable<Section> sections)
    {
        var section = new Section("Targets");
        section.Table(
            ["what", "wanted", "measured", "verdict"],
            sections.SelectMany(one => one.Targets).Select(IReadOnlyList<string> (target) => [target.What, target.Wanted, target.Got, target.Verdict]));
        return section;
    }
}

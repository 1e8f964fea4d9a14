using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Text.RegularExpressions;

namespace NsgFlow.Host.Pester;

/// <summary>Says what happens while it happens: everything with Detailed, only what failed with Normal, nothing with None.</summary>
internal sealed class Report(PSHost host, PesterOutput output)
{
    private static readonly Regex Frame = new(@"^at (?<where>.+?), (?<file>.+): line (?<line>\d+)$", RegexOptions.CultureInvariant);

    public void File(string path)
    {
        if (output != PesterOutput.None)
            Line(ConsoleColor.Cyan, $"Running tests from '{path}'");
    }

    public void Block(Block block)
    {
        if (output == PesterOutput.Detailed && block.Parent is not null)
            Line(ConsoleColor.Magenta, Indent(block) + (block.Keyword == "Describe" ? "Describing " : "Context ") + block.ExpandedName);
    }

    public void Test(TestResult test, Node? node)
    {
        var shown = output == PesterOutput.Detailed || (output == PesterOutput.Normal && test.Result == TestResult.Failed);
        if (!shown)
            return;
        var indent = output == PesterOutput.Detailed ? Indent(node) : "";
        var name = output == PesterOutput.Detailed ? test.Name : test.ExpandedPath;
        var time = test.Duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + "ms";
        switch (test.Result)
        {
            case TestResult.Passed:
                Line(ConsoleColor.Green, $"{indent}[+] {name} {time}");
                break;
            case TestResult.Skipped:
                var why = string.IsNullOrEmpty(test.Reason) ? "" : $", is skipped, because {test.Reason}";
                Line(ConsoleColor.Yellow, $"{indent}[!] {name}{why} {time}");
                break;
            default:
                Line(ConsoleColor.Red, $"{indent}[-] {name} {time}");
                foreach (var line in Describe(test.ErrorRecord!))
                    Line(ConsoleColor.Red, $"{indent} {line}");
                break;
        }
    }

    public void Summary(PesterRun run)
    {
        if (output != PesterOutput.None)
            Line(ConsoleColor.Gray, $"Tests completed in {run.Duration.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)}s");
        Line(run.FailedCount > 0 ? ConsoleColor.Red : ConsoleColor.Green, run.ToString());
    }

    // The line that failed, then who called it, each as file:line, which editors and terminals can open.
    private static List<string> Describe(ErrorRecord error)
    {
        var isShould = error.FullyQualifiedErrorId.StartsWith(ShouldCommand.ErrorId + ",", StringComparison.Ordinal);
        var message = isShould ? error.Exception.Message : $"{error.Exception.GetType().Name}: {error.Exception.Message}";
        var lines = message.ReplaceLineEndings("\n").Split('\n').ToList();
        var info = error.InvocationInfo;
        var failing = string.IsNullOrEmpty(info?.ScriptName) ? null : $"{info.ScriptName}:{info.ScriptLineNumber}";
        if (failing is not null)
            lines.Add($"at {info!.Line.Trim()}, {failing}");
        foreach (var frame in (error.ScriptStackTrace ?? "").ReplaceLineEndings("\n").Split('\n').Select(l => Frame.Match(l)))
        {
            var place = $"{frame.Groups["file"].Value}:{frame.Groups["line"].Value}";
            var own = place.StartsWith('<') || frame.Groups["file"].Value.EndsWith("TestFile.ps1", StringComparison.Ordinal);
            if (frame.Success && place != failing && !own)
                lines.Add($"at {frame.Groups["where"].Value}, {place}");
        }

        return lines;
    }

    private static string Indent(Node? node)
    {
        var depth = 0;
        for (var parent = node?.Parent; parent is { Parent: not null }; parent = parent.Parent)
            depth++;
        return new string(' ', depth * 2);
    }

    private void Line(ConsoleColor colour, string text) => host.UI.WriteLine(colour, host.UI.RawUI.BackgroundColor, text);
}

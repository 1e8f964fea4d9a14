using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using NsgFlow.Help.Pages;

namespace NsgFlow.Help.Output;

/// <summary>
/// Writes about_ topics as text for a console of 80 columns. The first five lines have a fixed layout: Get-Help takes the synopsis from
/// the fifth.
/// </summary>
internal static class AboutWriter
{
    private const int Width = 80;
    private const string Indent = "    ";

    public static void Write(string path, Topic topic) => File.WriteAllText(path, Text(topic), new UTF8Encoding(false));

    public static string Text(Topic topic)
    {
        var lines = new List<string> { "TOPIC", Indent + topic.Name, string.Empty, "SHORT DESCRIPTION", Indent + topic.Synopsis, string.Empty };
        foreach (var block in topic.Blocks)
        {
            if (block is HeadingBlock heading)
                lines.Add(heading.Level <= 2 ? PlainText.Of(heading).ToUpperInvariant() : "  " + PlainText.Of(heading));
            else
                AddText(block, lines);
        }

        return string.Join('\n', lines.Select(l => l.TrimEnd())).TrimEnd() + "\n";
    }

    private static void AddText(Block block, List<string> lines)
    {
        var isLoose = block is ListBlock { IsLoose: true };
        foreach (var paragraph in PlainText.Of([block]))
        {
            if (block is Table table)
                lines.AddRange(PlainText.Rows(table).SelectMany(WrapRow));
            else if (paragraph.Contains('\n', StringComparison.Ordinal) || block is CodeBlock)
                lines.AddRange(paragraph.Split('\n').Select(l => Indent + l));
            else
                lines.AddRange(Wrap(paragraph));
            if (isLoose)
                lines.Add(string.Empty);
        }

        if (!isLoose)
            lines.Add(string.Empty);
    }

    /// <summary>Breaks between words. Further lines of a list's item stand under its text.</summary>
    private static IEnumerable<string> Wrap(string text)
    {
        var own = text.Length - text.TrimStart().Length;
        own += text.TrimStart().StartsWith("- ", StringComparison.Ordinal) ? 2 : 0;
        return Wrap(text, own);
    }

    /// <summary>A row too long for the console goes on under its last column.</summary>
    private static IEnumerable<string> WrapRow(string row)
    {
        if (Indent.Length + row.Length <= Width)
            return [Indent + row];
        var gap = row.LastIndexOf("  ", StringComparison.Ordinal);
        return row.StartsWith("--", StringComparison.Ordinal) ? [(Indent + row)[..Width]] : Wrap(row, gap < 0 ? 0 : gap + 2);
    }

    private static IEnumerable<string> Wrap(string text, int hanging)
    {
        var room = Width - Indent.Length;
        var line = text;
        while (line.Length > room)
        {
            var at = line.LastIndexOf(' ', room);
            if (at <= hanging)
                at = line.IndexOf(' ', Math.Min(line.Length - 1, Math.Max(room, hanging)));
            if (at < 0)
                break;
            yield return Indent + line[..at];
            line = new string(' ', hanging) + line[(at + 1)..].TrimStart();
        }

        yield return Indent + line;
    }
}

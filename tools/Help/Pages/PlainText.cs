using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NsgFlow.Help.Pages;

/// <summary>
/// Markdown as plain text for a console: emphasis and code marks go, a link keeps its text (and its address, when that is one to visit),
/// list items get a dash, tables become aligned columns.
/// </summary>
internal static class PlainText
{
    /// <summary>The blocks as paragraphs. Only those of tables and code have line breaks, which mean something.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<Block> blocks)
    {
        var paragraphs = new List<string>();
        foreach (var block in blocks)
            Add(block, string.Empty, paragraphs);
        return paragraphs;
    }

    public static string Of(LeafBlock block) => block.Inline is null ? string.Empty : Of(block.Inline).Trim();

    /// <summary>A table's rows with aligned columns.</summary>
    public static IReadOnlyList<string> Rows(Table table)
    {
        var rows = table.OfType<TableRow>().Select(r => r.OfType<TableCell>().Select(c => string.Join(' ', Of(c))).ToList()).ToList();
        var widths = Enumerable.Range(0, rows.Max(r => r.Count)).Select(i => rows.Max(r => i < r.Count ? r[i].Length : 0)).ToList();
        var lines = rows.Select(r => string.Join("  ", r.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).ToList();
        lines.Insert(1, string.Join("  ", widths.Select(w => new string('-', w))));
        return lines;
    }

    private static void Add(Block block, string indent, List<string> paragraphs)
    {
        switch (block)
        {
            case ListBlock list:
                var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
                foreach (var item in list.OfType<ListItemBlock>())
                {
                    var inside = Of(item);
                    var mark = list.IsOrdered ? $"{number++}. " : "- ";
                    for (var i = 0; i < inside.Count; i++)
                        paragraphs.Add(indent + (i == 0 ? mark : new string(' ', mark.Length)) + inside[i]);
                }

                break;
            case Table table:
                paragraphs.Add(string.Join('\n', Rows(table)));
                break;
            case CodeBlock code:
                paragraphs.Add(string.Join('\n', code.Lines.ToString().Split('\n').Select(l => "    " + l)));
                break;
            case ContainerBlock container:
                foreach (var inner in container)
                    Add(inner, indent, paragraphs);
                break;
            case LeafBlock leaf when Of(leaf) is { Length: > 0 } text:
                paragraphs.Add(indent + text);
                break;
        }
    }

    private static string Of(ContainerInline inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.ToString());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline:
                    text.Append(' ');
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.ToString());
                    break;
                case HtmlInline html:
                    // A <placeholder>, not markup: consoles know none.
                    text.Append(html.Tag);
                    break;
                case AutolinkInline auto:
                    text.Append(auto.Url);
                    break;
                case LinkInline link:
                    var shown = Of((ContainerInline)link);
                    text.Append(shown);
                    if (link.Url is { } url && url.StartsWith("http", StringComparison.Ordinal) && url != shown)
                        text.Append(" (").Append(url).Append(')');
                    break;
                case ContainerInline container:
                    text.Append(Of(container));
                    break;
            }
        }

        return text.ToString();
    }
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;

namespace NsgFlow.Help.Pages;

/// <summary>A heading and the blocks under it, deeper headings included.</summary>
internal sealed record Section(string Title, int Line, IReadOnlyList<Block> Blocks);

/// <summary>A parsed page, cut at its headings.</summary>
internal sealed class PageDocument
{
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UseYamlFrontMatter().UsePipeTables().Build();

    private readonly List<string> _problems;
    private readonly List<Block> _blocks;

    public PageDocument(string file, string text, List<string> problems)
    {
        File = file;
        _problems = problems;
        _blocks = [.. Markdown.Parse(text, _pipeline)];
        if (_blocks.FirstOrDefault() is YamlFrontMatterBlock head)
        {
            _blocks.RemoveAt(0);
            FrontMatter = Values(head.Lines.ToString());
        }
    }

    public string File { get; }

    public IReadOnlyDictionary<string, string> FrontMatter { get; } = new Dictionary<string, string>();

    /// <summary>Text of the one heading of level 1; null when there is none.</summary>
    public string? Title => _blocks.OfType<HeadingBlock>().FirstOrDefault(h => h.Level == 1) is { } heading ? PlainText.Of(heading) : null;

    /// <summary>Everything under the title.</summary>
    public IReadOnlyList<Block> Body => [.. _blocks.SkipWhile(b => b is not HeadingBlock { Level: 1 }).Skip(1)];

    /// <summary>Reads <c>key: value</c> lines.</summary>
    public static Dictionary<string, string> Values(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                values[line[..colon].Trim()] = line[(colon + 1)..].Trim();
        }

        return values;
    }

    public void Problem(int line, string message) => _problems.Add($"{File}({line + 1}): {message}");

    /// <summary>Sections of level 2.</summary>
    public IReadOnlyList<Section> Sections() => Cut(_blocks, 2);

    /// <summary>Sections of level 3 under the section of level 2 with that title.</summary>
    public IReadOnlyList<Section> Sections(string title) =>
        Sections().FirstOrDefault(s => s.Title == title) is { } section ? Cut(section.Blocks, 3) : [];

    public static IReadOnlyList<Section> Cut(IReadOnlyList<Block> blocks, int level)
    {
        var sections = new List<Section>();
        for (var at = 0; at < blocks.Count; at++)
        {
            if (blocks[at] is HeadingBlock heading && heading.Level == level)
            {
                var inside = blocks.Skip(at + 1).TakeWhile(b => b is not HeadingBlock next || next.Level > level);
                sections.Add(new Section(PlainText.Of(heading), heading.Line, [.. inside]));
            }
        }

        return sections;
    }
}

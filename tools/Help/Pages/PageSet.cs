using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace NsgFlow.Help.Pages;

/// <summary>All pages of a folder.</summary>
internal sealed class PageSet
{
    /// <summary>The file with the parameters that several cmdlets share; the underscore keeps it from being a page.</summary>
    public const string SharedFile = "_parameters.md";

    public List<CommandPage> Commands { get; } = [];

    public List<Topic> Topics { get; } = [];

    public Dictionary<string, ParameterText> Shared { get; } = new(StringComparer.OrdinalIgnoreCase);

    public static PageSet Read(string folder, List<string> problems)
    {
        var set = new PageSet();
        foreach (var path in Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal))
            set.Add(Path.GetFileName(path), File.ReadAllText(path), problems);
        return set;
    }

    public ParameterText? Find(CommandPage page, string parameter) =>
        page.Parameters.TryGetValue(parameter, out var own) ? own : Shared.GetValueOrDefault(parameter);

    public void Add(string file, string text, List<string> problems)
    {
        // What generators of skeleton pages leave behind for somebody to fill in.
        foreach (var (line, number) in text.Split('\n').Select((line, at) => (line, at + 1)))
        {
            if (line.Contains("{{", StringComparison.Ordinal))
                problems.Add($"{file}({number}): '{{{{' is left over from a template.");
        }

        var document = new PageDocument(file, text, problems);
        if (file == SharedFile)
        {
            foreach (var parameter in ParameterReader.Read(document, document.Sections("PARAMETERS")))
                Shared[parameter.Name] = parameter;
        }
        else if (file.StartsWith("about_", StringComparison.OrdinalIgnoreCase))
        {
            if (TopicReader.Read(document) is { } topic)
                Topics.Add(topic);
        }
        else if (CommandPageReader.Read(document) is { } page)
        {
            Commands.Add(page);
        }
    }
}

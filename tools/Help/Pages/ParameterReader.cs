using System;
using System.Collections.Generic;
using System.Linq;
using Markdig.Syntax;

namespace NsgFlow.Help.Pages;

/// <summary>Reads <c>### -Name</c> sections: text, and optionally a yaml block with a default value.</summary>
internal static class ParameterReader
{
    public static IEnumerable<ParameterText> Read(PageDocument document, IReadOnlyList<Section> sections)
    {
        foreach (var section in sections)
        {
            if (!section.Title.StartsWith('-') || section.Title.Contains(' ', StringComparison.Ordinal))
            {
                document.Problem(section.Line, $"'{section.Title}' is no parameter: write '### -Name'.");
                continue;
            }

            string? value = null;
            foreach (var yaml in section.Blocks.OfType<FencedCodeBlock>().Where(b => b.Info == "yaml"))
                value = Default(document, yaml) ?? value;
            var text = PlainText.Of(section.Blocks.Where(b => b is not FencedCodeBlock { Info: "yaml" }));
            if (text.Count == 0)
                document.Problem(section.Line, $"{section.Title} has no text.");
            yield return new ParameterText(section.Title[1..], document.File, text, value);
        }
    }

    /// <summary>A default is all that a page may say: type, sets, position and the rest would only repeat the cmdlet, and drift.</summary>
    private static string? Default(PageDocument document, FencedCodeBlock yaml)
    {
        var values = PageDocument.Values(yaml.Lines.ToString());
        foreach (var key in values.Keys.Where(k => !k.Equals("Default value", StringComparison.OrdinalIgnoreCase)))
            document.Problem(yaml.Line, $"'{key}' comes from the cmdlet itself; a page may give 'Default value' only.");
        return values.GetValueOrDefault("Default value");
    }
}

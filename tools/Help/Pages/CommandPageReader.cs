using System;
using System.Collections.Generic;
using System.Linq;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace NsgFlow.Help.Pages;

/// <summary>Reads a page about a cmdlet, in the layout of platyPS 2.0.0 pages without what the cmdlet itself tells.</summary>
internal static class CommandPageReader
{
    private const string HelpFile = "NsgFlow.PowerShell.dll-Help.xml";

    public static CommandPage? Read(PageDocument document)
    {
        if (document.Title is not { } title)
        {
            document.Problem(0, "The page has no title: write '# Verb-Noun'.");
            return null;
        }

        if (document.FrontMatter.GetValueOrDefault("external help file") != HelpFile || document.FrontMatter.GetValueOrDefault("schema") != "2.0.0")
            document.Problem(0, $"The front matter must say 'external help file: {HelpFile}' and 'schema: 2.0.0'.");
        if (document.File != title + ".md")
            document.Problem(0, $"The page of '{title}' must be called {title}.md.");

        // Blank as long as the pages are published nowhere; Get-Help -Online then says that there is no address.
        var online = document.FrontMatter.GetValueOrDefault("online version");
        var page = new CommandPage { File = document.File, Name = title, OnlineVersion = string.IsNullOrEmpty(online) ? null : online };
        foreach (var section in document.Sections())
            Read(document, section, page);
        return page;
    }

    private static void Read(PageDocument document, Section section, CommandPage page)
    {
        var parts = PageDocument.Cut(section.Blocks, 3);
        switch (section.Title)
        {
            case "SYNOPSIS":
                page.Synopsis = PlainText.Of(section.Blocks);
                break;
            case "DESCRIPTION":
                page.Description = PlainText.Of(section.Blocks);
                break;
            case "EXAMPLES":
                page.Examples.AddRange(parts.Select(p => ReadExample(document, p)).OfType<Example>());
                break;
            case "PARAMETERS":
                foreach (var parameter in ParameterReader.Read(document, parts))
                {
                    if (!page.Parameters.TryAdd(parameter.Name, parameter))
                        document.Problem(section.Line, $"-{parameter.Name} is there twice.");
                }

                break;
            case "INPUTS":
                page.Inputs.AddRange(parts.Select(p => new TypeText(p.Title, PlainText.Of(p.Blocks))));
                break;
            case "OUTPUTS":
                page.Outputs.AddRange(parts.Select(p => new TypeText(p.Title, PlainText.Of(p.Blocks))));
                break;
            case "NOTES":
                page.Notes = PlainText.Of(section.Blocks);
                break;
            case "RELATED LINKS":
                page.Links.AddRange(section.Blocks.OfType<LeafBlock>().SelectMany(b => b.Inline?.OfType<LinkInline>() ?? []).Select(Link));
                break;
            case "SYNTAX":
                document.Problem(section.Line, "SYNTAX comes from the cmdlet itself; leave it out.");
                break;
            default:
                document.Problem(section.Line, $"'{section.Title}' is no section of a cmdlet's page.");
                break;
        }
    }

    private static Example? ReadExample(PageDocument document, Section section)
    {
        if (section.Blocks is not [FencedCodeBlock { Info: "powershell" } code, ..])
        {
            document.Problem(section.Line, $"'{section.Title}' must begin with a ```powershell block.");
            return null;
        }

        if (code.Arguments is not (null or "" or "azure"))
            document.Problem(code.Line, $"'{code.Arguments}' is no mark of an example: 'azure' is the only one.");
        // The title may say enough.
        return new Example(section.Title, code.Lines.ToString(), PlainText.Of(section.Blocks.Skip(1)));
    }

    private static Link Link(LinkInline link)
    {
        var text = string.Concat(link.Descendants<LiteralInline>().Select(l => l.Content.ToString()));

        // Links to other pages of the folder are names for Get-Help.
        var isPage = link.Url is { } url && !url.StartsWith("http", StringComparison.Ordinal);
        return new Link(text, isPage ? string.Empty : link.Url!);
    }
}

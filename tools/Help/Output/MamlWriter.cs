using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using NsgFlow.Help.Facts;
using NsgFlow.Help.Pages;

namespace NsgFlow.Help.Output;

/// <summary>Writes MAML, the XML that Get-Help reads for binary cmdlets. There is no published schema; the engine's own views are the reference.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace _msh = "http://msh";
    private static readonly XNamespace _maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace _command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace _dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string path, PageSet set, IReadOnlyList<CommandFacts> commands)
    {
        var root = new XElement(_msh + "helpItems", new XAttribute("schema", "maml"));
        foreach (var command in commands)
            root.Add(Command(set, set.Commands.Single(p => p.Name.Equals(command.Name, StringComparison.OrdinalIgnoreCase)), command));

        // The same bytes on every machine.
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };
        using var stream = File.Create(path);
        using var writer = XmlWriter.Create(stream, settings);
        root.Save(writer);
    }

    private static XElement Command(PageSet set, CommandPage page, CommandFacts command) => new(
        _command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", _maml),
        new XAttribute(XNamespace.Xmlns + "command", _command),
        new XAttribute(XNamespace.Xmlns + "dev", _dev),
        new XElement(
            _command + "details",
            new XElement(_command + "name", command.Name),
            new XElement(_command + "verb", command.Verb),
            new XElement(_command + "noun", command.Noun),
            Text(_maml + "description", page.Synopsis)),
        Text(_maml + "description", page.Description),
        new XElement(_command + "syntax", command.ParameterSets.Select(s => SyntaxItem(command, s))),
        new XElement(_command + "parameters", command.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => Parameter(set, page, Widest(command, p)))),
        new XElement(_command + "inputTypes", page.Inputs.Select(t => Type(_command + "inputType", t))),
        new XElement(_command + "returnValues", page.Outputs.Select(t => Type(_command + "returnValue", t))),
        new XElement(_maml + "alertSet", Text(_maml + "alert", page.Notes)),
        new XElement(_command + "examples", page.Examples.Select(Example)),
        new XElement(_command + "relatedLinks", Links(page)));

    // Without descriptions: no view shows them here, and they would be in the file once for each set.
    private static XElement SyntaxItem(CommandFacts command, ParameterSetFacts parameters) => new(
        _command + "syntaxItem",
        new XElement(_maml + "name", command.Name),
        parameters.Parameters.Select(u => Facts(u, null, [])));

    /// <summary>How a parameter is in the set where it can do most: one table has to speak for all sets.</summary>
    private static ParameterUse Widest(CommandFacts command, ParameterFacts parameter)
    {
        var uses = command.ParameterSets.SelectMany(s => s.Parameters).Where(u => u.Parameter == parameter).ToList();
        var isMandatory = command.ParameterSets.Any(s => s.Parameters.Any(u => u.Parameter == parameter)) && uses.TrueForAll(u => u.IsMandatory);
        var pipeline = new PipelineInput(uses.Exists(u => u.Pipeline.ByValue), uses.Exists(u => u.Pipeline.ByPropertyName));
        return new ParameterUse(parameter, isMandatory, uses.Min(u => u.Position), pipeline);
    }

    private static XElement Parameter(PageSet set, CommandPage page, ParameterUse use)
    {
        var text = set.Find(page, use.Parameter.Name)!;
        var paragraphs = text.Description.ToList();
        if (use.Parameter.Values.Count > 0)
            paragraphs.Add($"Values: {string.Join(", ", use.Parameter.Values)}.");
        return Facts(use, text.DefaultValue, paragraphs);
    }

    private static XElement Facts(ParameterUse use, string? defaultValue, List<string> paragraphs)
    {
        var facts = use.Parameter;
        var element = new XElement(
            _command + "parameter",
            new XAttribute("required", use.IsMandatory ? "true" : "false"),
            new XAttribute("variableLength", facts.TypeName.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
            new XAttribute("globbing", facts.TakesWildcards ? "true" : "false"),
            new XAttribute("pipelineInput", use.Pipeline.ToString()),
            new XAttribute("position", use.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", facts.Aliases.Count == 0 ? "none" : string.Join(", ", facts.Aliases)),
            new XElement(_maml + "name", facts.Name),
            Text(_maml + "description", paragraphs));
        if (!facts.IsSwitch)
        {
            var value = new XElement(_command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), facts.TypeName);
            element.Add(value);
        }

        element.Add(new XElement(_dev + "type", new XElement(_maml + "name", facts.FullTypeName), new XElement(_maml + "uri")));
        element.Add(new XElement(_dev + "defaultValue", defaultValue ?? facts.DefaultValue ?? (facts.IsSwitch ? "False" : "None")));
        return element;
    }

    private static XElement Type(XName name, TypeText type) => new(
        name,
        new XElement(_dev + "type", new XElement(_maml + "name", type.Name), new XElement(_maml + "uri")),
        Text(_maml + "description", type.Description));

    private static XElement Example(Example example) => new(
        _command + "example",
        new XElement(_maml + "title", $"--- {example.Title} ---"),
        new XElement(_dev + "code", example.Code),

        // The view puts no line between examples.
        Text(_dev + "remarks", [.. example.Remarks, string.Empty]));

    private static IEnumerable<XElement> Links(CommandPage page)
    {
        // Get-Help -Online takes the first link with an address.
        if (page.OnlineVersion is { } online)
            yield return Link("Online Version:", online);
        foreach (var link in page.Links)
            yield return Link(link.Text, link.Target);
    }

    private static XElement Link(string text, string target) =>
        new(_maml + "navigationLink", new XElement(_maml + "linkText", text), new XElement(_maml + "uri", target));

    private static XElement Text(XName name, IReadOnlyList<string> paragraphs) => new(name, paragraphs.Select(p => new XElement(_maml + "para", p)));
}

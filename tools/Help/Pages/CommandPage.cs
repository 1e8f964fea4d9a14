using System.Collections.Generic;

namespace NsgFlow.Help.Pages;

/// <summary>One page about a cmdlet. Text is a list of paragraphs.</summary>
internal sealed class CommandPage
{
    public required string File { get; init; }

    public required string Name { get; init; }

    /// <summary>Where Get-Help -Online goes; null when the front matter has none.</summary>
    public string? OnlineVersion { get; init; }

    public IReadOnlyList<string> Synopsis { get; set; } = [];

    public IReadOnlyList<string> Description { get; set; } = [];

    public List<Example> Examples { get; } = [];

    /// <summary>Parameters described on the page itself; the rest come from the shared ones.</summary>
    public Dictionary<string, ParameterText> Parameters { get; } = new(System.StringComparer.OrdinalIgnoreCase);

    public List<TypeText> Inputs { get; } = [];

    public List<TypeText> Outputs { get; } = [];

    public IReadOnlyList<string> Notes { get; set; } = [];

    public List<Link> Links { get; } = [];
}

/// <summary>One example: code, then what it does.</summary>
internal sealed record Example(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>What a page says of a parameter; all facts come from the cmdlet, but for a default that only words can tell.</summary>
internal sealed record ParameterText(string Name, string File, IReadOnlyList<string> Description, string? DefaultValue);

/// <summary>A type that goes in or comes out.</summary>
internal sealed record TypeText(string Name, IReadOnlyList<string> Description);

/// <summary>A related link; the target is empty for the name of another topic.</summary>
internal sealed record Link(string Text, string Target);

using System.Collections.Generic;

namespace NsgFlow.Help.Facts;

/// <summary>What the compiled cmdlet says of itself; pages need not repeat it, so they cannot be wrong about it.</summary>
internal sealed record CommandFacts(
    string Name,
    string Verb,
    string Noun,
    IReadOnlyList<ParameterSetFacts> ParameterSets,
    IReadOnlyList<ParameterFacts> Parameters,
    IReadOnlyList<string> OutputTypes);

/// <summary>One way to call a cmdlet.</summary>
internal sealed record ParameterSetFacts(string Name, bool IsDefault, IReadOnlyList<ParameterUse> Parameters);

/// <summary>A parameter as it is in one set.</summary>
internal sealed record ParameterUse(ParameterFacts Parameter, bool IsMandatory, int? Position, PipelineInput Pipeline);

/// <summary>A parameter as it is in all sets.</summary>
internal sealed record ParameterFacts(
    string Name,
    string TypeName,
    string FullTypeName,
    bool IsSwitch,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    bool TakesWildcards,
    string? DefaultValue);

/// <summary>How the pipeline can fill a parameter.</summary>
internal sealed record PipelineInput(bool ByValue, bool ByPropertyName)
{
    /// <summary>In the words of Get-Help.</summary>
    public override string ToString() => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };
}

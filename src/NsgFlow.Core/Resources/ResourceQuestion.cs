using System.Collections.Generic;
using NsgFlow.Arm;

namespace NsgFlow.Resources;

/// <summary>Which resources of a kind are wanted.</summary>
public sealed class ResourceQuestion
{
    /// <summary>The kind.</summary>
    public required ResourceKind Kind { get; init; }

    /// <summary>Names (wildcards allowed) or ARM ids, mixed; empty for all of the kind. A subnet may be <c>network/subnet</c>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Resource groups, wildcards allowed; empty for all.</summary>
    public IReadOnlyList<string> ResourceGroups { get; init; } = [];

    /// <summary>Subscriptions by id or name, wildcards allowed; empty for all that the caller sees.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];
}

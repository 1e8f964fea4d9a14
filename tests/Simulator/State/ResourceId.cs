using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>A resource's id, or the path of a collection or action below one. Its parts keep the case they were written in.</summary>
public sealed class ResourceId
{
    private ResourceId(string text) => Text = text;

    /// <summary>The whole, without a slash at its end.</summary>
    public string Text { get; }

    public string? Subscription { get; private init; }

    public string? Group { get; private init; }

    /// <summary>What is before the last <c>/providers/</c>: a subscription, a resource group, or a resource that this extends.</summary>
    public string Scope { get; private init; } = string.Empty;

    /// <summary>For example <c>Microsoft.Network</c>; null for subscriptions and resource groups.</summary>
    public string? Namespace { get; private init; }

    public IReadOnlyList<string> Types { get; private init; } = [];

    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>For example <c>Microsoft.Network/networkWatchers/flowLogs</c>.</summary>
    public string Type { get; private init; } = string.Empty;

    public string Name => Names.Count > 0 ? Names[^1] : Text[(Text.LastIndexOf('/') + 1)..];

    /// <summary>Whether the path ends in a type: a collection, or an action on what is before it.</summary>
    public bool EndsInType => Types.Count > Names.Count;

    /// <summary>Whether it is a part of another resource, as a subnet is.</summary>
    public bool IsChild => Types.Count > 1;

    /// <summary>The id without its last name, or without its last type.</summary>
    public ResourceId Parent => Parse(EndsInType ? Text[..Text.LastIndexOf('/')] : Text[..Text.LastIndexOf('/', Text.LastIndexOf('/') - 1)]);

    /// <summary>Reads a path, whatever it is: what is not there is null or empty.</summary>
    public static ResourceId Parse(string text)
    {
        text = text.TrimEnd('/');
        var parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var providers = System.Array.FindLastIndex(parts, static p => Same(p, "providers"));
        var tail = providers < 0 ? [] : parts[(providers + 1)..];
        string[] types = [.. tail.Skip(1).Where(static (_, i) => i % 2 == 0)];
        return new ResourceId(text)
        {
            Subscription = After(parts, 0, "subscriptions"),
            Group = After(parts, 2, "resourceGroups"),
            Scope = providers < 0 ? text : string.Concat(parts[..providers].Select(static p => "/" + p)),
            Namespace = tail.Length > 0 ? tail[0] : null,
            Type = tail.Length > 0 ? tail[0] + "/" + string.Join('/', types) : string.Empty,
            Types = types,
            Names = [.. tail.Skip(1).Where(static (_, i) => i % 2 == 1)],
        };
    }

    public bool IsType(string type) => Same(Type, type);

    /// <summary>Whether this is that scope or lies under it.</summary>
    public bool IsUnder(string scope) => IsUnder(Text, scope);

    public static bool IsUnder(string id, string scope) =>
        scope is "" or "/" || (id.StartsWith(scope, StringComparison.OrdinalIgnoreCase) && (id.Length == scope.Length || id[scope.Length] == '/'));

    public static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Text;

    private static string? After(string[] parts, int at, string word) => parts.Length > at + 1 && Same(parts[at], word) ? parts[at + 1] : null;
}

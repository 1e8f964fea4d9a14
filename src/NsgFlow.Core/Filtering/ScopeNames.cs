using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>The values of one property of a scope, ready to be compared: names, and ARM ids (told by their slashes), both with wildcards.</summary>
internal sealed class ScopeNames
{
    public static readonly ScopeNames None = new([]);

    private readonly List<NamePattern> _names = [];
    private readonly List<NamePattern> _ids = [];

    public ScopeNames(IReadOnlyList<string> texts)
    {
        Texts = texts;
        foreach (var text in texts)
        {
            var trimmed = text.Trim();
            if (trimmed.IndexOf('/') >= 0)
            {
                _ids.Add(new NamePattern("/" + trimmed.Trim('/')));
            }
            else
            {
                _names.Add(new NamePattern(trimmed));
            }
        }
    }

    public IReadOnlyList<string> Texts { get; }

    public bool IsEmpty => Texts.Count == 0;

    /// <summary>Whether a plain text (name, resource group, subscription) is among the values.</summary>
    public bool Matches(string? name) => Any(_names, name);

    /// <summary>Whether the resource that an id names or lies in is among the values, by its name or its id.</summary>
    /// <param name="id">An ARM id; null matches nothing.</param>
    /// <param name="type">The type's segment, as <c>virtualNetworks</c>.</param>
    public bool Matches(string? id, string type)
    {
        var name = new ResourceId(id).Segment(type);
        return name is not null && (Any(_names, name) || (_ids.Count > 0 && Any(_ids, UpTo(id!, type, name))));
    }

    /// <summary>Whether an id, or a resource, group or subscription it lies in, is among the values.</summary>
    public bool MatchesIdOrParent(string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return false;
        }

        var text = "/" + id!.Trim('/');
        for (var end = text.Length; end > 0; end = text.LastIndexOf('/', end - 1))
        {
            if (Any(_ids, text.Substring(0, end)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether some id could lie in a subscription: false only when each of them names another one.</summary>
    public bool MayLieIn(string? subscription)
    {
        if (subscription is null)
        {
            return true;
        }

        foreach (var id in _ids)
        {
            // A wildcard in the subscription (/subscriptions/*/…) may stand for any.
            var own = new ResourceId(id.Text).SubscriptionId;
            if (own is null || new NamePattern(own).Literal is not { } literal || string.Equals(literal, subscription, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Any(List<NamePattern> patterns, string? text)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The part of an id that ends with the name of the given type.</summary>
    private static string UpTo(string id, string type, string name)
    {
        var text = "/" + id.Trim('/');
        var at = text.IndexOf("/" + type + "/" + name, StringComparison.OrdinalIgnoreCase);
        return text.Substring(0, at + 2 + type.Length + name.Length);
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>Reads the texts of an inventory; an error says where in its JSON the text stands.</summary>
internal static class InventoryText
{
    public static List<AddressRange> Ranges(IReadOnlyList<string> texts, string path)
    {
        var ranges = new List<AddressRange>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            ranges.Add(AddressSet.TryParse(texts[i], out var range, out var error) ? range : throw Wrong(At(path, i), error!));
        }

        return ranges;
    }

    public static string Name(string? name, ResourceId id, string path) =>
        !string.IsNullOrEmpty(name) ? name! : id.Name ?? throw Wrong(path, "It needs a name or an id.");

    /// <summary>An id without the slash that some add, or null.</summary>
    public static string? Trim(string? id) => string.IsNullOrEmpty(id) ? null : id!.TrimEnd('/');

    /// <summary>The distinct texts in order, those that are null left out; case does not matter.</summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(static text => text, StringComparer.OrdinalIgnoreCase)];

    public static string At(string list, int index) => list + "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    public static FormatException Wrong(string path, string reason) => new("In the inventory, " + path + ": " + reason);
}

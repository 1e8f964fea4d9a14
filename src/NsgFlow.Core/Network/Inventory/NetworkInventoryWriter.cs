using System;
using System.Collections;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NsgFlow.Compat;

namespace NsgFlow.Network;

/// <summary>Writes the JSON form of an inventory: all properties of its classes, so that none is forgotten. (A test reads back what it wrote.)</summary>
internal static class NetworkInventoryWriter
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutEmpty } },
    };

    public static void Write(NetworkInventory inventory, Stream stream) => JsonSerializer.Serialize(stream, inventory, _options);

    public static void Save(NetworkInventory inventory, string path)
    {
        var full = FilePaths.ForOpening(Path.GetFullPath(path ?? throw new ArgumentNullException(nameof(path))));

        // Beside it, since a file can be moved at once only within a disk.
        var temporary = full + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                Write(inventory, stream);
                stream.Flush(flushToDisk: true);
            }

            FilePaths.Replace(temporary, full);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // The lists at the top stay: they say that there are none.
    private static void LeaveOutEmpty(JsonTypeInfo type)
    {
        if (type.Type == typeof(NetworkInventory))
            return;
        foreach (var property in type.Properties)
        {
            if (property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
                property.ShouldSerialize = static (_, value) => value is IEnumerable list && list.GetEnumerator().MoveNext();
        }
    }
}

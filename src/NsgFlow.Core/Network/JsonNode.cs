using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace NsgFlow.Network;

/// <summary>
/// A JSON value and where it stands, for messages. Names are compared without case, and one value stands for a list of one: PowerShell
/// writes both. (System.Text.Json is loaded by who reads a file, and by nobody else: its types are named here, in the two readers and in the writer only.)
/// </summary>
internal readonly struct JsonNode
{
    private readonly JsonElement _element;
    private readonly string _file;

    private JsonNode(JsonElement element, string file, string path)
    {
        _element = element;
        _file = file;
        Path = path;
    }

    /// <summary>As <c>values[3].properties</c>; empty for the whole.</summary>
    public string Path { get; }

    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Reads a file's JSON; comments and a comma too many are let pass.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="file">What messages call the file: <c>the inventory</c>.</param>
    /// <param name="read">Gets the whole, which is valid during the call.</param>
    /// <exception cref="FormatException">It is no JSON, or no object.</exception>
    public static T Read<T>(byte[] utf8, string file, Func<JsonNode, T> read)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException problem)
        {
            throw new FormatException($"{char.ToUpperInvariant(file[0])}{file.Substring(1)} is no JSON: {Reason(problem)}", problem);
        }

        using (document)
        {
            var root = new JsonNode(document.RootElement, file, string.Empty);
            return root.IsObject ? read(root) : throw root.Wrong("An object was expected.");
        }
    }

    /// <summary>The value of a name; null when there is none, or it is null.</summary>
    public JsonNode? Property(string name)
    {
        if (!IsObject)
        {
            throw Wrong("An object was expected.");
        }

        foreach (var property in _element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Value.ValueKind == JsonValueKind.Null
                    ? null
                    : new JsonNode(property.Value, _file, Path.Length == 0 ? name : Path + "." + name);
            }
        }

        return null;
    }

    /// <summary>The text of a name; null when there is none.</summary>
    public string? Text(string name) => Property(name)?.Text();

    /// <summary>The elements of a list of a name, null elements left out; empty when there is none.</summary>
    public IEnumerable<JsonNode> List(string name) => Property(name) is { } list ? list.Elements() : [];

    /// <summary>The elements of a list of texts.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        foreach (var element in List(name))
        {
            texts.Add(element.Text());
        }

        return texts;
    }

    /// <summary>The text itself, or that of a number.</summary>
    public string Text() => _element.ValueKind switch
    {
        JsonValueKind.String => String(),
        JsonValueKind.Number => _element.GetRawText(),
        _ => throw Wrong("A text was expected."),
    };

    /// <summary>A whole number, also when it was written as text.</summary>
    public int Number() =>
        int.TryParse(Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong("A whole number was expected.");

    /// <summary>True or false, also when it was written as text.</summary>
    public bool Flag() => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(String(), out var flag) => flag,
        _ => throw Wrong("true or false was expected."),
    };

    /// <summary>A time; one without a zone is UTC.</summary>
    public DateTime Time() =>
        DateTime.TryParse(Text(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Wrong("A time was expected, as 2026-11-23T09:00:00Z.");

    public FormatException Wrong(string reason) => new JsonNodeException(_file, Path, reason);

    private string String()
    {
        try
        {
            return _element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8.
            throw Wrong("The text is damaged.");
        }
    }

    private IEnumerable<JsonNode> Elements()
    {
        if (_element.ValueKind != JsonValueKind.Array)
        {
            yield return this;
            yield break;
        }

        var index = 0;
        foreach (var element in _element.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Null)
            {
                yield return new JsonNode(element, _file, Path + "[" + index.ToString(CultureInfo.InvariantCulture) + "]");
            }

            index++;
        }
    }

    /// <summary>Its own message ends in the place, counted from 0.</summary>
    private static string Reason(JsonException problem)
    {
        var end = problem.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = end < 0 ? problem.Message : problem.Message.Substring(0, end);
        return problem.LineNumber is { } line
            ? $"{reason} (Line {(line + 1).ToString(CultureInfo.InvariantCulture)}, byte {((problem.BytePositionInLine ?? 0) + 1).ToString(CultureInfo.InvariantCulture)}.)"
            : reason;
    }
}

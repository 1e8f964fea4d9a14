using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Writes objects that ConvertFrom-Json made as JSON again, as far as flow logs and inventories need it: the one parser reads them then.</summary>
internal static class ObjectJson
{
    private const int Deepest = 64;

    /// <exception cref="ArgumentException">The object cannot have come from JSON, or nests too deeply to have come from a flow log.</exception>
    public static void Write(object? value, IJsonText feed) => Write(value, feed, 0);

    private static void Write(object? value, IJsonText feed, int depth)
    {
        if (depth > Deepest)
            throw new ArgumentException("The object nests too deeply.");
        var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null:
                feed.Append("null");
                break;
            case string text:
                WriteText(text, feed);
                break;
            case bool yes:
                feed.Append(yes ? "true" : "false");
                break;
            case DateTime time:
                // PowerShell 7 makes these of texts that look like a time.
                WriteText(time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture), feed);
                break;
            case DateTimeOffset time:
                WriteText(time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture), feed);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                feed.Append(((IFormattable)plain).ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                WriteMap(map, feed, depth);
                break;
            case IEnumerable list:
                WriteList(list, feed, depth);
                break;
            case PSCustomObject:
                WriteProperties((PSObject)value!, feed, depth);
                break;
            default:
                // Deep inside, a property that nobody asks for may be of any type.
                if (depth == 0)
                    throw new ArgumentException($"A {plain.GetType().Name} is neither JSON text nor what ConvertFrom-Json makes of it.");
                WriteText(LanguagePrimitives.ConvertTo<string>(plain), feed);
                break;
        }
    }

    private static void WriteMap(IDictionary map, IJsonText feed, int depth)
    {
        var separator = '{';
        foreach (DictionaryEntry entry in map)
        {
            feed.Append(separator);
            WriteText(LanguagePrimitives.ConvertTo<string>(entry.Key), feed);
            feed.Append(':');
            Write(entry.Value, feed, depth + 1);
            separator = ',';
        }

        feed.Append(separator == '{' ? "{}" : "}");
    }

    private static void WriteList(IEnumerable list, IJsonText feed, int depth)
    {
        var separator = '[';
        foreach (var item in list)
        {
            feed.Append(separator);
            Write(item, feed, depth + 1);
            separator = ',';
        }

        feed.Append(separator == '[' ? "[]" : "]");
    }

    private static void WriteProperties(PSObject value, IJsonText feed, int depth)
    {
        var separator = '{';
        foreach (var property in value.Properties)
        {
            if (property.MemberType != PSMemberTypes.NoteProperty)
                continue;
            feed.Append(separator);
            WriteText(property.Name, feed);
            feed.Append(':');
            Write(property.Value, feed, depth + 1);
            separator = ',';
        }

        feed.Append(separator == '{' ? "{}" : "}");
    }

    /// <summary>Writes a JSON string.</summary>
    public static void WriteText(string text, IJsonText feed)
    {
        feed.Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                feed.Append('\\');
                feed.Append(c);
            }
            else if (c < ' ')
            {
                feed.Append("\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                feed.Append(c);
            }
        }

        feed.Append('"');
    }
}

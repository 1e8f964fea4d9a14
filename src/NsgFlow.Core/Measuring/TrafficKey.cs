using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NsgFlow.Measuring;

/// <summary>A field to group by, an address perhaps by prefix.</summary>
public sealed class TrafficKey
{
    private const int WholeV4 = 32;
    private const int WholeV6 = 128;
    private const int UsualV6 = 64;

    private static readonly FieldCode[] _conversation =
        [FieldCode.SourceAddress, FieldCode.DestinationAddress, FieldCode.DestinationPort, FieldCode.Protocol];

    private TrafficKey(TrafficField field, int? prefix)
    {
        Field = field;
        Prefix = prefix;
    }

    /// <summary>The field.</summary>
    public TrafficField Field { get; }

    /// <summary>
    /// Bits of the prefix; null for the whole address or for what is no address. Up to 32 it is that of IPv4 addresses, and IPv6 addresses go by /64; above 32 it is that of
    /// IPv6 addresses, and IPv4 addresses are whole.
    /// </summary>
    public int? Prefix { get; }

    /// <summary>Bits of an IPv4 address that count.</summary>
    internal int PrefixV4 => Prefix is { } bits && bits <= WholeV4 ? bits : WholeV4;

    /// <summary>Bits of an IPv6 address that count.</summary>
    internal int PrefixV6 => Prefix is not { } bits ? WholeV6 : bits <= WholeV4 ? UsualV6 : bits;

    /// <summary>
    /// Reads names of fields as a user gives them: <c>SourceAddress</c>, <c>SrcIp</c>, <c>DestinationAddress/24</c>, <c>Conversation</c> (which is four fields).
    /// The same field twice counts once.
    /// </summary>
    /// <exception cref="FormatException">A name is none; the message says which, and what there is.</exception>
    public static IReadOnlyList<TrafficKey> Parse(IEnumerable<string> texts)
    {
        if (texts is null)
        {
            throw new ArgumentNullException(nameof(texts));
        }

        var keys = new List<TrafficKey>();
        foreach (var text in texts)
        {
            foreach (var key in TryParse(text, out var error) ?? throw new FormatException(error))
            {
                if (!keys.Exists(other => other.Field == key.Field && other.Prefix == key.Prefix))
                {
                    keys.Add(key);
                }
            }
        }

        var twice = keys.GroupBy(static key => key.Field).FirstOrDefault(static group => group.Count() > 1);
        return twice is null ? keys : throw new FormatException($"{twice.Key} is given with two different prefixes; a row can have one.");
    }

    /// <summary>Reads one name.</summary>
    /// <param name="text">The name, perhaps with a prefix length.</param>
    /// <param name="error">Why it is none, as a sentence for people; null on success.</param>
    /// <returns>The fields it stands for; null when it is none.</returns>
    public static IReadOnlyList<TrafficKey>? TryParse(string? text, out string? error)
    {
        error = null;
        var name = (text ?? string.Empty).Trim();
        if (name.Equals(TrafficField.Conversation, StringComparison.OrdinalIgnoreCase))
        {
            return Array.ConvertAll(_conversation, static code => new TrafficKey(TrafficField.Of(code), null));
        }

        var slash = name.IndexOf('/');
        if (!TrafficField.TryFind(slash < 0 ? name : name.Substring(0, slash), out var field))
        {
            error = $"'{Filtering.Shown.Text(name)}' is no field to group by. There are: {string.Join(", ", TrafficField.All)} and {TrafficField.Conversation}.";
            return null;
        }

        if (slash < 0)
        {
            return [new TrafficKey(field!, null)];
        }

        if (!field!.TakesPrefix)
        {
            error = $"{field} is no address, so '{Filtering.Shown.Text(name)}' has no meaning.";
            return null;
        }

        if (!int.TryParse(name.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits) || bits > WholeV6)
        {
            error = $"'{Filtering.Shown.Text(name)}': a prefix length is a number from 0 to 32 (IPv4) or to 128 (IPv6).";
            return null;
        }

        return [new TrafficKey(field, bits)];
    }

    internal static TrafficKey Of(FieldCode code) => new(TrafficField.Of(code), null);

    /// <summary>The field and its prefix, as it is given.</summary>
    public override string ToString() => Prefix is { } bits ? Field.Name + "/" + bits.ToString(CultureInfo.InvariantCulture) : Field.Name;
}

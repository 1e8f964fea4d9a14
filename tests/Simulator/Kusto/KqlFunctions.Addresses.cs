using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace NsgFlow.Simulator;

/// <content>Addresses.</content>
internal static partial class KqlFunctions
{
    private static readonly (UInt128 First, UInt128 Mask)[] s_private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16" }.Select(static text => Range(text, isV6: false)!.Value)];

    private static readonly Dictionary<string, Func<KqlCall, KqlScalar>> s_addresses = new()
    {
        ["ipv4_is_private"] = static call => call.Takes(1).MakeOfTexts(KqlType.Bool, static texts => Range(texts[0], isV6: false) is { } address ? s_private.Any(range => Holds(range, address.First)) : null),
        ["ipv4_is_in_any_range"] = static call => InAnyRange(call, isV6: false),
        ["ipv6_is_in_any_range"] = static call => InAnyRange(call, isV6: true),
        ["ipv4_is_in_range"] = static call => InAnyRange(call.Takes(2), isV6: false),
        ["ipv6_is_in_range"] = static call => InAnyRange(call.Takes(2), isV6: true),
        ["parse_ipv6_mask"] = Mask,
    };

    private static readonly ConcurrentDictionary<string, (UInt128 First, UInt128 Mask)?> s_ranges = new(StringComparer.Ordinal);

    private static KqlScalar InAnyRange(KqlCall call, bool isV6)
    {
        call.Takes(2, 64);
        var address = call.Text(0);
        KqlScalar[] ranges = [.. call.Arguments.Skip(1).Select((_, i) => call.Of(i + 1, KqlType.String, KqlType.Dynamic))];

        // Long lists are the rule, so what is constant is read once.
        var known = ranges.All(static range => range.IsConstant) ? new Lazy<(UInt128, UInt128)[]>(() => [.. Ranges(ranges, [], isV6)]) : null;
        return KqlScalar.Of(
            KqlType.Bool,
            row => Range((string)address.Value(row)!, isV6) is { } one ? (known?.Value ?? Ranges(ranges, row, isV6)).Any(range => Holds(range, one.First)) : null,
            [address, .. ranges]);
    }

    /// <summary>The long form of an address, cut to a length that counts IPv4's bits as the last of IPv6's.</summary>
    private static KqlScalar Mask(KqlCall call) => call.Takes(2).Make(KqlType.String, static values =>
    {
        var length = KqlValue.Whole(values[1]);
        if (length is < 0 or > 128 || Range((string)values[0], isV6: true) is not { } range)
        {
            return string.Empty;
        }

        var bits = range.First & range.Mask & (length == 0 ? 0 : UInt128.MaxValue << (int)(128 - length));
        return string.Join(':', Enumerable.Range(0, 8).Select(i => ((ushort)(bits >> (112 - (i * 16)))).ToString("x4", CultureInfo.InvariantCulture)));
    }, [call.Text(0), call.Of(1, KqlType.Int, KqlType.Long)]);

    private static IEnumerable<(UInt128 First, UInt128 Mask)> Ranges(IEnumerable<KqlScalar> ranges, object?[] row, bool isV6) => ranges
        .SelectMany(range => range.Value(row) is object?[] items ? items : [range.Value(row)])
        .Select(text => s_ranges.GetOrAdd(KqlValue.Text(text) + (isV6 ? "|6" : "|4"), key => Range(key[..^2], isV6))
            ?? throw KqlException.Unknown($"what a list of ranges with '{KqlValue.Text(text)}' gives"));

    private static bool Holds((UInt128 First, UInt128 Mask) range, UInt128 address) => (address & range.Mask) == (range.First & range.Mask);

    /// <summary>An address, or one with the length of its prefix; IPv4 counts as mapped into IPv6. Null for what is none.</summary>
    private static (UInt128 First, UInt128 Mask)? Range(string text, bool isV6)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var only = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(only, out var address) || only.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        // ::192.168.1.1 is meant as IPv4, too.
        if (only.StartsWith("::", StringComparison.Ordinal) && only.Contains('.', StringComparison.Ordinal) && IPAddress.TryParse(only.AsSpan(only.LastIndexOf(':') + 1), out var inside))
        {
            (only, address) = (inside.ToString(), inside);
        }

        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        if ((isV4 && only.Count(static c => c == '.') != 3) || (!isV4 && !isV6))
        {
            return null;
        }

        var most = isV4 ? 32 : 128;
        var length = most;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > most))
        {
            return null;
        }

        UInt128 bits = 0;
        foreach (var one in address.MapToIPv6().GetAddressBytes())
        {
            bits = (bits << 8) | one;
        }

        length += 128 - most;
        return (bits, length == 0 ? 0 : UInt128.MaxValue << (128 - length));
    }
}

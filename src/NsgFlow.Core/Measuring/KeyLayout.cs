using System;
using System.Collections.Generic;
using System.Globalization;

namespace NsgFlow.Measuring;

/// <summary>
/// How the values of a row's fields lie in its key. Those of the time stand last, since two captures of a flow that differ in time only
/// are still of one flow.
/// </summary>
internal sealed class KeyLayout
{
    /// <summary>The word (of an address: both words) of what a table of a workspace does not tell. No log has such a value in these fields.</summary>
    public const ulong Untold = ulong.MaxValue;

    private readonly KeyPart[] _byWish;
    private readonly TrafficKey[] _keys;
    private readonly TrafficNames _names;

    /// <param name="keys">The fields, in the order in which they are shown.</param>
    /// <param name="bucket">Length of the time buckets in milliseconds; 0 for none.</param>
    /// <param name="names">Where the names of names are.</param>
    public KeyLayout(IReadOnlyList<TrafficKey> keys, long bucket, TrafficNames names)
    {
        _names = names;
        _keys = [.. keys];
        Bucket = bucket;
        _byWish = new KeyPart[_keys.Length];
        var parts = new List<KeyPart>();
        Place(isTime: false);
        IdentityWords = Words;
        Place(isTime: true);
        SeriesWords = Words;
        if (bucket > 0)
        {
            parts.Add(new KeyPart(FieldCode.Bucket, Words++, default, default));
        }

        Parts = [.. parts];

        void Place(bool isTime)
        {
            for (var i = 0; i < _keys.Length; i++)
            {
                if (_keys[i].Field.Source == TrafficFieldSource.Time != isTime)
                {
                    continue;
                }

                _byWish[i] = new KeyPart(_keys[i].Field.Code, Words, Mask(96 + _keys[i].PrefixV4), Mask(_keys[i].PrefixV6));
                parts.Add(_byWish[i]);
                Words += _byWish[i].Words;
            }
        }
    }

    /// <summary>The parts as they lie.</summary>
    public KeyPart[] Parts { get; }

    /// <summary>Words of a key.</summary>
    public int Words { get; private set; }

    /// <summary>How many of the first words hold what is not time.</summary>
    public int IdentityWords { get; }

    /// <summary>How many of the first words hold all but the bucket.</summary>
    public int SeriesWords { get; }

    /// <summary>Length of the time buckets in milliseconds; 0 for none.</summary>
    public long Bucket { get; }

    /// <summary>The fields, in the order in which they are shown.</summary>
    public IReadOnlyList<TrafficKey> Keys => _keys;

    /// <summary>Number of a key's bucket, counted from 1970.</summary>
    public long BucketOf(ulong[] key) => (long)key[SeriesWords];

    /// <summary>Whether two keys differ in nothing but the bucket.</summary>
    public bool IsSameSeries(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right) => left.Slice(0, SeriesWords).SequenceEqual(right.Slice(0, SeriesWords));

    /// <summary>The values of a key, in the order in which they are shown.</summary>
    public object?[] Values(ReadOnlySpan<ulong> key)
    {
        var values = new object?[_byWish.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Value(_byWish[i], _keys[i], key);
        }

        return values;
    }

    /// <summary>The natural order of two keys: addresses and numbers by size, names by letters. The bucket comes last.</summary>
    public int Compare(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        foreach (ref readonly var part in _byWish.AsSpan())
        {
            var order = left[part.At] == Untold || right[part.At] == Untold ? CompareUntold(left, right, in part)
                : KeyPart.IsAddress(part.Code) ? new FlowAddress(left[part.At], left[part.At + 1]).CompareTo(new FlowAddress(right[part.At], right[part.At + 1]))
                : part.Code is FieldCode.Protocol or FieldCode.Encryption ? CompareCodes(left[part.At], right[part.At])
                : IsName(part.Code) ? CompareNames(left[part.At], right[part.At])
                : left[part.At].CompareTo(right[part.At]);
            if (order != 0)
            {
                return order;
            }
        }

        return Bucket > 0 ? left[SeriesWords].CompareTo(right[SeriesWords]) : 0;
    }

    private static bool IsName(FieldCode code) => code is not (FieldCode.SourcePort or FieldCode.DestinationPort or FieldCode.Protocol
        or FieldCode.Decision or FieldCode.State or FieldCode.Encryption or FieldCode.Direction or FieldCode.RuleKind or FieldCode.FormatVersion
        or FieldCode.FlowType or FieldCode.Hour or FieldCode.Day or FieldCode.HourOfDay or FieldCode.DayOfWeek);

    private static FlowAddress Mask(int bits) => new(Ones(Math.Min(bits, 64)), Ones(Math.Max(0, bits - 64)));

    private static ulong Ones(int bits) => bits == 0 ? 0 : ulong.MaxValue << (64 - bits);

    private static string Prefixed(TrafficKey key, in FlowAddress address)
    {
        var (bits, whole) = address.IsV4 ? (key.PrefixV4, 32) : (key.PrefixV6, 128);
        return bits == whole ? address.ToString() : address + "/" + bits.ToString(CultureInfo.InvariantCulture);
    }

    // What is not told comes first. Half of an address may look like it.
    private static int CompareUntold(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, in KeyPart part)
    {
        var order = IsUntold(in part, right).CompareTo(IsUntold(in part, left));
        return order != 0 ? order : left.Slice(part.At, part.Words).SequenceCompareTo(right.Slice(part.At, part.Words));
    }

    private static bool IsUntold(in KeyPart part, ReadOnlySpan<ulong> words) => words[part.At] == Untold && words[part.At + part.Words - 1] == Untold;

    // Null comes first; of two names, letters decide and then their case, so that the order is a total one.
    private int CompareNames(ulong left, ulong right) => left == right ? 0
        : CompareTexts(_names.TextOf((int)left), _names.TextOf((int)right));

    private static int CompareTexts(string? left, string? right)
    {
        var order = StringComparer.OrdinalIgnoreCase.Compare(left, right);
        return order != 0 ? order : string.CompareOrdinal(left, right);
    }

    // Unknown codes are numbered as they come, which is no order.
    private static int CompareCodes(ulong left, ulong right) => left >= UnknownCodes.First && right >= UnknownCodes.First
        ? string.CompareOrdinal(UnknownCodes.Text((ushort)left), UnknownCodes.Text((ushort)right))
        : left.CompareTo(right);

    private object? Value(in KeyPart part, TrafficKey key, ReadOnlySpan<ulong> words)
    {
        var word = words[part.At];
        return IsUntold(in part, words) ? null : part.Code switch
        {
            FieldCode.SourceAddress or FieldCode.DestinationAddress => Prefixed(key, new FlowAddress(word, words[part.At + 1])),
            FieldCode.SourcePort or FieldCode.DestinationPort or FieldCode.FormatVersion or FieldCode.HourOfDay => (int)word,
            FieldCode.Protocol => word < UnknownCodes.First ? (FlowProtocol)word : UnknownCodes.Text((ushort)word),
            FieldCode.Decision => (FlowDecision)word,
            FieldCode.State => word == 0 ? null : (FlowState)word,
            FieldCode.Encryption => word == 0 ? null : word < UnknownCodes.First ? (FlowEncryption)word : UnknownCodes.Text((ushort)word),
            FieldCode.Direction => (FlowDirection)word,
            FieldCode.RuleKind => word == 0 ? null : (FlowRuleKind)(word - 1),
            FieldCode.FlowType => (FlowType)word,
            FieldCode.Hour => UnixTime.ToDateTime((long)word * KeyMaker.HourLength),
            FieldCode.Day => UnixTime.ToDateTime((long)word * KeyMaker.DayLength),
            FieldCode.DayOfWeek => (DayOfWeek)word,
            _ => _names.TextOf((int)word),
        };
    }
}

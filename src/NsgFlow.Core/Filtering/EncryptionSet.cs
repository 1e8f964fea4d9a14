using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>An immutable set of encryption states of VNet logs. NSG logs record none, so no tuple of theirs is ever in it.</summary>
public sealed class EncryptionSet
{
    private static readonly Dictionary<string, FlowEncryption> _words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X"] = FlowEncryption.Encrypted,
        ["NX"] = FlowEncryption.NotEncrypted,
        ["Unencrypted"] = FlowEncryption.NotEncrypted,
        ["NX_HW_NOT_SUPPORTED"] = FlowEncryption.HardwareNotSupported,
        ["NX_SW_NOT_READY"] = FlowEncryption.SoftwareNotReady,
        ["NX_NOT_ACCEPTED"] = FlowEncryption.NotAccepted,
        ["NX_NOT_SUPPORTED"] = FlowEncryption.NotSupported,
        ["NX_LOCAL_DST"] = FlowEncryption.LocalDestination,
        ["NX_FALLBACK"] = FlowEncryption.Fallback,
    };

    private readonly uint _known;
    private readonly bool _hasAllNx;
    private readonly HashSet<string> _texts = new(StringComparer.OrdinalIgnoreCase);

    private EncryptionSet(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            var trimmed = (text ?? string.Empty).Trim();
            if (string.Equals(trimmed, "NX_ALL", StringComparison.OrdinalIgnoreCase))
            {
                _hasAllNx = true;
                for (var known = FlowEncryption.NotEncrypted; known <= FlowEncryption.Fallback; known++)
                {
                    _known |= 1u << (int)known;
                }
            }
            else if (TryWord(trimmed, out var word))
            {
                _known |= 1u << (int)word;
            }
            else if (IsNxCode(trimmed))
            {
                _texts.Add(trimmed);
            }
            else
            {
                throw new FormatException(Error(trimmed));
            }
        }
    }

    /// <summary>
    /// Makes a set of texts: names of <see cref="FlowEncryption"/>, codes (<c>X</c>, <c>NX</c>, <c>NX_…</c>, also ones unknown here), or
    /// <c>NX_ALL</c> for every code that begins with NX, as in the flow log's own filter.
    /// </summary>
    /// <exception cref="FormatException">One of them is none of these; the message says which and why.</exception>
    public static EncryptionSet Parse(IEnumerable<string> texts) => new(texts ?? throw new ArgumentNullException(nameof(texts)));

    /// <summary>Checks one text.</summary>
    /// <param name="text">A name or code.</param>
    /// <param name="error">Why it means nothing, as a sentence for people; null on success.</param>
    public static bool TryCheck(string? text, out string? error)
    {
        var trimmed = (text ?? string.Empty).Trim();
        var isGood = TryWord(trimmed, out _) || IsNxCode(trimmed);
        error = isGood ? null : Error(trimmed);
        return isGood;
    }

    /// <summary>Codes that were asked for and are not known here.</summary>
    internal IReadOnlyCollection<string> NewCodes => _texts;

    /// <summary>Whether every code that begins with NX is in the set.</summary>
    internal bool HasAllNx => _hasAllNx;

    /// <summary>Whether a tuple's <see cref="FlowTuple.EncryptionCode"/> is in the set. Allocates nothing.</summary>
    public bool Contains(ushort code) => code < UnknownCodes.First ? ((_known >> (code & 31)) & 1) != 0 : ContainsUnknown(code);

    private bool ContainsUnknown(ushort code)
    {
        if (((_known >> (int)FlowEncryption.Other) & 1) != 0)
        {
            return true;
        }

        var text = UnknownCodes.Text(code);
        return _texts.Contains(text) || (_hasAllNx && text.StartsWith("NX", StringComparison.OrdinalIgnoreCase));
    }

    private static bool TryWord(string text, out FlowEncryption word)
    {
        if (_words.TryGetValue(text, out word))
        {
            return true;
        }

        for (word = FlowEncryption.Encrypted; word <= FlowEncryption.Other; word++)
        {
            if (string.Equals(text, word.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Codes come in new kinds; one may be asked for before this module knows it.</summary>
    private static bool IsNxCode(string text)
    {
        if (text.Length < 4 || text.Length > UnknownCodes.LongestCode || !text.StartsWith("NX_", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var c in text)
        {
            if (c is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static string Error(string text) =>
        $"{Shown.Text(text)} is not an encryption state: give Encrypted (X), NotEncrypted (NX), another of NX_… or NX_ALL for everything that is not encrypted.";
}

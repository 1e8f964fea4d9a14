using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>Of the captures of one flow in one hour, those of the lowest rank.</summary>
internal sealed class BestCaptures
{
    private readonly int[] _identities;
    private readonly byte[] _ranks;
    private readonly int[] _best;

    /// <param name="captures">Captures, the last word of whose keys is the rank.</param>
    /// <param name="identityWords">How many of the first words make a capture the same as another.</param>
    [MethodImpl(Hot.Path)]
    public BestCaptures(TrafficTable captures, int identityWords)
    {
        var identities = new TrafficTable(identityWords, hasTotals: false);
        _identities = new int[captures.Count];
        _ranks = new byte[captures.Count];
        _best = new int[captures.Count];
        for (var i = 0; i < captures.Count; i++)
        {
            var key = captures.Key(i);
            _ranks[i] = (byte)key[key.Length - 1];
            var known = identities.Count;
            _identities[i] = identities.Add(key.Slice(0, identityWords));
            _best[_identities[i]] = identities.Count > known ? _ranks[i] : Math.Min(_best[_identities[i]], _ranks[i]);
        }
    }

    public bool IsBest(int capture) => _ranks[capture] == _best[_identities[capture]];
}

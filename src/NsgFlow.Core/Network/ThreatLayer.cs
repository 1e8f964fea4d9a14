using System.Collections.Generic;

namespace NsgFlow.Network;

/// <summary>The threat lists as one layer, whose values number the distinct pairs of list and type.</summary>
internal sealed class ThreatLayer
{
    private readonly List<(string List, string? Type)> _threats = [];

    public ThreatLayer(IEnumerable<ThreatList> lists)
    {
        var numbers = new Dictionary<(string, string?), int>();
        Layer = new PrefixLayer(Combine);
        foreach (var list in lists)
        {
            foreach (var entry in list.Entries)
            {
                var threat = (list.Name, entry.Type);
                if (!numbers.TryGetValue(threat, out var number))
                {
                    number = _threats.Count;
                    numbers.Add(threat, number);
                    _threats.Add(threat);
                }

                Layer.Add(entry.Range, number);
            }
        }
    }

    public PrefixLayer Layer { get; }

    public (string List, string? Type) this[int number] => _threats[number];

    private int Combine(int outer, int inner, bool isSame) =>
        isSame && (_threats[outer].Type is not null || _threats[inner].Type is null) ? outer : inner;
}

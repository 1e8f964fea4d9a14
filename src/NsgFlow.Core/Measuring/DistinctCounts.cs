namespace NsgFlow.Measuring;

/// <summary>How many different values each row of a table has.</summary>
internal sealed class DistinctCounts
{
    private readonly int[] _sources;
    private readonly int[] _destinations;
    private readonly int[] _ports;

    /// <param name="values">The values, each once in its row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="words">Words of a row's key.</param>
    public DistinctCounts(TrafficTable values, TrafficTable rows, int words)
    {
        _sources = new int[rows.Count];
        _destinations = new int[rows.Count];
        _ports = new int[rows.Count];
        for (var i = 0; i < values.Count; i++)
        {
            var key = values.Key(i);
            var row = rows.Find(key.Slice(0, words));
            if (row >= 0)
            {
                CountsOf((TrafficDistinct)key[words])[row]++;
            }
        }
    }

    public long Of(TrafficDistinct kind, int row) => CountsOf(kind)[row];

    private int[] CountsOf(TrafficDistinct kind) => kind switch
    {
        TrafficDistinct.Sources => _sources,
        TrafficDistinct.Destinations => _destinations,
        _ => _ports,
    };
}

using System.Collections.Generic;
using System.Linq;
using NsgFlow.Samples;

namespace NsgFlow.Unit.Samples;

/// <summary>A sample generated and read back by the independent reader.</summary>
internal sealed class SampleData
{
    public SampleData(FlowSampleOptions options)
    {
        var generator = new FlowSampleGenerator(options);
        Blobs = [.. generator.Generate()];
        Truth = generator.Truth;
        foreach (var blob in Blobs)
        {
            Tuples.AddRange(ReadTuple.Read(blob.Name, blob.ToArray(), out var entries));
            Entries += entries;
        }
    }

    public List<FlowSampleBlob> Blobs { get; }

    public FlowSampleTruth Truth { get; }

    public List<ReadTuple> Tuples { get; } = [];

    public int Entries { get; }

    /// <summary>Allowed tuples by network interface and five-tuple, each in the order they were written.</summary>
    public IEnumerable<List<ReadTuple>> Chains() =>
        Tuples.Where(t => !t.Denied).GroupBy(t => t.Mac + " " + t.FiveTuple).SelectMany(g => Split([.. g]));

    /// <summary>A new session starts at a B, and after an E.</summary>
    private static IEnumerable<List<ReadTuple>> Split(List<ReadTuple> tuples)
    {
        var chain = new List<ReadTuple>();
        foreach (var tuple in tuples)
        {
            if (chain.Count > 0 && (tuple.State is "B" or "" || chain[^1].State == "E"))
            {
                yield return chain;
                chain = [];
            }

            chain.Add(tuple);
        }

        if (chain.Count > 0)
        {
            yield return chain;
        }
    }
}

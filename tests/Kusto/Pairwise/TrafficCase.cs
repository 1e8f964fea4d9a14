using System;
using System.Collections.Generic;
using NsgFlow.Measuring;
using NsgFlow.Query;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>A combination of parameters of Measure-NsgTraffic -Workspace.</summary>
internal sealed class TrafficCase
{
    public QueryCase Filter { get; } = new();

    public List<string> By { get; } = [];

    public TrafficOrder OrderBy { get; set; }

    public int? Top { get; set; }

    public TimeSpan? Bucket { get; set; }

    public long MinFlows { get; set; }

    public long MinBytes { get; set; }

    public bool Raw { get; set; }

    public TrafficDistinct Distinct { get; set; }

    public string Rows() => TrafficKql.Rows(Query(), Filter.ToQuestion());

    public string Summary() => TrafficKql.Summary(Query(), Filter.ToQuestion());

    /// <summary>Of an hour whose rows are added to those of other hours.</summary>
    public string Part() =>
        new TrafficRowsKql(Query(), Filter.ToQuestion().Within(QueryCase.Now.AddHours(-1), QueryCase.Now), TrendPieces.Of(Filter.ToQuestion()), isPart: true).Text();

    private TrafficQuery Query() => new()
    {
        By = TrafficKey.Parse(By),
        OrderBy = OrderBy,
        Top = Top,
        Bucket = Bucket,
        MinFlows = MinFlows,
        MinBytes = MinBytes,
        Raw = Raw,
        Distinct = Distinct,
    };
}

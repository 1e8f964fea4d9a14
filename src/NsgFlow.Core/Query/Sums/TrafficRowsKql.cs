using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>The KQL of a grouping, stage by stage: normal rows, captures, each flow once, measured, the first of them and the rest.</summary>
internal sealed class TrafficRowsKql
{
    private const string Bucket = MeasureMaker.TimeName;
    private const string Threat = nameof(FieldCode.ThreatType);
    private readonly TrafficQuery _query;
    private readonly AnalyticsQuestion _question;
    private readonly TrendPieces? _trend;
    private readonly bool _isPart;
    private readonly List<TrafficColumn> _columns;
    private readonly List<string> _groups;
    private readonly List<TrafficColumn> _names;
    private readonly KqlScript _script = new();

    /// <param name="query">What to measure.</param>
    /// <param name="question">Of which flows.</param>
    /// <param name="trend">The pieces of trends; null without.</param>
    /// <param name="isPart">Whether the rows will be added to those of other windows: then none can be left to the rest yet.</param>
    public TrafficRowsKql(TrafficQuery query, AnalyticsQuestion question, TrendPieces? trend, bool isPart)
    {
        _query = query;
        _question = question;
        _trend = query.Bucket is null ? trend : null;
        _isPart = isPart;
        _columns = [.. query.By.Select(TrafficColumn.Of)];
        _groups = [.. _columns.Select(static column => column.Group).Distinct()];
        _names = [.. _columns.Where(static column => column.IsName)];
    }

    // Buckets that are no whole hours divide a capture, so it has a row for each.
    private bool AreCapturesDivided => !_query.Raw && _query.Bucket is { } bucket && bucket.Ticks % TimeSpan.TicksPerHour != 0;

    private bool IsChosen => !_isPart && _columns.Count > 0 && (_query.Top is not null || _query.MinFlows > 0 || _query.MinBytes > 0);

    private string? BucketMaking => _query.Bucket is { } bucket ? Bucket + " = " + KqlTime.Bucket("FirstSeen", bucket) : null;

    private IEnumerable<string> Buckets => _query.Bucket is null ? [] : [Bucket];

    // Of the addresses' own table.
    private bool HasThreats => _columns.Exists(static column => column.Sources.Contains(Threat));

    private IEnumerable<string> Trends => _trend?.Names ?? [];

    // How long a row's interval is, where it matters.
    private bool HasMinutes => _query.Bucket < TimeSpan.FromHours(1);

    private string RankOrder => TrafficSums.Value(_query.OrderBy) + " desc";

    /// <summary>The KQL.</summary>
    public string Text()
    {
        var measured = Measured(_query.Raw ? Ready() : Once());
        if (!IsChosen)
        {
            return _script.Text(measured + Ending(Buckets.Any() ? [] : [RankOrder]));
        }

        var all = _script.Let("measured", $"materialize({measured})");
        var first = _script.Let("first", $"materialize({First(all)})");
        var rest = Kql.Summarize([.. TrafficSums.Added, .. Minutes, .. Trends.Select(Kql.Sum)], Buckets.Append("IsOther = true"));
        return _script.Text(TopKql.FirstAndRest(all, first, _groups, rest) + Ending(Buckets.Any() ? ["IsOther asc"] : ["IsOther asc", RankOrder]));
    }

    /// <summary>Normal rows with what is made of them.</summary>
    private string Ready()
    {
        IEnumerable<string> told = !_query.Raw ? CaptureKql.Columns
            : _query.NeededDistinct == TrafficDistinct.None ? [] : ["SourceAddress", "DestinationAddress", "DestinationPort"];
        var columns = TrafficSums.Columns.Concat(told).Concat(_columns.SelectMany(static column => column.Sources)).Except([Threat])
            .Concat(HasMinutes ? ["IntervalStart", "IntervalEnd"] : []).Concat(HasThreats ? MaliciousRows.Needed : []).Distinct().ToList();
        var made = TrafficSums.Made
            .Concat(TrafficColumn.Numbers.Where(columns.Contains).Select(static column => $"{column} = coalesce({column}, {TrafficColumn.Untold})"))
            .Concat(_query.Raw ? [] : CaptureKql.Made)
            .Concat(HasMinutes ? ["Minutes = toint((IntervalEnd - IntervalStart) / 1m)"] : [])
            .Concat(Making(isTime: false));
        var rows = NormalRows.Of(_question, columns, _script) + (HasThreats ? MaliciousRows.Join(_question, columns, [Threat], _script) : string.Empty);
        return rows.TrimEnd() + Kql.Stage("extend", made);
    }

    /// <summary>Of each flow the capture that counts.</summary>
    private string Once()
    {
        // Captures are compared within a row of the answer, as they are locally: rules of both ends that decided count both.
        List<string> identity = [.. CaptureKql.Identity, .. _columns.Where(static column => !column.IsTime).Select(static column => column.Group).Except(CaptureKql.Identity)];
        var captures = Ready();
        if (AreCapturesDivided)
        {
            var name = _script.Let("captures", $"materialize({captures}{Kql.Summarize(Added([]), [.. identity, "Rank", BucketMaking!], isShuffled: true)})");
            return CaptureKql.BestOfMany(name, identity);
        }

        return captures + Kql.Summarize(Added([]), identity.Append("Rank"), isShuffled: true) + CaptureKql.Best(identity);
    }

    /// <summary>The rows of the answer, all of them.</summary>
    private string Measured(string sums)
    {
        var made = Making(isTime: true)
            .Concat(BucketMaking is { } bucket && !AreCapturesDivided ? [bucket] : [])
            .Concat(_trend is null ? [] : [$"Value = {TrafficSums.ValueOfCapture(_query.OrderBy)}", $"Piece = {_trend.PieceOf("FirstSeen")}"]);
        var trends = Trends.Select(static (name, piece) => $"{name} = sumif(Value, Piece == {piece})");
        return sums + Kql.Stage("extend", made)
            + Kql.Summarize(Added(TrafficSums.Distinct(_query.NeededDistinct).Concat(trends)), _groups.Concat(Buckets));
    }

    /// <summary>The keys of the rows (with time buckets: of the series) that are wanted.</summary>
    private string First(string all)
    {
        var rank = Buckets.Any()
            ? Kql.Summarize(["Flows = sum(Flows)", $"Bytes = {TrafficSums.Sum(TrafficOrder.Bytes)}", $"Rank = {TrafficSums.Sum(_query.OrderBy)}"], _groups)
            : Kql.Stage("extend", [$"Bytes = {TrafficSums.Value(TrafficOrder.Bytes)}", $"Rank = {TrafficSums.Value(_query.OrderBy)}"]);
        var conditions = new List<string>();
        if (_query.MinFlows > 0)
        {
            conditions.Add("Flows >= " + KqlText.Of(_query.MinFlows));
        }

        if (_query.MinBytes > 0)
        {
            conditions.Add("Bytes >= " + KqlText.Of(_query.MinBytes));
        }

        return TopKql.First(all + rank, conditions, _query.Top, ["Rank desc", .. TopKql.Natural(_columns)], _groups);
    }

    private IEnumerable<string> Making(bool isTime) => _columns.Where(column => column.IsTime == isTime).SelectMany(static column => column.Making).Distinct();

    private IEnumerable<string> Minutes => HasMinutes ? ["Minutes = max(Minutes)"] : [];

    private IEnumerable<string> Added(IEnumerable<string> more) =>
        TrafficSums.Added.Concat(Minutes).Concat(_names.Select(static column => $"{column.Name} = max({column.Name})")).Concat(more);

    // Of names only one spelling is shown.
    private string Ending(IEnumerable<string> order) =>
        Kql.Stage("order by", order.Concat(TopKql.Natural(_columns)).Concat(Buckets.Select(static bucket => bucket + " asc")))
        + Kql.Stage("project-away", _names.Select(static column => column.Group).Distinct());
}

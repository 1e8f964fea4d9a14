using System.Collections.Generic;
using System.Linq;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>The KQL of a summary: captures are made once, and each list is a grouping of them; the rows of all lists come as one table, named in <c>List</c>.</summary>
internal sealed class TrafficSummaryKql
{
    /// <summary>Name of the row of everything.</summary>
    public const string Whole = "Whole";

    /// <summary>Name of the rows of what was seen.</summary>
    public const string Seen = "Seen";

    /// <summary>Length of the lists when nobody says.</summary>
    public const int UsualTop = 10;

    private readonly TrafficQuery _query;
    private readonly AnalyticsQuestion _question;
    private readonly TrendPieces? _trend;
    private readonly KqlScript _script = new();

    public TrafficSummaryKql(TrafficQuery query, AnalyticsQuestion question, TrendPieces? trend)
    {
        _query = query;
        _question = question;
        _trend = trend;
    }

    /// <summary>Names that a summary lists, and the columns of them.</summary>
    public static IReadOnlyList<string> SeenNames { get; } =
        [nameof(TrafficSummary.Nsg), nameof(TrafficSummary.VirtualNetwork), nameof(TrafficSummary.Subnet), nameof(TrafficSummary.Location), nameof(TrafficSummary.MacAddress)];

    private static IEnumerable<string> RuleKeys => ["NsgKey", "RuleKey", "RuleKind"];

    private IEnumerable<string> Trends => _trend?.Names ?? [];

    /// <summary>The KQL.</summary>
    public string Text()
    {
        var captures = _script.Let("captures", $"materialize({Captures()})");
        var once = _script.Let("flows", $"materialize({captures}{Best(["FlowType = take_any(FlowType)"], [])})");
        var rules = _script.Let("rules", captures + Best(["Nsg = max(Nsg)", "Rule = max(Rule)"], RuleKeys));
        var hasBytes = _script.Let("hasBytes", $"toscalar({captures} | summarize {TrafficSums.Sum(TrafficOrder.Bytes)}) > 0");
        var lists = new List<string>
        {
            once + Kql.Summarize([.. TrafficSums.Added, $"Inbound = sumif(Flows, {CaptureKql.IsInbound})"], [$"List = {KqlText.Of(Whole)}"]) + Kql.Stage("extend", ["HasBytes = " + hasBytes]),
            $"{captures}\n| distinct {Kql.List(SeenNames)}\n| extend List = {KqlText.Of(Seen)}",
        };
        lists.AddRange(SummaryListKind.All.Select(list => List(list, list.IsOfRules ? rules : once, hasBytes)));
        return _script.Text("union\n(" + string.Join("),\n(", lists) + ")" + Kql.Stage("project-away", ["NsgKey", "RuleKey"]));
    }

    private string Captures()
    {
        var columns = TrafficSums.Columns.Concat(CaptureKql.Columns).Concat(SeenNames).Concat(["FlowType", "Rule", "RuleKind"]).ToList();
        return NormalRows.Of(_question, columns, _script).TrimEnd()
            + Kql.Stage("extend", [.. TrafficSums.Made, .. TrafficColumn.Numbers.Select(static name => $"{name} = coalesce({name}, {TrafficColumn.Untold})"), .. CaptureKql.Made])
            + Kql.Stage("extend", ["NsgKey = toupper(Nsg)", "RuleKey = toupper(Rule)"])
            + Kql.Summarize(
                [.. TrafficSums.Added, "FlowType = take_any(FlowType)", "Rule = max(Rule)"],
                [.. CaptureKql.Identity, "Rank", "NsgKey", "RuleKey", "RuleKind", .. SeenNames],
                isShuffled: true);
    }

    /// <summary>Of each flow (in rules: with each rule) the captures that count.</summary>
    private string Best(IEnumerable<string> more, IEnumerable<string> keys)
    {
        List<string> identity = [.. CaptureKql.Identity, .. keys];
        return Kql.Summarize([.. TrafficSums.Added, .. more], identity.Append("Rank")) + (_query.Raw ? string.Empty : CaptureKql.Best(identity));
    }

    private string List(SummaryListKind list, string flows, string hasBytes)
    {
        List<TrafficColumn> columns = [.. list.Keys.Select(TrafficColumn.Of)];
        List<string> groups = [.. columns.Select(static column => column.Group)];
        var names = columns.Where(static column => column.IsName).Select(static column => $"{column.Name} = max({column.Name})");
        var bytes = TrafficSums.Value(TrafficOrder.Bytes);
        var value = list.Order is { } order ? TrafficSums.Value(order) : $"iff({hasBytes}, {bytes}, Flows)";
        var making = columns.Where(static column => column.IsTime).SelectMany(static column => column.Making)
            .Concat(_trend is null ? [] : [$"Value = {value}", $"Piece = {_trend.PieceOf("FirstSeen")}"]);
        var trends = Trends.Select(static (name, piece) => $"{name} = sumif(Value, Piece == {piece})");
        var measured = flows + Kql.Stage("extend", making) + Kql.Summarize([.. TrafficSums.Added, .. names, .. trends], groups);
        var named = Kql.Stage("extend", [$"List = {KqlText.Of(list.Name)}"]);
        if (list.IsWhole)
        {
            return measured + named;
        }

        // Rows that have nothing of what the list is of are no part of it.
        var all = _script.Let("all" + list.Name, $"materialize({measured})");
        var first = _script.Let("first" + list.Name, "materialize(" + TopKql.First(
            all + Kql.Stage("extend", [$"Ranked = {value}"]), ["Ranked > 0"], _query.Top ?? UsualTop, ["Ranked desc", .. TopKql.Natural(columns)], groups) + ")");
        var rest = Kql.Summarize([.. TrafficSums.Added, .. Trends.Select(Kql.Sum)], ["IsOther = true"]);
        return TopKql.FirstAndRest(all, first, groups, rest) + named;
    }
}

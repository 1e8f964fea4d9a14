using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Filtering;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Measuring;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>The KQL of Measure-NsgTraffic -Workspace, for every pair of values of any two parameters, and for every field.</summary>
[Collection(PairwiseDefinition.Name)]
public sealed class TrafficTests(KustoParser parser)
{
    private const int Seed = 20261124;

    // Of the filter what takes different ways through a measurement; all of it is in RowsTests.
    private static readonly IReadOnlyList<Parameter<TrafficCase>> s_parameters =
    [
        Parameter<TrafficCase>.Of<IReadOnlyList<TrafficAnalyticsTable>>(
            "Table",
            static (one, value) => one.Filter.Tables = value,
            ("Nsg", [TrafficAnalyticsTable.Nsg]),
            ("VirtualNetwork", [TrafficAnalyticsTable.VirtualNetwork])),
        Parameter<TrafficCase>.Of<(DateTime? Start, DateTime? End)>(
            "Time",
            static (one, value) => (one.Filter.Start, one.Filter.End) = value,
            ("an hour", (QueryCase.Now.AddHours(-1), QueryCase.Now)),
            ("a month", (QueryCase.Now.AddDays(-30), QueryCase.Now)),
            ("from", (QueryCase.Now.AddDays(-1), null))),
        Parameter<TrafficCase>.Of<AddressSet?>(
            "Address",
            static (one, value) => one.Filter.Address = value,
            ("mixed", AddressSet.Parse(["10.0.0.4", "10.1.0.0/16", "2001:db8::/32"]))),
        Parameter<TrafficCase>.Of<IReadOnlyList<FlowDecision>>("Decision", static (one, value) => one.Filter.Decision = value, ("deny", [FlowDecision.Deny])),
        Parameter<TrafficCase>.Of<RuleSet?>("Rule", static (one, value) => one.Filter.Rule = value, ("wildcards", RuleSet.Parse(["Deny*"]))),
        Parameter<TrafficCase>.Of<IReadOnlyList<FlowType>>("FlowType", static (one, value) => one.Filter.FlowTypes = value, ("one", [FlowType.ExternalPublic])),
        Parameter<TrafficCase>.Of<bool>("Malicious", static (one, value) => one.Filter.IsMalicious = value, ("yes", true)),
        By("By", "SourceAddress", "SourceAddress/24", "DestinationAddress/64", "Conversation", "Service", "Rule", "SourceSubnet", "ThreatType", "Protocol"),
        By("and", "DestinationPort", "Direction", "Hour", "HourOfDay", "DayOfWeek", "Decision", "Nsg"),
        Parameter<TrafficCase>.Of("OrderBy", static (one, value) => one.OrderBy = value, [.. Enum.GetValues<TrafficOrder>().Select(static order => (order.ToString(), order))]),
        Parameter<TrafficCase>.Of<int?>("Top", static (one, value) => one.Top = value, ("1", 1), ("20", 20)),
        Parameter<TrafficCase>.Of<TimeSpan?>(
            "Bucket",
            static (one, value) => one.Bucket = value,
            ("10m", TimeSpan.FromMinutes(10)),
            ("1h", TimeSpan.FromHours(1)),
            ("90m", TimeSpan.FromMinutes(90)),
            ("1d", TimeSpan.FromDays(1))),
        Parameter<TrafficCase>.Of<long>("MinFlows", static (one, value) => one.MinFlows = value, ("5", 5)),
        Parameter<TrafficCase>.Of<long>("MinBytes", static (one, value) => one.MinBytes = value, ("1 MB", 1 << 20)),
        Parameter<TrafficCase>.Of<bool>("Raw", static (one, value) => one.Raw = value, ("yes", true)),
        Parameter<TrafficCase>.Of(
            "Distinct",
            static (one, value) => one.Distinct = value,
            ("ports", TrafficDistinct.Ports),
            ("all", TrafficDistinct.Sources | TrafficDistinct.Destinations | TrafficDistinct.Ports)),
    ];

    [KustoFact]
    public async Task Rows_are_good_KQL_for_every_pair_of_parameters()
    {
        var cases = Cases.Pairs(s_parameters, Seed, static () => new TrafficCase());
        var queries = Cases.Queries(cases, static one => one.Rows(), out var refused);

        Assert.Empty(refused);
        await Judge.AllAsync(parser, queries);
    }

    [KustoFact]
    public async Task Rows_and_summaries_are_good_KQL_in_every_workspace()
    {
        var cases = Cases.Singles(s_parameters, static () => new TrafficCase()).Prepend(("nothing", new TrafficCase())).Take(5).ToList();
        await Judge.AllAsync(parser, [.. cases.Select(static one => (one.Item1, one.Item2.Part()))]);
        await Judge.AnywhereAsync(parser, [.. cases.Select(static one => (one.Item1, one.Item2.Rows())), .. cases.Take(3).Select(static one => (one.Item1, one.Item2.Summary()))]);
    }

    [KustoFact]
    public async Task Every_field_is_good_KQL_or_is_refused()
    {
        var queries = new List<(string, string)>();
        var refused = new List<string>();
        foreach (var field in TrafficField.All)
        {
            var one = new TrafficCase { Top = 10 };
            one.By.Add(field.Name);
            try
            {
                queries.Add((field.Name, one.Rows()));
            }
            catch (NsgFlowException e) when (e.ErrorId == "AnalyticsCannotAnswer")
            {
                refused.Add(field.Name);
            }
        }

        Assert.Equal(TrafficField.All.Where(static field => field.TrafficAnalytics is null).Select(static field => field.Name), refused);
        await Judge.AllAsync(parser, queries);
    }

    private static Parameter<TrafficCase> By(string name, params string[] fields) =>
        Parameter<TrafficCase>.Of(name, static (one, value) => one.By.Add(value), [.. fields.Select(static field => (field, field))]);
}

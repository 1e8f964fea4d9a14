using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Filtering;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>Hundreds of values of a parameter: Kusto limits how deep a query may be, and a chain of conditions is a deep tree.</summary>
[Collection(PairwiseDefinition.Name)]
public sealed class ManyTests(KustoParser parser)
{
    private const string Group = "/subscriptions/3f0e4a10-7b1f-4ab0-9b0e-0a1b2c3d4e5f/resourceGroups/rg";

    private static readonly Dictionary<string, Func<IReadOnlyList<string>, FlowFilter>> s_parameters = new()
    {
        ["-Address"] = static numbers => new FlowFilter { Address = AddressSet.Parse(numbers.Select(static number => $"10.{Two(number)}.1-10.{Two(number)}.9")) },
        ["-Address of IPv6"] = static numbers => new FlowFilter { SourceAddress = AddressSet.Parse(numbers.Select(static number => $"2001:db8:{number}::/64")) },
        ["-ExcludePort"] = static numbers => new FlowFilter { ExcludePort = PortSet.Parse(numbers.Select(static number => $"{number}0-{number}5")) },
        ["-Rule"] = static numbers => new FlowFilter { Rule = RuleSet.Parse(numbers.Select(static number => new string('r', 70) + number)) },
        ["-Rule with wildcards"] = static numbers => new FlowFilter { Rule = RuleSet.Parse(numbers.Select(static number => number + "*")) },
        ["-Nsg"] = static numbers => Scoped(new FlowScope { Nsg = numbers }),
        ["-ResourceId"] = static numbers => Scoped(new FlowScope { ResourceId = [.. numbers.Select(static number => Group + number)] }),
        ["NSGs that were found"] = static numbers => Scoped(new FlowScope { Resources = [new ScopeResources { Text = "found", Ids = [.. numbers.Select(static number => Group + "/providers/Microsoft.Network/networkSecurityGroups/n" + number)] }] }),
        ["networks that were found"] = static numbers => Scoped(new FlowScope { Resources = [new ScopeResources { Text = "found", Ids = [.. numbers.Select(static number => Group + "/providers/Microsoft.Network/virtualNetworks/v" + number)] }] }),
        ["parts that were found"] = static numbers => Scoped(new FlowScope { Resources = [new ScopeResources { Text = "found", Parts = [.. numbers.Select(static number => new ScopePart(Group + "/providers/Microsoft.Network/virtualNetworks/v" + number, AddressSet.Parse(["10.0.0.0/24"])))] }] }),
    };

    public static IEnumerable<object[]> Parameters => s_parameters.Keys.Select(static name => new object[] { name });

    [KustoTheory]
    [MemberData(nameof(Parameters))]
    public async Task Hundreds_of_values_are_not_too_many(string parameter)
    {
        var numbers = Enumerable.Range(1000, 400).Select(static number => number.ToString(CultureInfo.InvariantCulture)).ToList();
        await Judge.AllAsync(parser, [(parameter, AnalyticsKql.Rows(new AnalyticsQuestion { Filter = s_parameters[parameter](numbers), Tables = [TrafficAnalyticsTable.VirtualNetwork] }))]);
    }

    private static FlowFilter Scoped(FlowScope scope) => new() { Scope = scope };

    // 1234 → 34.12, never twice the same
    private static string Two(string number) => $"{int.Parse(number, CultureInfo.InvariantCulture) % 250}.{int.Parse(number, CultureInfo.InvariantCulture) / 250}";
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Network;
using NsgFlow.Unit.Measuring;
using NsgFlow.Unit.Network;
using Xunit;

namespace NsgFlow.Unit.Display;

/// <summary>PowerShell takes an index by the public indexer of a list's own type; lists that the compiler makes up have none, so that [0] is the whole list.</summary>
public class OutputListTests
{
    private const string Everything = """
        {
          "issues": [ "a", "b" ], "subscriptions": [ { "id": "s" }, { "id": "t" } ],
          "virtualNetworks": [ { "name": "hub", "location": "westeurope", "addressPrefixes": [ "10.1.0.0/16" ], "gateways": [ { "name": "g" } ],
            "subnets": [ { "name": "a", "addressPrefixes": [ "10.1.1.0/24" ], "delegations": [ "d" ] } ], "peerings": [ { "name": "p", "addressPrefixes": [ "10.2.0.0/16" ] } ] } ],
          "networkInterfaces": [ { "name": "n1", "addresses": [ "10.1.1.4" ] }, { "name": "n2", "addresses": [ "10.1.1.5" ] } ],
          "virtualMachines": [ { "name": "vm" } ],
          "nsgs": [ { "name": "nsg", "subnets": [ "x" ], "networkInterfaces": [ "y" ], "rules": [ { "name": "r", "sourceAddresses": [ "*" ], "sourcePorts": [ "1" ],
            "sourceGroups": [ "g" ], "destinationAddresses": [ "*" ], "destinationPorts": [ "1" ], "destinationGroups": [ "g" ] } ] } ],
          "loadBalancers": [ { "name": "lb", "backends": [ "b" ], "frontends": [ { "name": "f", "addresses": [ "10.1.1.9" ] } ] } ],
          "publicAddresses": [ { "name": "ip", "addresses": [ "20.1.1.1" ] } ],
          "aksClusters": [ { "name": "aks", "podRanges": [ "10.244.0.0/16" ], "serviceRanges": [ "10.96.0.0/12" ], "nodePools": [ { "name": "p" } ] } ],
          "sites": [ { "name": "berlin", "addressPrefixes": [ "192.168.0.0/16" ] } ], "pointToSite": [ { "name": "pool", "addressPrefixes": [ "172.16.0.0/24" ] } ]
        }
        """;

    [Fact]
    public void AFilesInventoryHasIndexes() => Walk(NetworkInventory.Parse(Everything), mostEmpty: 0);

    [Theory]
    [InlineData("*")]
    [InlineData("h*")]
    public void AzuresInventoryHasIndexes(string network) =>
        Walk(new InventoryBuilder(AzureNetwork.Answers()).Build(new InventoryScope { VirtualNetworks = [network] }, CancellationToken.None), mostEmpty: 100);

    [Fact]
    public void AFlowLogHasIndexes()
    {
        var log = new FlowLog(ArmResource.Parse("""
            { "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkWatchers/w/flowLogs/l", "name": "l", "tags": { "a": "b" },
              "identity": { "userAssignedIdentities": { "/one": {}, "/two": {} } }, "properties": { "targetResourceId": "/subscriptions/s/x" } }
            """));
        Assert.Equal(2, log.Identity.Count);
        Walk(log, mostEmpty: 100);
    }

    [Fact]
    public void ASummaryHasIndexes()
    {
        var measured = GeneratedMeasureTests.Generated(
            GeneratedMeasureTests.Options(FlowSampleFormat.Nsg2, FlowSampleScenario.Mixed, 2, seed: 1, tuples: 60), out var truth, isNamed: true);
        Walk(truth, mostEmpty: 0);
        var summary = SummaryMeasureTests.Summary(measured, raw: false);
        Assert.NotEmpty(summary.Hour);
        Walk(summary, mostEmpty: 100);
    }

    /// <summary>Whatever list an output takes in, it gives out one with indexes.</summary>
    [Fact]
    public void EveryOutputMakesItsListsItself()
    {
        IReadOnlyList<string> made = [.. Enumerable.Range(0, 3).Select(static i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(IsCompilers(made.GetType()));
        Type[] types = [typeof(AzureContext), typeof(FlowSampleTruth), typeof(TrafficSummary), .. typeof(NetworkInventory).Assembly.GetExportedTypes().Where(
            static type => type.Namespace == "NsgFlow.Network" && type.Name.StartsWith("Inventory", StringComparison.Ordinal) && type.GetConstructor([]) is not null && type != typeof(InventoryScope))];
        Assert.InRange(types.Length, 15, 100);
        foreach (var type in types)
        {
            foreach (var property in type.GetProperties().Where(static one => one.PropertyType == typeof(IReadOnlyList<string>) && one.GetSetMethod(nonPublic: true) is not null))
            {
                var output = Activator.CreateInstance(type)!;
                property.SetValue(output, made);
                Assert.False(IsCompilers(property.GetValue(output)!.GetType()), $"{type.Name}.{property.Name}");
                Assert.Equal(made, property.GetValue(output));
            }
        }
    }

    // Values too, as far as they are this project's own.
    private static void Walk(object output, int mostEmpty)
    {
        var empty = 0;
        var seen = new HashSet<object>();
        Visit(output, output.GetType().Name);
        Assert.InRange(empty, 0, mostEmpty);

        void Visit(object? value, string path)
        {
            if (value is null or string || (!value.GetType().IsValueType && !seen.Add(value)))
                return;
            if (value is IEnumerable list)
            {
                Assert.False(IsCompilers(value.GetType()), path);
                var items = list.Cast<object?>().ToList();
                empty += items.Count == 0 ? 1 : 0;
                items.ForEach(item => Visit(item, path + "[]"));
            }
            else if (value.GetType().Assembly == typeof(NetworkInventory).Assembly && !value.GetType().IsEnum)
            {
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static one => one.GetIndexParameters().Length == 0))
                    Visit(property.GetValue(value), path + "." + property.Name);
            }
        }
    }

    private static bool IsCompilers(Type type) => type.Name.IndexOf("z__ReadOnly", StringComparison.Ordinal) >= 0;
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Reading by the names of Azure resources alone: ARM is the simulator, blobs are in Azurite, both over TLS with tokens.</summary>
[Collection(SimulatedAzureGroup.Name)]
public class NamedTests(SimulatedAzure azure)
{
    private const string Hours = SimulatedAzure.Hours;
    private static readonly IComparer<SampleRow> _order = Comparer<SampleRow>.Create(static (left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    [AzuriteFact]
    public void AnNsgIsReadByItsName()
    {
        using var session = azure.Session();
        var outcome = session.Run($"Get-NsgFlowRecord -Nsg web-nsg {Hours}").Clean();
        Equal(azure.Web.Rows, outcome.Records);

        // The NSG, its watcher, the watcher's flow logs, the account: no more, and nothing is written.
        Assert.Equal(["POST", "POST", "GET", "GET"], azure.Simulator.Requests.All.Select(static request => request.Method));
        Assert.Empty(azure.Simulator.Requests.Writes);
    }

    [AzuriteTheory]
    [InlineData("-VirtualNetwork " + SimulatedAzure.Network)]
    [InlineData("-VirtualNetwork aks-vnet-*")]
    [InlineData("-AksCluster prod-weu")]
    [InlineData("-AksCluster prod-* -ResourceGroupName rg-aks -SubscriptionId prod")]
    [InlineData("-ResourceGroupName MC_*")]
    [InlineData("-ResourceId '/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/prod-weu'")]
    public void TheClusterIsReadByWhateverNamesIt(string scope)
    {
        using var session = azure.Session();
        var outcome = session.Run($"Get-NsgFlowRecord {scope} {Hours}").Clean();
        Equal(azure.Cluster.Rows, outcome.Records);
    }

    [AzuriteTheory]
    [InlineData("-Subnet " + SimulatedAzure.Network + "/aks-subnet")]
    [InlineData("-VirtualNetwork " + SimulatedAzure.Network + " -Subnet aks-subnet")]
    public void OfTheNetworksFlowLogASubnetIsTheFlowsWhoseLoggedEndIsInIt(string scope)
    {
        // The subnet has no IPv6 prefix, the sample has IPv6 flows.
        var rows = azure.Cluster.Rows.Where(static row => (row.Direction == 'I' ? row.Destination : row.Source).StartsWith("10.224.", StringComparison.Ordinal)).ToList();
        Assert.NotEqual(rows.Count, azure.Cluster.Rows.Count);
        using var session = azure.Session();
        Equal(rows, session.Run($"Get-NsgFlowRecord {scope} {Hours}").Clean().Records);
    }

    [AzuriteFact]
    public void OfTheNetworksFlowLogAnNsgIsTheFlowsItDecided()
    {
        using var session = azure.Session();
        Equal(DecidedByNsg(), session.Run($"Get-NsgFlowRecord -Nsg {SimulatedAzure.Nsg} {Hours}").Clean().Records);
    }

    [AzuriteFact]
    public void BlobsOfOtherFlowLogsInTheAccountAreNotOpened()
    {
        using var session = azure.Session();
        var blobs = session.Run($"Get-NsgFlowBlob -VirtualNetwork {SimulatedAzure.Network} {Hours}").Clean().Blobs;
        Assert.Equal(azure.Cluster.Blobs.Select(static blob => blob.Name).Order(StringComparer.Ordinal), blobs.Select(static blob => blob.Name).Order(StringComparer.Ordinal));
        var both = session.Run($"Get-NsgFlowBlob -SubscriptionId prod {Hours}").Clean().Blobs;
        Assert.Equal(azure.Cluster.Blobs.Concat(azure.Web.Blobs).Select(static blob => blob.Name).Order(StringComparer.Ordinal), both.Select(static blob => blob.Name).Order(StringComparer.Ordinal));
        Assert.Equal(both.Select(static blob => blob.Hour).Order(), both.Select(static blob => blob.Hour));
    }

    [AzuriteTheory]
    [InlineData("Save-NsgFlowBlob -Nsg web-nsg {0}")]
    [InlineData("Get-NsgFlowLog -Nsg web-nsg | Save-NsgFlowBlob {0}")]
    [InlineData("[pscustomobject]@{{ Id = '/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/rg-net/providers/Microsoft.Network/networkSecurityGroups/web-nsg' }} | Save-NsgFlowBlob {0}")]
    public void WhatIsNamedIsSaved(string script)
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-save-").FullName;
        using var session = azure.Session();
        var saved = session.Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, $"{Hours} -Destination '{folder}'")).Clean().Output.Cast<SavedFlowBlob>();
        Assert.Equal(azure.Web.Blobs.Select(static blob => blob.Name).Order(StringComparer.Ordinal), saved.Select(static blob => blob.Blob).Order(StringComparer.Ordinal));
        Assert.Equal(azure.Web.Rows.Select(static row => row with { Blob = string.Empty }), session.Run($"Get-NsgFlowRecord -Path '{folder}'").Clean().Records.Select(static record => SampleRow.From(record, string.Empty)));
        Directory.Delete(folder, recursive: true);
    }

    [AzuriteFact]
    public void ObjectsWithAnIdComeFromThePipeline()
    {
        // As Az's objects have them.
        const string Objects = """
            $ids = '/subscriptions/SUB/resourceGroups/rg-net/providers/Microsoft.Network/networkSecurityGroups/web-nsg',
                '/subscriptions/SUB/resourceGroups/MC_rg-aks_prod-weu_westeurope/providers/Microsoft.Network/networkSecurityGroups/aks-agentpool-12345678-nsg'
            $objects = $ids | ForEach-Object { [pscustomobject]@{ Name = ($_ -split '/')[-1]; Id = $_; ResourceGroupName = ($_ -split '/')[4]; Location = 'westeurope' } }
            """;
        var prepare = Objects.Replace("SUB", SampleWorld.ProdId, StringComparison.Ordinal);
        using var session = azure.Session();
        Equal([.. azure.Web.Rows, .. DecidedByNsg()], session.Run($"{prepare}\n$objects | Get-NsgFlowRecord {Hours}").Clean().Records);
        Equal([.. azure.Web.Rows, .. DecidedByNsg()], session.Run($"$objects | Get-NsgFlowRecord {Hours} -Tail 100000").Clean().Records);
        var tuples = azure.Web.Rows.Count + DecidedByNsg().Count;
        Assert.Equal([tuples], session.Run($"($objects | Measure-NsgTraffic {Hours} -Raw).Tuples").Clean().Output.Select(Convert.ToInt32));
    }

    [AzuriteFact]
    public void FlowLogsComeFromThePipeline()
    {
        // As Get-NsgFlowLog gives them.
        var id = $"/subscriptions/{SampleWorld.ProdId}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope/flowLogs/web-nsg-rg-net-flowlog";
        using var session = azure.Session();
        session.Run($"$log = [NsgFlow.FlowLog]::new([NsgFlow.Arm.ArmResource]::Parse('{azure.Simulator.World.State.Get(id).ToJsonString()}'))").Clean();
        Equal(azure.Web.Rows, session.Run($"$log | Get-NsgFlowRecord {Hours}").Clean().Records);
        Assert.Single(azure.Simulator.Requests.All);
        Assert.Equal(azure.Web.Blobs.Count, session.Run($"Get-NsgFlowBlob -FlowLog $log {Hours}").Clean().Blobs.Count);
    }

    [AzuriteFact]
    public void StopEndsTheSearch()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Delay("GET", "*flowLogs*", TimeSpan.FromSeconds(20));
        session.Stop($"Get-NsgFlowRecord -Nsg web-nsg {Hours}", () => azure.Simulator.Requests.All.Count >= 2, out var took);
        Assert.InRange(took, TimeSpan.Zero, CmdletSession.AtOnce);
    }

    [AzuriteFact]
    public void TrafficIsMeasuredByName()
    {
        using var session = azure.Session();
        Assert.Equal([azure.Web.Rows.Count], session.Run($"(Measure-NsgTraffic -Nsg web-nsg {Hours} -Raw).Tuples").Clean().Output.Select(Convert.ToInt32));
    }

    [AzuriteFact]
    public void AClusterAlsoChoosesAmongFilesAndInAnAccount()
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-named-").FullName;
        try
        {
            azure.Cluster.SaveTo(folder);
            azure.Web.SaveTo(folder);
            using var session = azure.Session();
            var files = session.Run($"Get-NsgFlowRecord '{folder}' -AksCluster prod-weu").Clean().Records;
            Assert.Equal(azure.Cluster.Rows.Select(static row => row with { Blob = string.Empty }).Order(_order), files.Select(static record => SampleRow.From(record, string.Empty)).Order(_order));
            Equal(azure.Cluster.Rows, session.Run($"Get-NsgFlowRecord -StorageAccount '{azure.Cluster.Account}' -AksCluster prod-weu {Hours}").Clean().Records);
            Assert.Equal("ResourceNotFound", TerminatingId(session, $"Get-NsgFlowRecord '{folder}' -AksCluster prod-wue"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [AzuriteFact]
    public void AnNsgWithoutAFlowLogSaysWhatToRun()
    {
        using var session = azure.Session();
        var outcome = session.Run($"Get-NsgFlowRecord -Nsg db-nsg {Hours}");
        var error = Assert.Single(outcome.Errors);
        Assert.Equal("FlowLogNotFound", Outcome.Id(error));
        Assert.Contains("Enable-NsgFlowLog -VirtualNetwork 'spoke-vnet' -ResourceGroupName 'rg-net'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Warnings);
    }

    [AzuriteTheory]
    [InlineData("-Nsg web-nsq", "ResourceNotFound", "'web-nsg'")]
    [InlineData("-VirtualNetwork spoke-vnet", "FlowLogNotFound", "web-nsg")]
    [InlineData("-ResourceGroupName rg-dev", "FlowLogNotFound", "rg-dev")]
    public void NothingIsNeverSilent(string scope, string id, string text)
    {
        using var session = azure.Session();
        var outcome = session.Run($"Get-NsgFlowRecord {scope} {Hours}");
        var error = Assert.Single(outcome.Errors);
        Assert.Equal(id, Outcome.Id(error));
        Assert.Contains(text, error.ToString() + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("like nothing-*", Assert.Single(session.Run("Get-NsgFlowBlob -Nsg nothing-*").Warnings), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public void WithoutResourceGraphTheListsDo()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Fail("POST", "*ResourceGraph*", 403, "AuthorizationFailed", "no graph", times: 100);
        Equal(azure.Cluster.Rows, session.Run($"Get-NsgFlowRecord -AksCluster prod-weu {Hours}").Clean().Records);
    }

    [AzuriteFact]
    public void WhoMayNotReadIsToldWhichRoleIsMissing()
    {
        var guest = azure.Simulator.World.AddPrincipal("guest " + Guid.NewGuid().ToString("N"));
        guest.Grant("Reader", $"/subscriptions/{SampleWorld.ProdId}/resourceGroups/rg-net/providers/Microsoft.Network/networkSecurityGroups/web-nsg");
        guest.Grant("Reader", $"/subscriptions/{SampleWorld.ProdId}/resourceGroups/NetworkWatcherRG");
        using var session = azure.Session(guest);

        // The account may not be asked for its endpoint, so its name must do; that no such host exists is not of interest here.
        var outcome = session.Run($"Get-NsgFlowBlob -Nsg web-nsg {Hours} -Verbose");
        Assert.Contains(outcome.Verbose, static text => text.Contains("could not be asked for its endpoint", StringComparison.Ordinal));
        guest.Revoke($"/subscriptions/{SampleWorld.ProdId}/resourceGroups/NetworkWatcherRG");
        var refused = session.Run($"Get-NsgFlowBlob -Nsg web-nsg {Hours}");
        Assert.NotEmpty(refused.Errors);
        Assert.Empty(refused.Output);
    }

    [AzuriteFact]
    public void NothingNamedAtAllIsAnError()
    {
        using var session = azure.Session();
        Assert.Equal("SourceMissing", TerminatingId(session, "Get-NsgFlowRecord -Last 1h"));
        Assert.Empty(azure.Simulator.Requests.All);
    }

    private static string TerminatingId(CmdletSession session, string script)
    {
        var outcome = session.Run(script + "; 'went on'");
        Assert.Equal(["went on"], outcome.Output);
        return Outcome.Id(Assert.Single(outcome.Errors));
    }

    // What the platform decided is not the NSG's.
    private List<SampleRow> DecidedByNsg()
    {
        var rows = new List<SampleRow>();
        foreach (var blob in azure.Cluster.Blobs)
        {
            var json = JsonNode.Parse(blob.ToArray())!;
            foreach (var entry in json["records"]!.AsArray())
            {
                var flows = entry!["flowRecords"]!["flows"]!.AsArray();
                flows.RemoveAll(static flow => !flow!["aclID"]!.GetValue<string>().EndsWith("/" + SimulatedAzure.Nsg, StringComparison.Ordinal));
            }

            rows.AddRange(SampleRow.Of(blob.Name, json.ToJsonString()));
        }

        Assert.NotEqual(azure.Cluster.Rows.Count, rows.Count);
        return rows;
    }

    private static void Equal(IReadOnlyList<SampleRow> expected, IReadOnlyList<FlowRecord> records) =>
        Assert.Equal(expected.Order(_order), records.Select(static record => SampleRow.From(record)).Order(_order));
}

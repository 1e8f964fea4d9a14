using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;

namespace NsgFlow.AzureTests.Arm;

/// <summary>
/// Every body that is put is compiled by Bicep against Azure's own types of the resource, in the api-version that is asked with. A property that is not
/// there is BCP037, one of the wrong type BCP036; anything that Bicep has to say fails the test.
/// </summary>
public class BicepTests
{
    private const string Sub = "/subscriptions/5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07";
    private const string Net = Sub + "/resourceGroups/rg-net/providers/Microsoft.Network";
    private const string Watcher = Sub + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    private const string Storage = Sub + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
    private const string Law = Sub + "/resourceGroups/rg-net/providers/Microsoft.OperationalInsights/workspaces/law-net";
    private const string Identity = Sub + "/resourceGroups/rg-net/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1";

    [BicepFact]
    public void Bodies_fit_Azure_s_types()
    {
        // Groups are made in a subscription, everything else in a group.
        var (inGroup, inSubscription) = (new StringBuilder(), new StringBuilder("targetScope = 'subscription'\n"));
        var bodies = Bodies().ToList();
        foreach (var (kind, body) in bodies)
            Append(kind == ResourceKind.ResourceGroup ? inSubscription : inGroup, kind, body);
        Assert.Equal([ResourceKind.FlowLog, ResourceKind.ResourceGroup, ResourceKind.NetworkWatcher], bodies.Select(static one => one.Kind).Distinct());
        Assert.Equal(string.Empty, Compile(inGroup.ToString()));
        Assert.Equal(string.Empty, Compile(inSubscription.ToString()));
    }

    [BicepTheory]
    [InlineData("\"storageId\"", "\"storageID\"", "BCP089")]
    [InlineData("\"enabled\":true", "\"enabled\":\"yes\"", "BCP036")]
    [InlineData("\"retentionPolicy\"", "\"retention\"", "BCP037")]
    [InlineData("\"networkWatcherFlowAnalyticsConfiguration\"", "\"configuration\"", "BCP037")]
    public void What_does_not_fit_is_noticed(string right, string wrong, string code)
    {
        var template = new StringBuilder();
        var body = Bodies().First(static one => one.Kind == ResourceKind.FlowLog).Body;
        Assert.Contains(right, body, StringComparison.Ordinal);
        Append(template, ResourceKind.FlowLog, body.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Contains(code, Compile(template.ToString()), StringComparison.Ordinal);
    }

    /// <summary>All that the module puts: made by the code that puts it.</summary>
    private static IEnumerable<(ResourceKind Kind, string Body)> Bodies()
    {
        var all = new FlowLogSettings
        {
            Enabled = true,
            StorageId = Storage,
            RetentionDays = 30,
            RecordTypes = ["B", "E"],
            FilteringCriteria = "dstPort=443",
            Workspace = new Workspace(ArmResource.Parse($$$"""{"id":"{{{Law}}}","location":"westeurope","properties":{"customerId":"45d0c39a-046e-4a55-bbea-a026747f4496"}}""")),
            TrafficAnalyticsInterval = 10,
            IdentityId = Identity,
            Tags = new Dictionary<string, string> { ["owner"] = "net", ["it's"] = "${x}" },
        };
        FlowLogSettings[] news = [all, new() { StorageId = Storage }, all with { IdentityId = "", Tags = null, RecordTypes = null, FilteringCriteria = null }];
        FlowLogSettings[] changes =
        [
            new() { Enabled = false }, new() { TrafficAnalytics = false }, new() { RetentionDays = 0 }, new() { RecordTypes = [], FilteringCriteria = "" }, new() { IdentityId = "" },
            new() { Tags = new Dictionary<string, string>() }, new() { TrafficAnalyticsInterval = 60 },
        ];
        foreach (var target in new[] { "virtualNetworks/hub", "virtualNetworks/hub/subnets/web", "networkInterfaces/nic" })
        {
            foreach (var settings in news)
            {
                var facts = new FlowLogFacts
                {
                    Target = new FlowLogTarget($"{Net}/{target}", "westeurope"),
                    Watcher = ArmResource.Parse($$"""{"id":"{{Watcher}}","location":"westeurope"}"""),
                };
                var plan = FlowLogPlanner.Plan(settings, facts);
                yield return (ResourceKind.FlowLog, plan.Body);

                // As Azure answers: with what is read-only.
                var answer = ArmResource.Parse(WithReadOnly(plan.Id, plan.Body));
                foreach (var change in changes.Where(change => change.TrafficAnalyticsInterval is null || plan.Expected.TrafficAnalytics))
                    yield return (ResourceKind.FlowLog, FlowLogPlanner.Plan(change, new FlowLogFacts { Target = facts.Target, Actual = new FlowLog(answer) }).Body);
            }
        }

        var arm = new PutsOnly();
        var needs = FlowLogPlanner.Plan(all, new FlowLogFacts { Target = new FlowLogTarget(Net + "/virtualNetworks/hub", "West Europe") }).Prerequisites;
        foreach (var need in needs)
            new FlowLogSetup(arm).Prepare(need, ArmWait.ToTheEnd, default);
        Assert.Equal(2, arm.Bodies.Count);
        foreach (var (id, body) in arm.Bodies)
            yield return (ResourceKind.OfType(new ResourceId(id).Type)!, body);
    }

    private static string WithReadOnly(string id, string body) =>
        $$"""{"id":"{{id}}","name":"{{id[(id.LastIndexOf('/') + 1)..]}}","type":"Microsoft.Network/networkWatchers/FlowLogs","etag":"W/\"1\"",{{body[1..]}}"""
            .Replace("\"properties\":{", "\"properties\":{\"provisioningState\":\"Succeeded\",\"targetResourceGuid\":\"22222222-2222-2222-2222-222222222222\",", StringComparison.Ordinal)
            .Replace("id1\":{}", "id1\":{\"clientId\":\"c16d15e1-f60a-40e4-8a05-df3d3f655c14\",\"principalId\":\"e3858881-e40c-43bd-9cde-88da39c05023\"}", StringComparison.Ordinal);

    /// <summary>A body as a resource of a template, with the name that its path would have.</summary>
    private static void Append(StringBuilder template, ResourceKind kind, string body)
    {
        // Any number that no other has.
        var number = template.Length;
        using var document = JsonDocument.Parse(body);
        var parent = string.Empty;
        // Templates have a shorter name for groups.
        var type = kind == ResourceKind.ResourceGroup ? "Microsoft.Resources/resourceGroups" : kind.Type;
        if (kind == ResourceKind.FlowLog)
        {
            template.Append(CultureInfo.InvariantCulture, $"resource w{number} '{ResourceKind.NetworkWatcher.Type}@{ResourceKind.NetworkWatcher.ApiVersion}' existing = {{\n  name: 'w{number}'\n}}\n");
            parent = $"  parent: w{number}\n";
        }

        template.Append(CultureInfo.InvariantCulture, $"resource r{number} '{type}@{kind.ApiVersion}' = {{\n{parent}  name: 'n{number}'\n");
        foreach (var member in document.RootElement.EnumerateObject())
            template.Append("  ").Append(Quoted(member.Name)).Append(": ").Append(Bicep(member.Value)).Append('\n');
        template.Append("}\n");
    }

    private static string Bicep(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "{\n" + string.Concat(value.EnumerateObject().Select(static member => $"{Quoted(member.Name)}: {Bicep(member.Value)}\n")) + "}",
        JsonValueKind.Array => "[\n" + string.Concat(value.EnumerateArray().Select(static item => Bicep(item) + "\n")) + "]",
        JsonValueKind.String => Quoted(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string Quoted(string text) => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("${", "\\${", StringComparison.Ordinal) + "'";

    /// <summary>What Bicep says about a template; the linter's matters of taste (ids and regions as text) are switched off.</summary>
    private static string Compile(string template)
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-bicep-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "bicepconfig.json"), """{"analyzers":{"core":{"enabled":false}}}""");
            var file = Path.Combine(folder.FullName, "main.bicep");
            File.WriteAllText(file, template);
            using var bicep = Process.Start(new ProcessStartInfo(BicepCompiler.Path!, ["build", file, "--stdout"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = bicep.StandardError.ReadToEndAsync();
            var compiled = bicep.StandardOutput.ReadToEnd();
            bicep.WaitForExit();
            Assert.True(said.Result.Length > 0 || compiled.Contains("eploymentTemplate.json", StringComparison.Ordinal), "Bicep neither compiled nor said why.");
            return Regex.Replace(said.Result, @"^.*main\.bicep", string.Empty, RegexOptions.Multiline).Trim();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Takes what is put.</summary>
    private sealed class PutsOnly : IArm
    {
        public List<(string Id, string Body)> Bodies { get; } = [];

        public ArmResource? Get(string id, string apiVersion, CancellationToken cancellation) => null;

        public IEnumerable<ArmResource> List(string path, string apiVersion, CancellationToken cancellation) => [];

        public IEnumerable<ArmResource> Query(GraphQuery query, CancellationToken cancellation) => [];

        public ArmResource Put(string id, string apiVersion, string body, ArmWait wait, CancellationToken cancellation)
        {
            Assert.Equal(ResourceKind.OfType(new ResourceId(id).Type)!.ApiVersion, apiVersion);
            Bodies.Add((id, body));
            return ArmResource.Parse(body);
        }

        public bool Delete(string id, string apiVersion, ArmWait wait, CancellationToken cancellation) => false;

        public ArmNode Post(string path, string apiVersion, string? body, CancellationToken cancellation) => default;
    }
}

using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Arm;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests.Requests;

/// <summary>What the module reads is asked for as Microsoft's clients do.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class ReadRequestTests(MicrosoftClients clients)
{
    public static TheoryData<string> Names => [.. ReadRequest.All.Select(static request => request.ToString())];

    [ClientTheory]
    [MemberData(nameof(Names))]
    public async Task It_is_asked_for_as_by_their_client(string name)
    {
        var request = ReadRequest.All.Single(one => one.ToString() == name);
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var arm = OurArm.Open(azure);
        if (request.IsList)
        {
            Assert.NotNull(arm.List(request.Path, request.Kind.ApiVersion, default).ToList());
        }
        else
        {
            arm.Get(request.Path, request.Kind.ApiVersion, default);
        }

        var ours = Assert.Single(azure.Requests.All);
        azure.Requests.Clear();
        try
        {
            await clients.CallAsync(azure, request.Client, request.Call, request.Args);
        }
        catch (ClientException missing) when (missing.Status == 404)
        {
            // Some of the sample world has no flow log or policy of that name; the request is what counts.
        }

        var theirs = Assert.Single(azure.Requests.All);
        RequestDifference.Explained([ours], [theirs], request.Reasons);
    }

    [ClientTheory]
    [InlineData("virtualNetworkGateways")]
    [InlineData("localNetworkGateways")]
    public async Task Gateways_of_a_whole_subscription_cannot_be_listed(string type)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        var kind = ResourceKind.OfType("Microsoft.Network/" + type)!;

        var theirs = await Assert.ThrowsAsync<ClientException>(() => clients.CallAsync(azure, "network", type + ".listAll"));
        var path = $"/subscriptions/{SampleWorld.ProdId}/providers/{kind.Type}";
        var ours = Assert.Throws<NsgFlowException>(() => OurArm.Open(azure).List(path, kind.ApiVersion, default).Count());

        Assert.Equal(("TypeError", "InvalidResourceType"), (theirs.Name, ours.ServiceCode));
        Assert.True(kind.IsListedByGroup);
    }

    [Fact]
    public void Every_kind_that_the_module_knows_is_compared()
    {
        // Machines and scale sets are read through Resource Graph; the client that lists them is large and would show nothing else.
        // Queries of Resource Graph have their own test.
        ResourceKind[] others = [ResourceKind.VirtualMachine, ResourceKind.ScaleSet, ResourceKind.ResourceGraph];

        Assert.Equal(ResourceKind.All.Except(others), ResourceKind.All.Intersect(ReadRequest.All.Select(static r => r.Kind)));
    }
}

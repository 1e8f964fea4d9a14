using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Arm;
using Xunit;

namespace NsgFlow.AzureTests.Arm;

/// <summary>Writes and what follows them.</summary>
public sealed class OperationTests
{
    private const string Watcher = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    private const string Id = Watcher + "/flowLogs/fl";
    private const string Version = "2025-05-01";
    private const string State = ScriptedArm.Host + "/subscriptions/0/providers/Microsoft.Network/locations/westeurope/operations/1?api-version=2025-05-01";
    private const string Result = ScriptedArm.Host + "/subscriptions/0/providers/Microsoft.Network/locations/westeurope/operationResults/1?api-version=2025-05-01";

    [Fact]
    public void A_put_is_followed_to_its_end_and_what_it_made_is_read()
    {
        var arm = new ScriptedArm()
            .Answer(201, Resource("Updating"), ("azure-asyncoperation", State))
            .Answer(200, """{"status":"InProgress"}""")
            .Answer(200, """{"status":"Succeeded"}""")
            .Answer(200, Resource("Succeeded", """, "recordTypes":"B,E" """));
        var states = new List<string>();

        var made = arm.Open().Put(Id, Version, """{ "location":"westeurope",  "zones":[], "properties":{"x":null}}""", new ArmWait { Progress = (state, _) => states.Add(state) }, default);

        Assert.Equal(["InProgress", "Succeeded", "Succeeded"], states);
        Assert.Equal("B,E", made.Properties["recordTypes"].Text);
        Assert.Equal("""W/"1" """.Trim(), made.Root["etag"].Text);
        Assert.Equal(["PUT " + Id + "?api-version=2025-05-01", "GET " + State[ScriptedArm.Host.Length..], "GET " + State[ScriptedArm.Host.Length..], "GET " + Id + "?api-version=2025-05-01"], arm.Lines);

        // The service gets what Core made, to the byte.
        Assert.Equal("""{ "location":"westeurope",  "zones":[], "properties":{"x":null}}""", arm.Asked[0].Body);
    }

    [Fact]
    public void Without_waiting_the_first_answer_is_the_result()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State));
        Assert.Equal("Updating", arm.Open().Put(Id, Version, "{}", ArmWait.No, default).Properties["provisioningState"].Text);
        Assert.Single(arm.Asked);
    }

    [Fact]
    public void Without_waiting_an_answer_without_a_word_still_has_the_id()
    {
        var arm = new ScriptedArm().Answer(202, "", ("Location", Result));
        Assert.Equal(Id, arm.Open().Put(Id, Version, "{}", ArmWait.No, default).Id);
    }

    [Fact]
    public void A_put_that_is_done_at_once_is_not_read_again()
    {
        var arm = new ScriptedArm().Answer(200, Resource("Succeeded"));
        arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default);
        Assert.Single(arm.Asked);
    }

    [Fact]
    public void A_put_without_an_operation_is_followed_by_its_state()
    {
        var arm = new ScriptedArm().Answer(200, Resource("Updating")).Answer(200, Resource("Updating")).Answer(200, Resource("Succeeded"));
        Assert.Equal("Succeeded", arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default).Properties["provisioningState"].Text);
        Assert.Equal(3, arm.Asked.Count);
    }

    [Fact]
    public void A_put_that_answers_a_location_is_followed_there()
    {
        var arm = new ScriptedArm()
            .Answer(202, "", ("LOCATION", Result)).Answer(202, "", ("Location", Result + "&moved=1")).Answer(200, "{}").Answer(200, Resource("Succeeded"));
        arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default);
        Assert.Equal(4, arm.Asked.Count);
        Assert.EndsWith("moved=1", arm.Lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"status":"Failed","error":{"code":"CannotGetWorkspace","message":"No workspace."}}""")]
    [InlineData("""{"status":"failed","error":{"code":"OperationFailed","message":"","details":[{"code":"BadRequest","message":"x","details":[{"code":"CannotGetWorkspace","message":"No workspace."}]}]}}""")]
    public void A_failed_operation_is_an_error_with_its_code(string body)
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State)).Answer(200, body, ("x-ms-request-id", "r-1"));

        var failure = Assert.Throws<NsgFlowException>(() => arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default));

        Assert.Equal("ArmOperationFailed", failure.ErrorId);
        Assert.Equal("CannotGetWorkspace", failure.ServiceCode);
        Assert.Equal("r-1", failure.RequestId);
        Assert.Equal($"Writing {Id} was begun and ended as {(body.Contains("failed", StringComparison.Ordinal) ? "failed" : "Failed")}: No workspace (CannotGetWorkspace, HTTP 200, request r-1).", failure.Message);
        Assert.Contains("registered for Microsoft.Network", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_that_may_not_be_asked_about_says_so()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State)).Answer(403, """{"error":{"code":"AuthorizationFailed","message":"No."}}""");
        var failure = Fails("ArmAccessDenied", () => arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default));
        Assert.Equal($"Writing {Id} was begun; asking about it was refused: No (AuthorizationFailed, HTTP 403).", failure.Message);
    }

    [Fact]
    public void An_operation_that_is_canceled_is_an_error()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State)).Answer(200, """{"status":"Canceled"}""");
        Assert.Contains("ended as Canceled", Fails("ArmOperationFailed", () => arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operation_that_the_retirement_blocks_has_that_id()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State))
            .Answer(200, """{"status":"Failed","error":{"code":"NsgFlowLogCreationBlocked","message":"m"}}""");
        Fails("NsgFlowLogCreationBlocked", () => arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default));
    }

    [Fact]
    public void A_resource_that_failed_after_an_operation_that_succeeded_is_an_error()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State)).Answer(200, """{"status":"Succeeded"}""").Answer(200, Resource("Failed"));
        Fails("ArmOperationFailed", () => arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default));
    }

    [Fact]
    public void An_operation_that_never_ends_is_given_up()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State)).Answer(200, """{"status":"InProgress"}""");
        var adapter = arm.Open(static a => a.Fast(limit: TimeSpan.FromMilliseconds(50)));
        Assert.Contains("not waited for any longer", Fails("ArmOperationFailed", () => adapter.Put(Id, Version, "{}", ArmWait.ToTheEnd, default)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/op")]
    [InlineData("http://management.azure.com/op")]
    [InlineData("https://management.azure.com.evil.example/op")]
    [InlineData("https://evilmanagement.azure.com/op")]
    [InlineData("https://management.azure.com@evil.example/op")]
    [InlineData("//evil.example/op")]
    [InlineData("https://management.azure.com:444/op")]
    public void The_token_goes_to_no_other_host(string link)
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", link)).Answer(200, """{"status":"Succeeded"}""");
        Fails("ArmRequestFailed", () => arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default));
        Assert.Single(arm.Asked);
    }

    [Fact]
    public void A_region_of_ARM_is_ARM()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", "https://westeurope.management.azure.com/op"))
            .Answer(200, """{"status":"Succeeded"}""").Answer(200, Resource("Succeeded"));
        arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default);
        Assert.Equal("GET https://westeurope.management.azure.com/op", arm.Lines[1]);
    }

    [Fact]
    public void The_service_says_how_long_to_wait()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State), ("Retry-After", "1"))
            .Answer(200, """{"status":"Succeeded"}""").Answer(200, Resource("Succeeded"));
        var clock = Stopwatch.StartNew();
        arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default);
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.9), clock.Elapsed.ToString());
    }

    [Fact]
    public void Waiting_is_cancelled_at_once()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State)).Answer(200, """{"status":"InProgress"}""");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            arm.Open(static a => a.Fast(pollDelay: TimeSpan.FromSeconds(20))).Put(Id, Version, "{}", ArmWait.ToTheEnd, stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    [Fact]
    public void A_delete_is_followed_to_its_end()
    {
        var arm = new ScriptedArm().Answer(202, "", ("location", Result), ("azure-asyncoperation", State)).Answer(200, """{"status":"InProgress"}""").Answer(200, """{"status":"Succeeded"}""");
        Assert.True(arm.Open().Delete(Id, Version, ArmWait.ToTheEnd, default));
        Assert.Equal(["DELETE " + Id + "?api-version=2025-05-01", "GET " + State[ScriptedArm.Host.Length..], "GET " + State[ScriptedArm.Host.Length..]], arm.Lines);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(404)]
    public void Deleting_nothing_is_no_error(int status)
    {
        var arm = new ScriptedArm().Answer(status, status == 404 ? """{"error":{"code":"ResourceNotFound","message":"m"}}""" : "");
        Assert.False(arm.Open().Delete(Id, Version, ArmWait.ToTheEnd, default));
    }

    [Fact]
    public void A_delete_whose_answer_was_lost_has_deleted()
    {
        var arm = new ScriptedArm().Break(new System.Net.Http.HttpRequestException("x", new System.IO.IOException("broken"))).Answer(204);
        Assert.True(arm.Open().Delete(Id, Version, ArmWait.ToTheEnd, default));
    }

    [Fact]
    public void The_state_of_an_operation_counts_whatever_the_HTTP_status()
    {
        var arm = new ScriptedArm().Answer(201, Resource("Updating"), ("Azure-AsyncOperation", State), ("Retry-After", "0"))
            .Answer(202, """{"status":"Running"}""").Answer(202, """{"status":"Succeeded"}""").Answer(200, Resource("Succeeded"));
        arm.Open().Put(Id, Version, "{}", ArmWait.ToTheEnd, default);
        Assert.Equal(4, arm.Asked.Count);
    }

    [Fact]
    public void A_delete_without_an_operation_is_followed_until_the_resource_is_gone()
    {
        var arm = new ScriptedArm().Answer(202).Answer(200, Resource("Deleting")).Answer(404, """{"error":{"code":"NotFound","message":"m"}}""");
        Assert.True(arm.Open().Delete(Id, Version, ArmWait.ToTheEnd, default));
        Assert.Equal(3, arm.Asked.Count);
    }

    [Fact]
    public void An_action_gives_the_result_at_its_location()
    {
        var arm = new ScriptedArm().Answer(202, "", ("Azure-AsyncOperation", State), ("Location", Result)).Answer(202, "").Answer(200, """{"enabled":true}""");
        Assert.True(arm.Open().Post(Watcher + "/queryFlowLogStatus", Version, "{}", default)["enabled"].Flag);
        Assert.All(arm.Lines[1..], line => Assert.Contains("operationResults", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writes_under_one_watcher_go_one_at_a_time()
    {
        var now = 0;
        var most = 0;
        var gate = new object();
        var arm = new ScriptedArm().Answer(async (_, stop) =>
        {
            var count = Interlocked.Increment(ref now);
            lock (gate)
                most = Math.Max(most, count);
            await Task.Delay(20, stop);
            Interlocked.Decrement(ref now);
            return new System.Net.Http.HttpResponseMessage(System.Net.HttpStatusCode.OK) { Content = new System.Net.Http.StringContent(Resource("Succeeded")) };
        });

        // Whatever the case, and from different connections.
        var writes = Enumerable.Range(0, 6).Select(i => Task.Factory.StartNew(
            () => arm.Open().Put(i % 2 == 0 ? Id : Id.ToUpperInvariant() + i, Version, "{}", ArmWait.ToTheEnd, default), TaskCreationOptions.LongRunning));
        await Task.WhenAll(writes);

        Assert.Equal(1, most);
    }

    [Fact]
    public void Waiting_for_ones_turn_is_cancelled_at_once_and_leaves_the_queue_in_order()
    {
        const string Other = "/subscriptions/9/resourceGroups/rg/providers/Microsoft.Network/networkWatchers/w/flowLogs/a";
        using (NsgFlow.Azure.Arm.ArmWriteQueue.Enter(Other, default))
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            Assert.ThrowsAny<OperationCanceledException>(() => new ScriptedArm().Answer(200, "{}").Open().Put(Other, Version, "{}", ArmWait.ToTheEnd, stop.Token));
        }

        Assert.NotNull(new ScriptedArm().Answer(200, Resource("Succeeded")).Open().Put(Other, Version, "{}", ArmWait.ToTheEnd, default));
    }

    private static string Resource(string state, string more = "") =>
        $$$"""{"id":"{{{Id}}}","name":"fl","etag":"W/\"1\"","properties":{"provisioningState":"{{{state}}}"{{{more}}}}}""";

    private static NsgFlowException Fails(string id, Action action)
    {
        var failure = Assert.Throws<NsgFlowException>(action);
        Assert.Equal(id, failure.ErrorId);
        return failure;
    }
}

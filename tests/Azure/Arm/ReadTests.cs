using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Arm;
using Xunit;

namespace NsgFlow.AzureTests.Arm;

/// <summary>Resources, lists, Resource Graph.</summary>
public sealed class ReadTests
{
    private const string Id = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";

    [Fact]
    public void A_resource_comes_whole()
    {
        const string Body = """{"id":"/x","etag":"W/\"1\"","zones":["1"],"identity":{"type":"UserAssigned"},"properties":{"recordTypes":"B,E","n":null}}""";
        var arm = new ScriptedArm().Answer(200, Body);

        var found = arm.Open().Get(Id, "2025-05-01", default);

        Assert.Equal(Body, found!.Root.Json);
        Assert.Equal(["GET " + Id + "?api-version=2025-05-01"], arm.Lines);
        Assert.Equal("Bearer " + ScriptedArm.Token, arm.Asked[0].Authorization);
    }

    [Theory]
    [InlineData("""{"error":{"code":"ResourceNotFound","message":"m"}}""")]
    [InlineData("""{"error":{"code":"ResourceGroupNotFound","message":"m"}}""")]
    [InlineData("""{"error":{"code":"SubscriptionNotFound","message":"m"}}""")]
    [InlineData("")]
    public void What_does_not_exist_is_null(string body) => Assert.Null(new ScriptedArm().Answer(404, body).Open().Get(Id, "v", default));

    [Fact]
    public void What_a_proxy_does_not_find_may_exist()
    {
        var arm = new ScriptedArm().Answer(404, "<html>secret stuff</html>", ("Content-Type", "text/html"));
        var failure = Assert.Throws<NsgFlowException>(() => arm.Open().Get(Id, "v", default));
        Assert.Equal("ArmRequestFailed", failure.ErrorId);
        Assert.Equal($"Reading {Id} failed: the answer is not Azure's but text/html without JSON (HTTP 404).", failure.Message);
    }

    [Theory]
    [InlineData("""{"error":{"code":"InvalidResourceType","message":"m"}}""", 404)]
    [InlineData("<html>Sign in</html>", 200)]
    [InlineData("", 200)]
    [InlineData("[1", 200)]
    [InlineData("", 302)]
    public void No_answer_about_it_is_an_error(string body, int status) =>
        Assert.Equal("ArmRequestFailed", Assert.Throws<NsgFlowException>(() => new ScriptedArm().Answer(status, body).Open().Get(Id, "v", default)).ErrorId);

    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("https://evil.example/subscriptions/1")]
    [InlineData("//evil.example/x")]
    [InlineData("/subscriptions/1/../2")]
    [InlineData("/subscriptions/./1")]
    [InlineData("/subscriptions//1")]
    [InlineData("/subscriptions/1\r\nX: y")]
    [InlineData("/subscriptions/1#x")]
    [InlineData("/subscriptions\\..\\1")]
    public void What_is_no_id_is_not_asked_for(string id)
    {
        var arm = new ScriptedArm().Answer(200, "{}");
        Assert.Equal("InvalidResourceId", Assert.Throws<NsgFlowException>(() => arm.Open().Get(id, "v", default)).ErrorId);
        Assert.Empty(arm.Asked);
    }

    [Fact]
    public void Names_are_escaped()
    {
        var arm = new ScriptedArm().Answer(200, "{}");
        arm.Open().Get("/subscriptions/1/resourceGroups/a b%2e%2e&(ü)", "2025-05-01", default);
        Assert.Equal("GET /subscriptions/1/resourceGroups/a%20b%252e%252e%26%28%C3%BC%29?api-version=2025-05-01", arm.Lines[0]);
    }

    [Fact]
    public void Lists_are_read_page_by_page_and_only_as_far_as_wanted()
    {
        var arm = new ScriptedArm()
            .Answer(200, $$"""{"value":[{"id":"/a"},{"id":"/b"}],"nextLink":"{{ScriptedArm.Host}}/next?$skiptoken=1"}""")
            .Answer(200, """{"value":[],"nextLink":"/next?$skiptoken=2"}""")
            .Answer(200, """{"value":[{"id":"/c"}],"nextLink":""}""");
        var list = arm.Open().List("/subscriptions/1/providers/Microsoft.Network/networkWatchers?$filter=x", "v", default);

        Assert.Empty(arm.Asked);
        Assert.Equal(["/a", "/b"], list.Take(2).Select(r => r.Id));
        Assert.Single(arm.Asked);
        Assert.Equal("GET /subscriptions/1/providers/Microsoft.Network/networkWatchers?$filter=x&api-version=v", arm.Lines[0]);
    }

    [Fact]
    public void All_pages_of_a_list_are_read()
    {
        var arm = new ScriptedArm()
            .Answer(200, $$"""{"value":[{"id":"/a"}],"nextLink":"{{ScriptedArm.Host}}/next?$skiptoken=1"}""")
            .Answer(200, """{"value":[],"nextLink":"/next?$skiptoken=2"}""")
            .Answer(200, """{"value":[{"id":"/c"}]}""");
        Assert.Equal(["/a", "/c"], arm.Open().List("/subscriptions", "v", default).Select(r => r.Id));
        Assert.Equal(["GET /subscriptions?api-version=v", "GET /next?$skiptoken=1", "GET /next?$skiptoken=2"], arm.Lines);
    }

    [Theory]
    [InlineData("""{"value":[],"nextLink":"https://evil.example/next"}""")]
    [InlineData("""{"value":[],"nextLink":"/next"}""")]
    [InlineData("""{"odd":[]}""")]
    [InlineData("""{"value":null}""")]
    public void A_list_that_cannot_be_read_to_its_end_is_an_error(string page)
    {
        // The second page names itself as the third.
        var arm = new ScriptedArm().Answer(200, page);
        Assert.Equal("ArmRequestFailed", Assert.Throws<NsgFlowException>(() => arm.Open().List("/subscriptions", "v", default).Count()).ErrorId);
        Assert.DoesNotContain(arm.Lines, line => line.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_in_what_does_not_exist_is_an_error()
    {
        var arm = new ScriptedArm().Answer(404, """{"error":{"code":"SubscriptionNotFound","message":"The subscription '1' could not be found."}}""");
        Assert.Equal("ResourceNotFound", Assert.Throws<NsgFlowException>(() => arm.Open().List("/subscriptions/1/resourceGroups", "v", default).Count()).ErrorId);
    }

    [Fact]
    public void A_query_is_read_page_by_page()
    {
        var arm = new ScriptedArm()
            .Answer(200, """{"totalRecords":3,"count":2,"resultTruncated":"false","$skipToken":"t\"1","data":[{"id":"/a"},{"id":"/b","x":1}]}""")
            .Answer(200, """{"totalRecords":3,"count":1,"resultTruncated":"false","data":[{"id":"/c"}]}""");

        var rows = arm.Open().Query(new GraphQuery("Resources | project id | order by id asc", ["s1", "s2"]), default).ToList();

        Assert.Equal(["/a", "/b", "/c"], rows.Select(r => r.Id));
        Assert.Equal(1, rows[1].Root["x"].Number);
        Assert.All(arm.Lines, line => Assert.Equal("POST /providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01", line));
        Assert.Equal("""{"subscriptions":["s1","s2"],"query":"Resources | project id | order by id asc","options":{"$top":1000,"resultFormat":"objectArray"}}""", arm.Asked[0].Body);
        Assert.Equal("t\"1", ArmNode.Parse(arm.Asked[1].Body)["options"]["$skipToken"].Text);
    }

    [Fact]
    public void A_query_of_everything_names_no_subscription()
    {
        var arm = new ScriptedArm().Answer(200, """{"data":[]}""");
        Assert.Empty(arm.Open().Query(new GraphQuery("Resources"), default));
        Assert.StartsWith("""{"query":""", arm.Asked[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"resultTruncated":"true","data":[{"id":"/a"}]}""", 1)]
    [InlineData("""{"resultTruncated":"true","data":[{"id":"/a"}],"$skipToken":"same"}""", 2)]
    [InlineData("""{"count":0}""", 1)]
    public void An_answer_that_is_cut_off_is_an_error(string body, int requests)
    {
        var arm = new ScriptedArm().Answer(200, body);
        Assert.Equal("ArmRequestFailed", Assert.Throws<NsgFlowException>(() => arm.Open().Query(new GraphQuery("Resources"), default).Count()).ErrorId);
        Assert.Equal(requests, arm.Asked.Count);
    }

    [Fact]
    public void A_silent_service_does_not_keep_Stop_waiting()
    {
        var arm = new ScriptedArm().Answer(async (_, stop) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(30), CancellationToken.None);
            throw new IOException();
        });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => arm.Open().Get(Id, "v", stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }
}

using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests;

public sealed class ProgramTests
{
    [Fact]
    public async Task It_says_where_it_is_and_ends_with_its_input()
    {
        using var process = Start("--blob-endpoint", "https://127.0.0.1:10000/stflows", "--until-input-ends");
        var line = JsonNode.Parse((await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!)!;
        using var client = new System.Net.Http.HttpClient();
        var answer = await client.GetAsync(new Uri(line["armEndpoint"] + "subscriptions?api-version=2022-12-01"));

        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(line["armEndpoint"]!.ToString(), line["logAnalytics"]!.ToString().Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        Assert.True(File.Exists(line["caFile"]!.ToString()));
        Assert.NotEmpty(line["clientSecret"]!.ToString());
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task It_explains_itself_when_it_does_not_understand()
    {
        using var process = Start("--prot", "1");
        Assert.Contains("--port <n>", await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30)), StringComparison.Ordinal);
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [typeof(AzureSimulator).Assembly.Location, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}

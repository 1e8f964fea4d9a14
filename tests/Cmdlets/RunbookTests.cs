using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.CmdletTests;

/// <summary>The other runbooks of examples/, and the memory that they need: each job is a process with a managed identity, against the simulator and Azurite.</summary>
[Collection(SimulatedAzureGroup.Name)]
public sealed class RunbookTests : IDisposable
{
    // What a sandbox of Azure Automation has, in MB.
    private const int Sandbox = 400;

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-runbook-").FullName;
    private readonly SimulatedAzure _azure;
    private readonly ITestOutputHelper _output;
    private readonly Automation _automation;
    private readonly Checkpoints _checkpoints;

    public RunbookTests(SimulatedAzure azure, ITestOutputHelper output)
    {
        (_azure, _output) = (azure, output);
        _azure.Simulator.Faults.Clear();
        _checkpoints = new Checkpoints(azure.NewContainer());
        _automation = new Automation(azure.Simulator) { Location = _folder };
    }

    public void Dispose()
    {
        _automation.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [AzuriteFact]
    public void Each_new_flow_is_exported_once()
    {
        var log = new GrowingLog(_azure, "export-nsg", 20);
        var runbook = Export(log, "export-nsg");
        _automation.Run(runbook).Completed();
        Assert.Equal(log.Rows.Select(Line), Exported());
        log.Grow(10);
        _automation.Run(runbook).Completed();
        Assert.Contains("Nothing new since the last run.", _automation.Run(runbook).Completed().Output, StringComparison.Ordinal);

        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.Equal(log.Rows.Select(Line).Order(StringComparer.Ordinal), Exported().Order(StringComparer.Ordinal));
    }

    [AzuriteFact]
    public void What_a_killed_export_did_not_write_comes_with_the_next_one()
    {
        var log = new GrowingLog(_azure, "killed-export-nsg", 60, tuplesPerMinute: 100);
        var runbook = Export(log, "killed-export-nsg");
        using (var job = _automation.Start(runbook))
        {
            job.WaitFor(() => Directory.GetFiles(_folder).Sum(static file => new FileInfo(file).Length) > 200_000);
            job.Kill();
        }

        _checkpoints.EndLease("export");
        _automation.Run(runbook).Completed();

        // Some may be there twice; none is missing, and none is half a line.
        var lines = Exported();
        _output.WriteLine($"{lines.Count - log.Rows.Count} of {log.Rows.Count} came again");
        Assert.Equal(log.Rows.Select(Line).Distinct().Order(StringComparer.Ordinal), lines.Distinct().Order(StringComparer.Ordinal));
    }

    [AzuriteFact]
    public void A_damaged_blob_keeps_no_other_from_being_exported_and_fails_the_job()
    {
        var log = new GrowingLog(_azure, "damaged-nsg", 60);
        log.Forge("\"flowTuples\":[\"", "\"flowTuples\":[nonsense\"");
        _automation.Run(Export(log, "damaged-nsg")).Failed("Not everything could be read");
        Assert.Equal(log.Rows.Where(row => row.Blob == log.Rows[^1].Blob).Select(Line), Exported());
    }

    [AzuriteFact]
    public void A_mirror_is_saved_and_kept_up_to_date()
    {
        var log = new GrowingLog(_azure, "mirror-nsg", 20);
        var runbook = $"Save-FlowLogMirror -StorageAccount '{log.Account}' -Nsg mirror-nsg -Destination '{_folder}'";
        Assert.Contains("New: 2 blobs", _automation.Run(runbook).Completed().Output, StringComparison.Ordinal);
        log.Grow(5);
        Assert.Contains("Updated: 2 blobs", _automation.Run(runbook).Completed().Output, StringComparison.Ordinal);
        using var session = new CmdletSession();
        Assert.Equal(log.Rows.Count, session.Run($"Get-NsgFlowRecord '{_folder}'").Clean().Records.Count);
    }

    [AzuriteFact]
    public void Denied_traffic_is_watched()
    {
        var log = new GrowingLog(_azure, "watched-nsg", 20);
        var shown = _automation.Run($"Watch-DeniedTraffic -StorageAccount '{log.Account}' -Nsg watched-nsg -Tail 7 -Timeout 1s").Completed().Output;
        Assert.Equal(7, shown.Split("DENY").Length - 1);
    }

    [AzuriteFact]
    public void Jobs_keep_within_the_memory_of_a_sandbox_whatever_they_read()
    {
        var log = new GrowingLog(_azure, "large-nsg", 60, tuplesPerMinute: 12_500, FlowSampleScenario.Conversation);
        var denied = log.Truth.DeniedTuples;
        _output.WriteLine($"{log.Length >> 20} MB, {denied} denied");
        Assert.True(log.Length > 90 << 20);
        using var group = MemoryGroup.TryMake(Sandbox);
        _output.WriteLine(group is null ? "No control group could be made; the peak is looked at only." : "In a control group.");

        var digest = Run($"Send-DeniedTrafficDigest -StorageAccount '{log.Account}' -Nsg large-nsg -Last 3h -Checkpoint '{_checkpoints.Url("digest")}'", group);
        Assert.Contains($": {denied.ToString(CultureInfo.InvariantCulture)}", digest.Output, StringComparison.Ordinal);
        Run(Export(log, "large-nsg") + " -Decision Deny", group);
    }

    private JobResult Run(string runbook, MemoryGroup? group)
    {
        using var job = _automation.Start(runbook, group);
        var result = job.Finish().Completed();
        _output.WriteLine($"{result.Peak} MB: {runbook.Split(' ')[0]}");
        Assert.InRange(result.Peak ?? 0, 0, Sandbox);
        return result;
    }

    private string Export(GrowingLog log, string nsg) =>
        $"Export-NewFlow -StorageAccount '{log.Account}' -Nsg {nsg} -Last 3h -Checkpoint '{_checkpoints.Url("export")}' -Destination .";

    private static string Line(SampleRow row) => FormattableString.Invariant(
        $"{row.Time:O} {row.Source}:{row.SourcePort} {row.Destination}:{row.DestinationPort} {row.Direction}{row.Decision} {row.Sent} {row.Received}");

    /// <summary>All lines of all files, as <see cref="Line"/> writes them; one that is not JSON is an exception.</summary>
    private List<string> Exported() =>
    [
        .. Directory.GetFiles(_folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(static text =>
        {
            using var line = JsonDocument.Parse(text);
            string Of(string name) => line.RootElement.GetProperty(name).ToString();
            return $"{Of("Time")} {Of("SourceAddress")}:{Of("SourcePort")} {Of("DestinationAddress")}:{Of("DestinationPort")} "
                + $"{Of("Direction")[0]}{Of("Decision")[0]} {Of("BytesSent")} {Of("BytesReceived")}";
        }),
    ];
}

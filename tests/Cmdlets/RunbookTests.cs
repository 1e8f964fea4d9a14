using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.CmdletTests;

/// <summary>The runbooks of examples/, each job a process with a managed identity, against the simulator and Azurite.</summary>
[Collection(SimulatedAzureGroup.Name)]
public sealed partial class RunbookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-runbook-").FullName;
    private readonly SimulatedAzure _azure;
    private readonly ITestOutputHelper _output;
    private readonly Automation _automation;

    public RunbookTests(SimulatedAzure azure, ITestOutputHelper output)
    {
        (_azure, _output) = (azure, output);
        _automation = new Automation(azure.Simulator);
        azure.Simulator.Faults.Clear();
    }

    public void Dispose()
    {
        _automation.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [AzuriteFact]
    public void A_digest_has_each_denied_flow_once_from_run_to_run()
    {
        var log = new GrowingLog(_azure, "digest-nsg", 20);
        var runbook = $"Send-DeniedTrafficDigest -StorageAccount '{log.Account}' -Nsg digest-nsg -Last 3h -Checkpoint '{_folder}/c.json' -Top 3";

        var first = _automation.Run(runbook).Completed();
        _output.WriteLine(first.Output);
        Assert.Equal(log.Denied, Flows(first));
        var before = log.Denied;
        log.Grow(15);
        var second = _automation.Run(runbook).Completed();
        Assert.Equal(log.Denied - before, Flows(second));
        Assert.Contains("No denied flows since the last run.", _automation.Run(runbook).Completed().Output, StringComparison.Ordinal);
    }

    /// <summary>The flows of all rows of a digest, which the first line must say, too.</summary>
    private static int Flows(JobResult job)
    {
        var said = Total().Match(job.Output);
        var rows = Row().Matches(job.Output).Sum(static row => int.Parse(row.Groups[1].ValueSpan, null));
        Assert.Equal(rows, int.Parse(said.Groups[1].ValueSpan, null));
        return rows;
    }

    [GeneratedRegex(@"(?m)^Denied flows, .*: (\d+)\r?$")]
    private static partial Regex Total();

    [GeneratedRegex(@"(?m)^ +(\d+)  \S")]
    private static partial Regex Row();

    /// <summary>A flow log of an NSG with one network interface, in this hour and the one before, that grows minute by minute.</summary>
    private sealed class GrowingLog
    {
        private readonly StoredSample _sample;
        private readonly AzureLikeWriter[] _writers;
        private int _minutes;

        public GrowingLog(SimulatedAzure azure, string nsg, int minutes, int tuplesPerMinute = 20)
        {
            var now = DateTime.UtcNow;
            _sample = azure.Write(new FlowSampleOptions
            {
                Nsg = nsg, ResourceGroup = "rg-net", Nic = 1, TuplesPerMinute = tuplesPerMinute, StartTime = now.Date.AddHours(now.Hour - 1), Scenario = FlowSampleScenario.Scan,
            });
            _writers = [.. _sample.Blobs.Select(blob => _sample.Writer(blob.Name))];
            Grow(minutes);
        }

        public string Account => _sample.Account;

        public IEnumerable<SampleRow> Rows => _sample.Blobs.SelectMany((blob, i) => SampleRow.Of(blob.Name, _writers[i].Content));

        public int Denied => Rows.Count(static row => row.Decision == 'D');

        public void Grow(int minutes)
        {
            _minutes += minutes;
            for (var i = 0; i < _writers.Length; i++)
            {
                _writers[i].Write(_sample.Blobs[i].Blocks, _minutes);
            }
        }
    }
}

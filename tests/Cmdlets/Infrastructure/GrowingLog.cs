using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Samples;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>A flow log of an NSG with one network interface, in this hour and the one before, that grows minute by minute.</summary>
internal sealed class GrowingLog
{
    private readonly StoredSample _sample;
    private readonly AzureLikeWriter[] _writers;
    private int _minutes;

    public GrowingLog(SimulatedAzure azure, string nsg, int minutes, int tuplesPerMinute = 20, FlowSampleScenario scenario = FlowSampleScenario.Scan)
    {
        var now = DateTime.UtcNow;
        _sample = azure.Write(new FlowSampleOptions
        {
            Nsg = nsg, ResourceGroup = "rg-net", Nic = 1, TuplesPerMinute = tuplesPerMinute, StartTime = now.Date.AddHours(now.Hour - 1), Scenario = scenario,
        });
        _writers = [.. _sample.Blobs.Select(blob => _sample.Writer(blob.Name))];
        Grow(minutes);
    }

    /// <summary>The URL of its storage account.</summary>
    public string Account => _sample.Account;

    /// <summary>What it has in the end.</summary>
    public FlowSampleTruth Truth => _sample.Truth;

    /// <summary>What it has now.</summary>
    public IReadOnlyList<SampleRow> Rows => [.. _sample.Blobs.SelectMany((blob, i) => SampleRow.Of(blob.Name, _writers[i].Content))];

    /// <summary>Bytes that it has now.</summary>
    public long Length => _writers.Sum(static writer => (long)writer.Content.Length);

    public int Denied => Rows.Count(static row => row.Decision == 'D');

    public void Grow(int minutes)
    {
        _minutes += minutes;
        for (var i = 0; i < _writers.Length; i++)
        {
            _writers[i].Write(_sample.Blobs[i].Blocks, _minutes);
        }
    }

    /// <summary>Somebody writes other words into its first blob.</summary>
    public void Forge(string word, string other) =>
        _sample.Replace(_sample.Blobs[0].Name, Encoding.UTF8.GetString(_sample.Blobs[0].ToArray()).Replace(word, other, StringComparison.Ordinal));
}

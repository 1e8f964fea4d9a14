using System.Management.Automation;

namespace NsgFlow.Bench.Cmdlets;

/// <summary>
/// Writes flow records made from nothing, one by one: the most that a cmdlet which emits such objects can reach in this engine.
/// What Get-NsgFlowRecord is slower by is the price of reading.
/// </summary>
[Cmdlet(VerbsCommunications.Write, "BenchRecord")]
[OutputType(typeof(FlowRecord))]
public sealed class WriteBenchRecordCommand : PSCmdlet
{
    /// <summary>How many.</summary>
    [Parameter(Mandatory = true)]
    public int Count { get; set; }

    protected override void ProcessRecord()
    {
        var group = new FlowGroup { Entry = new FlowEntry { FormatVersion = 2 }, Rule = "AllowInternetOutBound" };
        var tuple = new FlowTuple { Source = new FlowAddress(0x0A000001), Destination = new FlowAddress(0x0A000002), Decision = FlowDecision.Allow };
        for (var i = 0; i < Count && !Stopping; i++)
        {
            tuple.UnixMilliseconds = i;
            WriteObject(new FlowRecord(in tuple, group));
        }
    }
}

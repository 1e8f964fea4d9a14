using System;
using System.IO;
using System.Management.Automation;
using NsgFlow.Filtering;
using NsgFlow.Parsing;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Reading;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Makes flow records of flow-log JSON from the pipeline: lines, whole texts, bytes, objects of ConvertFrom-Json, or single tuples.</summary>
[Cmdlet(VerbsData.ConvertFrom, "NsgFlowJson")]
[OutputType(typeof(FlowRecord))]
public sealed class ConvertFromNsgFlowJsonCommand : FilterCmdlet
{
    private readonly ReadingTally _tally = new() { IsText = true, BlobsFound = 1 };
    private RecordCollector? _records;
    private FlowLogReader? _reader;
    private TextFeed? _text;
    private long _tuple;
    private bool _isFull;

    /// <summary>Text, bytes or objects of one or several flow logs; with -Version one tuple each.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The input is single tuples of this version: 1 or 2 (NSG), 4 (VNet).</summary>
    [Parameter]
    [ValidateSet("1", "2", "4")]
    public int Version { get; set; }

    /// <summary>The first so many records only.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _records = new RecordCollector(WriteFound);
        _reader = new FlowLogReader(_records, FilterBuilder.Make(this, FlowScope.Everything, Time));
        _text = new TextFeed(_reader);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_isFull || InputObject is null)
            return;
        switch (InputObject.BaseObject)
        {
            case string tuples when Version > 0:
                WriteTuples(tuples);
                break;
            case string text:
                // A line of Get-Content has lost its end.
                _text!.Append(text);
                _text.Append('\n');
                break;
            case byte[] bytes:
                _text!.Flush();
                _reader!.Write(bytes);
                break;
            case byte one:
                _text!.Flush();
                _reader!.Write([one]);
                break;
            case FileSystemInfo file:
                Report(FlowErrors.BadArguments("InputNotJson", $"'{file.FullName}' is a file, not its content.", file.FullName, "Pipe files into Get-NsgFlowRecord."));
                return;
            default:
                WriteObjectAsJson();
                break;
        }

        _text!.Flush();
        WriteFound();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_isFull)
            return;
        // Nothing at all is no broken flow log; the warning says enough.
        if (_reader!.Counts.Bytes > 0)
        {
            _reader.Complete();
            WriteFound();
        }

        _tally.Add(_reader.Counts);
        if (_tally.WhyEmpty(string.Empty, Time.ToString()) is { } reason)
            WriteWarning(reason);
    }

    private void WriteObjectAsJson()
    {
        try
        {
            ObjectJson.Write(InputObject, _text!);
            _text!.Append('\n');
        }
        catch (ArgumentException e)
        {
            Report(FlowErrors.BadArguments("InputNotJson", e.Message, null, "Pipe flow-log JSON, or what ConvertFrom-Json makes of it."));
        }
    }

    // A tuple in an entry made for it, so that there is one parser for everything.
    private void WriteTuples(string tuples)
    {
        foreach (var line in tuples.Split('\n'))
        {
            var tuple = line.Trim();
            if (tuple.Length == 0)
                continue;
            // Copied from a blob, with its quotes.
            if (tuple[0] == '"')
                tuple = tuple.TrimEnd(',').Trim('"');
            _tuple++;
            _text!.Append(Version == 4
                ? """{"category":"FlowLogFlowEvent","flowLogVersion":4,"flowRecords":{"flows":[{"flowGroups":[{"flowTuples":["""
                : """{"category":"NetworkSecurityGroupFlowEvent","properties":{"Version":""" + (Version == 1 ? "1" : "2") + ""","flows":[{"flows":[{"flowTuples":[""");
            ObjectJson.WriteText(tuple, _text);
            _text.Append("]}]}]}}\n");
            _text.Flush();
            WriteFound();
            if (_isFull)
                return;
        }
    }

    private void WriteFound()
    {
        var records = _records!.TakeRecords();
        SeenNames.Remember(records);
        for (var i = 0; i < records.Count && !_isFull; i++)
        {
            _tally.Written++;
            WriteObject(records.Array![records.Offset + i]);
            _isFull = _tally.Written == First;
        }

        if (_isFull)
            return;
        foreach (var issue in _records.TakeIssues())
            Report(FlowErrors.Damage(Version == 0 ? issue : ForTuple(issue)));
    }

    // Bytes of the entry made around a tuple mean nothing to the user.
    private FlowIssue ForTuple(FlowIssue issue) => new()
    {
        Kind = issue.Kind,
        Blob = FormattableString.Invariant($"tuple {_tuple} of the input"),
        Offset = 0,
        Reason = issue.Reason,
        Text = issue.Text,
    };

    private void Report(ErrorRecord error)
    {
        _tally.Errors++;
        WriteError(error);
    }
}

using System;
using System.Collections;
using System.Globalization;
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
    private string? _start;
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
        if (InputObject is null)
            return;
        // As an argument: (Get-Content x.json) is lines, and what is not text is one log or entry each.
        if (InputObject.BaseObject is IList list and not byte[])
        {
            foreach (var item in list)
            {
                if (item is not null)
                    Take(PSObject.AsPSObject(item));
            }
        }
        else
        {
            Take(InputObject);
        }
    }

    private void Take(PSObject input)
    {
        if (_isFull)
            return;
        switch (input.BaseObject)
        {
            case string tuples when Version > 0:
                WriteTuples(tuples);
                break;
            case string text:
                _start ??= text.Length > 200 ? text.Substring(0, 200) : text;
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
                WriteObjectAsJson(input);
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
        if (_tally.WhyEmpty("No flow record", string.Empty, Time.ToString()) is { } reason)
            WriteWarning(reason);
    }

    private void WriteObjectAsJson(PSObject input)
    {
        try
        {
            ObjectJson.Write(input, _text!);
            _text!.Append('\n');
        }
        catch (ArgumentException e)
        {
            Report(FlowErrors.BadArguments("InputNotJson", e.Message, null, input.BaseObject is FlowBlob ? "Pipe blobs into Get-NsgFlowRecord." : "Pipe flow-log JSON, or what ConvertFrom-Json makes of it."));
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
            Report(Version == 0 ? OfText(issue) : FlowErrors.Damage(ForTuple(issue)));
    }

    // What is to be done about a file does not help with text.
    private ErrorRecord OfText(FlowIssue issue)
    {
        var error = FlowErrors.Damage(issue);
        if (issue.Kind == FlowIssueKind.NotFlowLog)
        {
            error.ErrorDetails.RecommendedAction = VersionOfTuple(_start) is { } version
                ? $"This looks like a single tuple: add -Version {version}."
                : "Pipe the text of NSG or virtual network flow logs: whole logs, or entries of them. For single tuples add -Version.";
        }

        return error;
    }

    private static string? VersionOfTuple(string? text)
    {
        var fields = (text ?? string.Empty).Split('\n')[0].Trim(' ', '\r', '"', ',').Split(',');
        if (!long.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time))
            return null;
        // Milliseconds since VNet flow logs, seconds before.
        return fields.Length < 8 ? null : time > 100_000_000_000 ? "4" : fields.Length == 8 ? "1" : "2";
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

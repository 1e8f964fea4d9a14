using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>What a script wrote, stream by stream.</summary>
internal sealed class Outcome
{
    private readonly List<string> _texts = [];

    public Outcome(PowerShell shell, IEnumerable<PSObject> output, Exception? terminating, IEnumerable<object> errorVariable)
    {
        Output = [.. output.Select(static item => item.BaseObject)];
        Errors = [.. shell.Streams.Error];
        Terminating = terminating;
        Warnings = [.. shell.Streams.Warning.Select(static record => record.Message)];
        Verbose = [.. shell.Streams.Verbose.Select(static record => record.Message)];
        Progress = [.. shell.Streams.Progress];
        _texts.AddRange(Warnings);
        _texts.AddRange(Verbose);
        _texts.AddRange(shell.Streams.Debug.Select(static record => record.Message));
        _texts.AddRange(shell.Streams.Information.Select(static record => record.ToString()));
        _texts.AddRange(Progress.Select(static record => $"{record.Activity} {record.StatusDescription} {record.CurrentOperation}"));
        _texts.AddRange(Errors.Concat(errorVariable.Select(Unwrap)).Select(Text));
        _texts.AddRange(Output.Select(static item => item.ToString()!));
        if (terminating is not null)
        {
            _texts.Add(Text(terminating));
        }
    }

    public IReadOnlyList<object> Output { get; }

    public IReadOnlyList<FlowRecord> Records => [.. Output.Cast<FlowRecord>()];

    /// <summary>The records without the names of their blobs.</summary>
    public IReadOnlyList<SampleRow> Rows => [.. Records.Select(static record => SampleRow.From(record, string.Empty))];

    public IReadOnlyList<FlowBlob> Blobs => [.. Output.Cast<FlowBlob>()];

    public IReadOnlyList<ErrorRecord> Errors { get; }

    public Exception? Terminating { get; }

    public IReadOnlyList<string> Warnings { get; }

    public IReadOnlyList<string> Verbose { get; }

    public IReadOnlyList<ProgressRecord> Progress { get; }

    /// <summary>Everything in all streams and in $Error, with whole chains of exceptions.</summary>
    public string AllText => string.Join('\n', _texts);

    /// <summary>The id of an error as docs/errors.md has it.</summary>
    public static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    /// <summary>Fails when there was an error or a warning, and shows them.</summary>
    public Outcome Clean()
    {
        Assert.True(Errors.Count == 0 && Terminating is null && Warnings.Count == 0, AllText);
        return this;
    }

    private static object Unwrap(object item) => item is PSObject wrapped ? wrapped.BaseObject : item;

    private static string Text(object item)
    {
        var text = new StringBuilder().Append(item).AppendLine();
        if (item is IContainsErrorRecord and Exception)
        {
            return text.Append(Text(((IContainsErrorRecord)item).ErrorRecord)).ToString();
        }

        if (item is ErrorRecord error)
        {
            text.Append(error.FullyQualifiedErrorId).AppendLine().Append(error.TargetObject).AppendLine().Append(error.ErrorDetails?.Message).Append(error.ErrorDetails?.RecommendedAction).AppendLine()
                .Append(error.CategoryInfo).AppendLine();
            for (var at = error.Exception; at is not null; at = at.InnerException)
            {
                text.Append(at).AppendLine();
                foreach (var key in at.Data.Keys)
                {
                    text.Append(key).Append('=').Append(at.Data[key]).AppendLine();
                }
            }
        }

        return text.ToString();
    }
}

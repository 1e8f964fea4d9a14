using System;
using System.Globalization;
using System.Text;
using NsgFlow.Display;

namespace NsgFlow.Parsing;

/// <summary>Hands issues to the sink up to a limit, and counts the rest into one last issue.</summary>
internal sealed class IssueLog
{
    private const int LongestText = 120;

    private readonly IFlowSink _sink;
    private readonly string _blob;
    private readonly int _limit;

    public IssueLog(IFlowSink sink, string blob, int limit)
    {
        _sink = sink;
        _blob = blob;
        _limit = limit;
    }

    public long Count { get; private set; }

    public void Report(FlowIssueKind kind, long offset, string reason, ReadOnlySpan<byte> text = default)
    {
        Count++;
        if (Count <= _limit)
        {
            Send(kind, offset, reason, text.IsEmpty ? null : Show(text));
        }
    }

    /// <summary>Reports how many issues were not.</summary>
    public void Complete(long offset)
    {
        if (Count > _limit)
        {
            var rest = (Count - _limit).ToString(CultureInfo.InvariantCulture);
            Send(FlowIssueKind.FlowIssuesSuppressed, offset, $"{rest} more places could not be read; they are not reported one by one", null);
        }
    }

    private void Send(FlowIssueKind kind, long offset, string reason, string? text) =>
        _sink.Report(new FlowIssue { Kind = kind, Blob = _blob, Offset = offset, Reason = reason, Text = text });

    /// <summary>No control characters reach a terminal, and no line is endless.</summary>
    private static string Show(ReadOnlySpan<byte> utf8)
    {
        var text = ShownText.Clean(Encoding.UTF8.GetString(utf8.Slice(0, Math.Min(utf8.Length, LongestText)).ToArray()));
        return utf8.Length > LongestText ? text + "…" : text;
    }
}

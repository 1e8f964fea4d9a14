using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Soak.Judging;
using NsgFlow.Soak.Reading;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Soaks;

/// <summary>What is told of a soak: figures, and what is wrong.</summary>
internal sealed class SoakReport(FormattableString title)
{
    // What the garbage collector keeps at one time and not at another: up to a quarter was seen. It is no growth: 93 MB after 6 hours of flow logs, and after 14.
    private const double MostGrowth = 1.5;

    private readonly List<string> _lines = [FormattableString.Invariant(title)];
    private readonly List<string> _faults = [];

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => _faults.Count == 0;

    /// <summary>What there was to read.</summary>
    public void Written(Truth truth) => Line($"written     {truth.Tuples:N0} tuples in {truth.Entries:N0} entries of {truth.Blobs.Count} blobs, {truth.Bytes:N0} bytes");

    /// <summary>Compares what readers handed on with the truth.</summary>
    public void Judge(ReaderChain chain, Truth truth)
    {
        var verdict = new Judge(truth).Compare(chain.Runs);
        var ends = string.Join(", ", chain.Runs.GroupBy(static run => run.End).OrderBy(static ends => ends.Key).Select(static ends => $"{ends.Count()} {ends.Key.ToString().ToLowerInvariant()}"));
        Line($"{chain.Name,-10}  {verdict.HandedOn:N0} tuples by {chain.Runs.Count} readers ({ends}); {verdict.Again:N0} again, at most {verdict.MostUnsaved:N0} after one end");
        Line($"            {verdict.FaultCount} lost, wrong, out of order, or twice without need");
        _faults.AddRange(verdict.Faults);
    }

    /// <summary>What readers asked for.</summary>
    public void Figures(string path, Truth truth)
    {
        using var figures = ReaderFigures.Open(path);
        Line($"            {figures.Polls:N0} whole polls, {figures.Requests:N0} requests, {figures.Bytes:N0} bytes read ({(100.0 * figures.Bytes / truth.Bytes) - 100:+0.0;-0.0} % to those written)");
    }

    public void Memory(long killed, long early, long late, bool mustBeFlat)
    {
        const double Megabyte = 1 << 20;
        Line($"memory      at most {killed / Megabyte:0} MB (killed), {late / Megabyte:0} MB (steady; {early / Megabyte:0} MB after a third of the time)");
        if (mustBeFlat && late > early * MostGrowth)
            _faults.Add("The memory of the reader grows.");
    }

    public override string ToString() => string.Join(Environment.NewLine, _lines.Concat(_faults.Select(static fault => "  FAULT " + fault)));

    private void Line(FormattableString text) => _lines.Add("  " + FormattableString.Invariant(text));
}

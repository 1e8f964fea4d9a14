using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>
/// The pieces of a trend over a window that is known. They are whole hours, as Traffic Analytics' rows mostly are; shorter ones would show when
/// it adds up, not when traffic was.
/// </summary>
internal sealed class TrendPieces
{
    private TrendPieces(TrendScale scale, long last)
    {
        Last = last;
        Width = scale.Width;
        Start = scale.FirstPiece * scale.Width;
        Count = scale.Count;
    }

    /// <summary>Start of the first piece, in milliseconds since 1970.</summary>
    public long Start { get; }

    /// <summary>Length of a piece in milliseconds.</summary>
    public long Width { get; }

    /// <summary>The last millisecond of the window.</summary>
    public long Last { get; }

    /// <summary>Number of pieces.</summary>
    public int Count { get; }

    /// <summary>Names of the result's columns.</summary>
    public IEnumerable<string> Names => Enumerable.Range(0, Count).Select(NameOf);

    /// <summary>The pieces of a question's window; null when it is open at its start.</summary>
    public static TrendPieces? Of(AnalyticsQuestion question)
    {
        if (question.Start is not { } start || (question.End ?? question.Now) is var end && end <= start)
        {
            return null;
        }

        var scale = new TrendScale(KeyMaker.HourLength);
        scale.Include(UnixTime.FromDateTime(start), default);
        var last = UnixTime.FromDateTime(end) - 1;
        scale.Include(last, default);
        return new TrendPieces(scale, last);
    }

    /// <summary>Name of a piece's column.</summary>
    public static string NameOf(int piece) => "Trend" + KqlText.Of(piece);

    /// <summary>The KQL for the number of a row's piece.</summary>
    public string PieceOf(string time) =>
        $"tolong(({time} - {KqlText.Of(UnixTime.ToDateTime(Start))}) / {KqlText.Of(TimeSpan.FromMilliseconds(Width))})";
}

using System;
using System.Linq;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>Reads the rows of an answer into the form in which measurements finish theirs, so that order, shares and values are the local ones.</summary>
internal sealed class TrafficRowReader
{
    private readonly KeyLayout _layout;
    private readonly TrafficNames _names;
    private readonly TrendPieces? _trend;
    private readonly (KeyPart Part, TrafficColumn Column)[] _parts;

    /// <param name="layout">Form of the keys.</param>
    /// <param name="names">Where the names of keys are.</param>
    /// <param name="trend">The pieces of trends; null without.</param>
    public TrafficRowReader(KeyLayout layout, TrafficNames names, TrendPieces? trend)
    {
        _layout = layout;
        _names = names;
        _trend = layout.Bucket > 0 ? null : trend;
        _parts = layout.Keys.Select(key => (layout.Parts.First(part => part.Code == key.Field.Code), TrafficColumn.Of(key))).ToArray();
    }

    /// <summary>Whether it is the row of the rest.</summary>
    public static bool IsRest(LogsRow row) => row.Flag("IsOther") == true;

    /// <summary>The row's sums. Counters are told when those of one of its flows are.</summary>
    public static TrafficTotals Totals(LogsRow row)
    {
        var totals = TrafficTotals.Nothing;
        totals.Flows = Count(row, "Flows");
        totals.Denied = Count(row, "Denied");
        totals.Recorded = Count(row, "Told");
        totals.BytesSent = Count(row, "BytesSent");
        totals.BytesReceived = Count(row, "BytesReceived");
        totals.PacketsSent = Count(row, "PacketsSent");
        totals.PacketsReceived = Count(row, "PacketsReceived");
        if (row.Time("FirstSeen") is { } first && row.Time("LastSeen") is { } last)
        {
            totals.First = first.Ticks > 0 ? UnixTime.FromDateTime(first) : 0;
            totals.Last = UnixTime.FromDateTime(last);
        }

        return totals;
    }

    /// <summary>The row.</summary>
    public ResultRow Read(LogsRow row)
    {
        var result = new ResultRow(KeyOf(row))
        {
            Totals = Totals(row),
            Sources = Count(row, nameof(TrafficDistinct.Sources)),
            Destinations = Count(row, nameof(TrafficDistinct.Destinations)),
            Ports = Count(row, nameof(TrafficDistinct.Ports)),
        };
        if (_trend is null)
        {
            return result;
        }

        result.Scale = new TrendScale(_trend.Width);
        for (var piece = 0; piece < _trend.Count; piece++)
        {
            if (Count(row, TrendPieces.NameOf(piece)) is > 0 and var value)
            {
                var time = _trend.Start + (piece * _trend.Width);
                result.Scale.Include(time, result.Trend);
                result.Trend[result.Scale.SlotOf(time)] = value;
            }
        }

        return result;
    }

    // A sum of nothing may be null; a hostile one may be below zero.
    private static long Count(LogsRow row, string name) => Math.Max(0, row.Number(name) ?? 0);

    private static ulong Word(LogsRow row, TrafficColumn column, ulong otherwise)
    {
        var text = row.Text(column.Name);
        for (var word = 0; word < column.Words.Count; word++)
        {
            if (string.Equals(text, column.Words[word], StringComparison.OrdinalIgnoreCase))
            {
                return (ulong)word;
            }
        }

        return otherwise;
    }

    private ulong[] KeyOf(LogsRow row)
    {
        var key = new ulong[_layout.Words];
        if (IsRest(row))
        {
            SetBucket(row, key);
            return key;
        }

        foreach (var (part, column) in _parts)
        {
            if (KeyPart.IsAddress(part.Code))
            {
                var isTold = FlowAddress.TryParse(row.Text(column.Name), out var address);
                key[part.At] = isTold ? address.High : KeyLayout.Untold;
                key[part.At + 1] = isTold ? address.Low : KeyLayout.Untold;
            }
            else
            {
                key[part.At] = WordOf(part.Code, column, row);
            }
        }

        SetBucket(row, key);
        return key;
    }

    private void SetBucket(LogsRow row, ulong[] key)
    {
        if (_layout.Bucket > 0 && row.Time(MeasureMaker.TimeName) is { } time)
        {
            key[_layout.SeriesWords] = (ulong)(UnixTime.FromDateTime(time) / _layout.Bucket);
        }
    }

    private ulong WordOf(FieldCode code, TrafficColumn column, LogsRow row) => code switch
    {
        FieldCode.DestinationPort or FieldCode.HourOfDay => Number(row, column.Name, ushort.MaxValue),
        FieldCode.DayOfWeek => Number(row, column.Name, (long)DayOfWeek.Saturday),
        FieldCode.Protocol => Number(row, column.Name, byte.MaxValue),
        FieldCode.Service => (ulong)_names.IdOf(code, row.Number(column.Name) is >= 0 and <= ushort.MaxValue and var port ? KeyMaker.ServiceOf((int)port) : null),
        FieldCode.Decision or FieldCode.Direction => Word(row, column, KeyLayout.Untold),
        FieldCode.Encryption => Word(row, column, string.IsNullOrEmpty(row.Text(column.Name)) ? 0 : (ulong)FlowEncryption.Other),

        // 0 is for no kind.
        FieldCode.RuleKind => unchecked(Word(row, column, KeyLayout.Untold) + 1),
        FieldCode.FlowType => Word(row, column, (ulong)FlowType.Unknown),
        FieldCode.Hour => Time(row, column.Name, KeyMaker.HourLength),
        FieldCode.Day => Time(row, column.Name, KeyMaker.DayLength),
        _ => (ulong)_names.IdOf(code, row.Text(column.Name) is { Length: > 0 } name ? name : null),
    };

    private static ulong Number(LogsRow row, string column, long most) => row.Number(column) is >= 0 and var number && number <= most ? (ulong)number : KeyLayout.Untold;

    private static ulong Time(LogsRow row, string column, long length) => row.Time(column) is { } time ? (ulong)(UnixTime.FromDateTime(time) / length) : KeyLayout.Untold;
}

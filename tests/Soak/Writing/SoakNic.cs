using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace NsgFlow.Soak.Writing;

/// <summary>One network interface: what Azure writes of it, minute by minute, with all the irregularities that there are.</summary>
internal sealed class SoakNic
{
    private readonly NicText _text;
    private readonly SoakTraffic _traffic;
    private readonly Truth _truth;
    private readonly Func<NicText, string, (string Key, IGrowingBlob Blob)> _open;
    private readonly Func<DateTime> _now;
    private readonly Random _random;
    private readonly Dictionary<DateTime, (TruthBlob Truth, IGrowingBlob Blob)> _blobs = [];
    private readonly List<DateTime> _waiting = [];
    private readonly int _comes;
    private readonly int _goes;

    /// <param name="number">Tells its MAC, its format and its target.</param>
    /// <param name="traffic">How much it writes.</param>
    /// <param name="truth">Told of all that is written.</param>
    /// <param name="open">Where a blob of a name is written to, and what a checkpoint knows it by.</param>
    /// <param name="now">The clock.</param>
    public SoakNic(int number, SoakTraffic traffic, Truth truth, Func<NicText, string, (string Key, IGrowingBlob Blob)> open, Func<DateTime> now)
    {
        (_text, _traffic, _truth, _open, _now) = (new NicText(number), traffic, truth, open, now);
        _random = new Random((traffic.Seed * 1009) + number);

        // A third appear later or go before the end.
        var isPassing = number % 3 == 2;
        _comes = isPassing ? _random.Next(traffic.Minutes / 2) : 0;
        _goes = isPassing ? _comes + _random.Next(traffic.Minutes / 4, traffic.Minutes) : int.MaxValue;
    }

    /// <summary>Writes what comes with a minute.</summary>
    /// <param name="minute">Its number.</param>
    /// <param name="time">Its time.</param>
    public void Write(int minute, DateTime time)
    {
        if (minute < _comes || minute >= _goes)
        {
            Flush();
            return;
        }

        // A block that comes after its hour.
        var hour = HourOf(time);
        if (time - hour < _traffic.LatestBlock && _blobs.ContainsKey(hour.AddHours(-1)) && _random.NextDouble() < _traffic.LateShare)
            Append([hour.AddMinutes(-1)]);

        // A minute without traffic, or one that comes together with the next.
        if (_random.NextDouble() >= 0.1)
            _waiting.Add(time);
        if (_random.NextDouble() >= 0.05)
            Flush();
    }

    /// <summary>Writes what waits.</summary>
    public void Flush()
    {
        // A minute goes into the blob of its hour, even when it comes with one of the next.
        foreach (var hour in _waiting.GroupBy(HourOf))
            Append([.. hour]);
        _waiting.Clear();
    }

    private static DateTime HourOf(DateTime time) => time.Date.AddHours(time.Hour);

    private void Append(DateTime[] minutes)
    {
        var hour = HourOf(minutes[0]);
        if (!_blobs.TryGetValue(hour, out var blob))
        {
            var (key, growing) = _open(_text, _text.BlobName(hour));
            _blobs[hour] = blob = (_truth.Add(new TruthBlob(key, _text, hour)), growing);
        }

        var entries = new List<TruthEntry>();
        var bytes = new List<byte[]>();
        foreach (var minute in minutes)
        {
            var entry = _truth.Add(blob.Truth, minute, _random.Next(1, (2 * _traffic.Tuples) + 1));
            entries.Add(entry);
            bytes.Add(Encoding.UTF8.GetBytes(_text.Entry(entry)));
            blob.Truth.Append(entry, bytes[^1].Length);
        }

        blob.Blob.Append(bytes);
        foreach (var entry in entries)
            entry.Written = _now();
    }
}

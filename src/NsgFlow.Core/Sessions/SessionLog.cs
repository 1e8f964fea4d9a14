using System;

namespace NsgFlow.Sessions;

/// <summary>
/// One observer: what one flow log wrote of one network interface. Its tuples come in the order of time, those of different
/// logs do not, so every log has a clock of its own and a queue of its open sessions, the one idle longest first.
/// </summary>
internal sealed class SessionLog
{
    public SessionLog(int number) => Number = number;

    /// <summary>Tells it from other logs.</summary>
    public int Number { get; }

    /// <summary>Latest time of any tuple of the log; it never goes back.</summary>
    public long Clock { get; set; } = long.MinValue;

    /// <summary>The open session idle longest; -1 when none is open.</summary>
    public int Oldest { get; set; } = -1;

    /// <summary>The open session touched last; -1 when none is open.</summary>
    public int Newest { get; set; } = -1;

    /// <summary>What a log is known by. Ids compare without case: blobs carry upper-case copies.</summary>
    public readonly struct Key : IEquatable<Key>
    {
        private readonly FlowLogKind _kind;
        private readonly string _mac;
        private readonly string _target;

        public Key(FlowGroup group)
        {
            _kind = group.Entry.Kind;
            _mac = group.MacAddress ?? string.Empty;
            _target = group.Entry.TargetResourceId ?? string.Empty;
        }

        public bool Equals(Key other) =>
            _kind == other._kind && string.Equals(_mac, other._mac, StringComparison.Ordinal) && string.Equals(_target, other._target, StringComparison.OrdinalIgnoreCase);

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        // A MAC has one or two targets: their long ids need no hashing, unless there is no MAC.
        public override int GetHashCode() =>
            _mac.Length > 0 ? StringComparer.Ordinal.GetHashCode(_mac) : StringComparer.OrdinalIgnoreCase.GetHashCode(_target);
    }
}

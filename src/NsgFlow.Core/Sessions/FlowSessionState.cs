namespace NsgFlow;

/// <summary>How much of a session the joined tuples show. The first letters differ, so that a letter is enough in a comparison.</summary>
public enum FlowSessionState : byte
{
    /// <summary>Begin and End were both seen: duration and totals are those of the whole session.</summary>
    Complete,

    /// <summary>It began and no End was seen: it goes on, its End is lost, or the log never writes one.</summary>
    Open,

    /// <summary>Continue or End without a Begin: it began before the first tuple read, or its Begin is lost. Whether it ended, <see cref="FlowSession.EndTime"/> tells.</summary>
    HeadMissing,
}

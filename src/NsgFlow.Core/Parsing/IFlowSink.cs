using System;

namespace NsgFlow.Parsing;

/// <summary>
/// Takes what a <see cref="FlowLogReader"/> finds, a group at a time. Called on the thread that feeds the reader; an exception
/// thrown here ends the read and reaches the caller.
/// </summary>
public interface IFlowSink
{
    /// <summary>Tuples of one group of one entry that passed the filter, in the order they were written; never empty.</summary>
    /// <param name="group">What the tuples share.</param>
    /// <param name="tuples">Valid only during the call.</param>
    void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples);

    /// <summary>Something in the input could not be read; the rest still comes.</summary>
    void Report(FlowIssue issue);
}

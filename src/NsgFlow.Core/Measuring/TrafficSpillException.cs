using System;

namespace NsgFlow.Measuring;

/// <summary>What did not fit into memory could not be put aside into a temporary file, so there is no answer.</summary>
public sealed class TrafficSpillException : Exception
{
    /// <summary>Makes the exception.</summary>
    public TrafficSpillException(string message, Exception cause)
        : base(message, cause)
    {
    }
}

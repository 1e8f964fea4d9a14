namespace NsgFlow.Measuring;

/// <summary>Whether a tuple is the first of its flow.</summary>
internal enum FlowStart
{
    /// <summary>It is not.</summary>
    No,

    /// <summary>It is: the flow is counted here.</summary>
    Yes,

    /// <summary>That is open until all tuples are known.</summary>
    Open,

    /// <summary>It is not, but others that are not known yet need to be told of it.</summary>
    Noted,
}

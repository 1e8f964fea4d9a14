namespace NsgFlow.Samples;

/// <summary>One flow of the model. Times are milliseconds since the sample's start; a session begun before it has a negative one.</summary>
internal struct SampleSession
{
    public TrafficKind Kind;
    public long Begin;
    public long End;

    /// <summary>Time of the next tuple: a Continue, or the End when equal to <see cref="End"/>.</summary>
    public long Next;

    /// <summary>The five-tuple as a number, unique among the open sessions of its traffic.</summary>
    public ulong Key;

    public int Source;
    public int Destination;
    public ushort SourcePort;
    public ushort DestinationPort;

    /// <summary>Virtual network encryption.</summary>
    public bool Encrypted;

    /// <summary>A tuple of it has been written.</summary>
    public bool Seen;
}

/// <summary>One tuple of the model.</summary>
internal struct SampleRow
{
    public int Session;

    /// <summary>None in version 1 (allowed or denied); Deny for a denied attempt in the others.</summary>
    public FlowState State;

    public long Time;
    public long PacketsSent;
    public long BytesSent;
    public long PacketsReceived;
    public long BytesReceived;
}

namespace NsgFlow.Samples;

/// <summary>How far a sample is.</summary>
public readonly struct FlowSampleProgress
{
    internal FlowSampleProgress(string blob, int done, int total, long bytesWritten)
    {
        Blob = blob;
        Done = done;
        Total = total;
        BytesWritten = bytesWritten;
    }

    /// <summary>Name of the blob just finished.</summary>
    public string Blob { get; }

    /// <summary>Hours of network interfaces that are finished.</summary>
    public int Done { get; }

    /// <summary>Hours of network interfaces in all.</summary>
    public int Total { get; }

    /// <summary>Bytes of JSON so far.</summary>
    public long BytesWritten { get; }
}

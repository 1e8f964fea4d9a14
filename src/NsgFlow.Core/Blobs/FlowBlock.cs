namespace NsgFlow.Blobs;

/// <summary>One committed block of a blob.</summary>
/// <param name="Id">Its id, base64 as the service gives it.</param>
/// <param name="Size">Its bytes.</param>
public readonly record struct FlowBlock(string Id, long Size);

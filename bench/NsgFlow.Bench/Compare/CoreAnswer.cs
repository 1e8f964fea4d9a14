using System.IO;
using NsgFlow.Bench.Data;
using NsgFlow.Parsing;

namespace NsgFlow.Bench.Compare;

/// <summary>The question answered with NsgFlow.Core: every field of every tuple is read and checked, on one thread.</summary>
internal static class CoreAnswer
{
    private static readonly SourceBytes _sink = new();

    public static Truth FromFile(string path)
    {
        // The reader has a buffer of its own; a second one in the stream would only copy.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        _sink.Clear();
        var reader = new FlowLogReader(_sink);
        int count;
        while ((count = stream.Read(reader.GetBuffer())) > 0)
            reader.Advance(count);
        reader.Complete();
        return _sink.Answer;
    }

    public static Truth FromMemory(byte[] file)
    {
        _sink.Clear();
        var reader = new FlowLogReader(_sink);
        reader.Write(file);
        reader.Complete();
        return _sink.Answer;
    }
}

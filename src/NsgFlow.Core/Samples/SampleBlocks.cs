using System;
using System.Globalization;
using System.Text;

namespace NsgFlow.Samples;

/// <summary>Takes blobs block by block.</summary>
internal interface ISampleSink
{
    void Open(string container, string blob);

    /// <summary>One block; the bytes are only good until the call returns.</summary>
    void Block(string id, byte[] bytes, int count);

    void Close();
}

/// <summary>The blocks that open and close every blob, and the ids of all.</summary>
internal static class SampleBlocks
{
    public static byte[] Head { get; } = Encoding.ASCII.GetBytes("{\"records\":[");

    public static byte[] Tail { get; } = Encoding.ASCII.GetBytes("]}");

    /// <summary>As in Azure's blobs: A and 32 zeros.</summary>
    public static string HeadId { get; } = Id('A', 0);

    /// <summary>As in Azure's blobs: Z and 32 zeros.</summary>
    public static string TailId { get; } = Id('Z', 0);

    /// <summary>Id of a minute's block, as long as the other two: Azure takes no mixed lengths.</summary>
    public static string DataId(int minute) => Id('M', minute);

    private static string Id(char kind, int number) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes(kind + number.ToString("D32", CultureInfo.InvariantCulture)));
}

using System;
using System.Collections.Generic;

namespace NsgFlow.Samples;

/// <summary>One hour of one network interface, as the blocks Azure would have appended.</summary>
public sealed class FlowSampleBlob
{
    internal FlowSampleBlob(string container, string name, IReadOnlyList<FlowSampleBlock> blocks)
    {
        Container = container;
        Name = name;
        Blocks = blocks;
        foreach (var block in blocks)
        {
            Length += block.Content.Length;
        }
    }

    /// <summary>Container the blob belongs in.</summary>
    public string Container { get; }

    /// <summary>Name in the container.</summary>
    public string Name { get; }

    /// <summary>The committed block list: <c>{"records":[</c>, one block for each minute with traffic, <c>]}</c>.</summary>
    public IReadOnlyList<FlowSampleBlock> Blocks { get; }

    /// <summary>Bytes of all blocks.</summary>
    public long Length { get; }

    /// <summary>The blob's whole content: all blocks, one after another.</summary>
    public byte[] ToArray()
    {
        var content = new byte[Length];
        var length = 0;
        foreach (var block in Blocks)
        {
            Buffer.BlockCopy(block.Content, 0, content, length, block.Content.Length);
            length += block.Content.Length;
        }

        return content;
    }
}

/// <summary>One block of a blob.</summary>
public sealed class FlowSampleBlock
{
    internal FlowSampleBlock(string id, byte[] content)
    {
        Id = id;
        Content = content;
    }

    /// <summary>Block id, base64; all ids of a blob are equally long, as Azure demands.</summary>
    public string Id { get; }

    /// <summary>UTF-8 text.</summary>
    public byte[] Content { get; }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Unit.Reading;
using NsgFlow.Unit.Saving;

namespace NsgFlow.Unit.Following;

/// <summary>Very many blobs of one hour, of which only the number of minutes is kept; a minute has one tuple.</summary>
internal sealed class GrowingStore(int count) : IFlowBlockStore
{
    private const int MostMinutes = 60;

    // All have the same, as far as they go.
    private static readonly byte[] s_start = Encoding.UTF8.GetBytes("{\"records\":[");
    private static readonly byte[][] s_minutes = [.. Enumerable.Range(0, MostMinutes).Select(static minute => FlowTexts.Entry(100_000 + minute, 1).Skip(minute == 0 ? 1 : 0).ToArray())];
    private static readonly long[] s_lengths = [.. Enumerable.Range(0, MostMinutes + 1).Select(static count => s_start.Length + s_minutes.Take(count).Sum(static minute => (long)minute.Length) + 2)];
    private static readonly byte[] s_all = [.. s_start, .. s_minutes.SelectMany(static minute => minute)];

    private readonly int[] _minutes = [.. Enumerable.Repeat(1, count)];
    private int _requests;

    public DateTime Hour { get; } = FollowWorld.At(9, 0);

    public int Requests => Volatile.Read(ref _requests);

    public void Grow(int blob) => _minutes[blob]++;

    public IReadOnlyList<FlowBlob> List() => [.. Enumerable.Range(0, count).Select(Listed)];

    public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation) => List();

    public Stream Open(FlowBlob blob, CancellationToken cancellation) => throw new NotSupportedException("Blobs are read by ranges.");

    public FlowBlockList Blocks(FlowBlob blob, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _requests);
        var minutes = MinutesOf(blob);
        return new FlowBlockList(Tag(minutes), [new FlowBlock("A", s_start.Length), .. s_minutes.Take(minutes).Select(static (minute, i) => new FlowBlock("m" + i, minute.Length)), new FlowBlock("Z", 2)]);
    }

    public FlowRange? Read(FlowBlob blob, long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _requests);
        var minutes = MinutesOf(blob);
        if (etag is not null && etag != Tag(minutes))
            return null;
        var length = s_lengths[minutes];
        var read = (int)Math.Min(buffer.Count, length - offset);
        for (var i = 0; i < read; i++)
            buffer.Array![buffer.Offset + i] = offset + i < length - 2 ? s_all[offset + i] : (byte)(offset + i < length - 1 ? ']' : '}');
        return new FlowRange { Count = read, Length = length, ETag = Tag(minutes) };
    }

    private static string Tag(int minutes) => "0x" + minutes;

    private int MinutesOf(FlowBlob blob) => _minutes[Convert.ToInt32(blob.MacAddress, 16)];

    private FlowBlob Listed(int blob) => new()
    {
        Account = "stflow",
        Container = FlowContainers.Nsg,
        Name = ModelStore.Name(blob),
        Kind = FlowLogKind.Nsg,
        Target = "WEB",
        MacAddress = blob.ToString("X12", CultureInfo.InvariantCulture),
        Hour = Hour,
        Length = s_lengths[_minutes[blob]],
        ETag = Tag(_minutes[blob]),
        IsOpen = true,
        Store = this,
    };
}

using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Text;
using Xunit;

namespace NsgFlow.AzureTests.Logs;

/// <summary>Answers that come packed, as they are asked for.</summary>
public sealed class PackedTests
{
    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    public void A_packed_answer_is_unpacked(string packing)
    {
        var logs = new ScriptedLogs().Answer(200, Packed(Encoding.UTF8.GetBytes(ScriptedLogs.Rows), packing));
        Assert.Equal([1, 2], logs.Query().Primary.Rows.Select(static row => row[0]));
    }

    [Fact]
    public void So_is_a_refusal()
    {
        var logs = new ScriptedLogs().Answer(403, Packed("""{"error":{"code":"InsufficientAccessError","message":"The words."}}"""u8.ToArray()));
        var failure = Assert.Throws<NsgFlowException>(() => logs.Query());
        Assert.Equal("LogsAccessDenied", failure.ErrorId);
        Assert.Contains("The words", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public void The_limit_is_of_unpacked_bytes(int more, bool isCut)
    {
        var logs = new ScriptedLogs().Answer(200, Packed(Encoding.UTF8.GetBytes(ScriptedLogs.Rows)));
        Assert.Equal(isCut, logs.Open().Query(ScriptedLogs.Request("x", ScriptedLogs.Rows.Length + more), default).IsCut);
    }

    [Fact]
    public void A_bomb_is_let_go_of()
    {
        var packed = new NotedStream(Pack(new byte[200 << 20]));
        var content = new StreamContent(packed);
        content.Headers.ContentEncoding.Add("gzip");
        var logs = new ScriptedLogs().Answer(200, content);
        Assert.True(logs.Open().Query(ScriptedLogs.Request("x", 1 << 20), default).IsCut);
        Assert.InRange(packed.End!.Value, 1, packed.ToArray().Length / 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Damage_is_an_error(int at)
    {
        var bytes = Pack(Encoding.UTF8.GetBytes(ScriptedLogs.Rows));
        bytes[at] ^= 0xFF;
        var logs = new ScriptedLogs().Answer(200, Said(bytes));
        var failure = Assert.Throws<NsgFlowException>(() => logs.Query());
        Assert.Equal("LogsRequestFailed", failure.ErrorId);
        Assert.Contains("gzip is damaged (HTTP 200, request ", failure.Message, StringComparison.Ordinal);
        Assert.Single(logs.Asked);
    }

    [Fact]
    public void So_is_an_end_that_is_missing()
    {
        // Not each framework finds that out itself; then it is the JSON that has no end.
        var logs = new ScriptedLogs().Answer(200, Said(Pack(Encoding.UTF8.GetBytes(ScriptedLogs.Rows))[..^20]));
        Assert.Equal("LogsRequestFailed", Assert.Throws<NsgFlowException>(() => logs.Query()).ErrorId);
    }

    private static ByteArrayContent Packed(byte[] bytes, string packing = "gzip") => Said(Pack(bytes), packing);

    private static ByteArrayContent Said(byte[] bytes, string packing = "gzip")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentEncoding.Add(packing);
        return content;
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Fastest))
            packed.Write(bytes);
        return stream.ToArray();
    }

    /// <summary>Keeps how far it was read.</summary>
    private sealed class NotedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public long? End { get; private set; }

        protected override void Dispose(bool disposing)
        {
            End ??= Position;
            base.Dispose(disposing);
        }
    }
}

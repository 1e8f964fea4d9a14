using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>What the proxy does with one request instead of passing it on.</summary>
/// <param name="Status">Answers with this status and no body; 0 to pass on.</param>
/// <param name="Code">The service's error code with that status.</param>
/// <param name="DropAfter">Breaks the connection after so many bytes of the answer's body.</param>
/// <param name="HangAfter">Says nothing more after so many bytes of the answer's body.</param>
/// <param name="FlipAt">Changes the byte of the answer's body at this place.</param>
/// <param name="Before">Called before the request is passed on: somebody else writes just then.</param>
/// <param name="Head">Changes the head of the answer.</param>
/// <param name="LengthOff">By how much the answer claims to be longer than it is.</param>
/// <param name="Slow">Passes the answer's body on in small pieces, with a pause between.</param>
internal sealed record Fault(
    int Status = 0,
    string Code = "ServerBusy",
    int? DropAfter = null,
    int? HangAfter = null,
    Action? Before = null,
    int? FlipAt = null,
    Func<string, string>? Head = null,
    int LengthOff = 0,
    bool Slow = false);

/// <summary>A proxy on loopback between a client and Azurite: one request a connection, faults on demand, requests counted.</summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly int _upstream;
    private readonly Task _accepting;
    private long _bodyBytes;
    private long _rangeBytes;

    /// <summary>Starts one.</summary>
    /// <param name="upstream">Azurite's port.</param>
    /// <param name="port">Where to listen; 0 for any free port.</param>
    public FaultProxy(int upstream, int port = 0)
    {
        _upstream = upstream;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Decides by the request line ("GET /account/container?comp=list HTTP/1.1"); null passes it on.</summary>
    public Func<string, Fault?> Decide { get; set; } = static _ => null;

    /// <summary>Changes the request line that is passed on. What a key signs must stay; a SAS signs nothing of a request.</summary>
    public Func<string, string> Rewrite { get; set; } = static line => line;

    /// <summary>Whether the answer to a request is thrown away after the service gave it: the client sees a connection that broke.</summary>
    public Func<string, bool> Lose { get; set; } = static _ => false;

    /// <summary>Bytes of all answers' bodies that were passed on.</summary>
    public long BodyBytes => Interlocked.Read(ref _bodyBytes);

    /// <summary>Those of them that are blobs' own bytes, not lists.</summary>
    public long RangeBytes => Interlocked.Read(ref _rangeBytes);

    /// <summary>Request lines so far.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>The same faults, one after the other, for requests of blobs; then none.</summary>
    public void OnDownloads(params Fault[] faults)
    {
        var queue = new ConcurrentQueue<Fault>(faults);
        Decide = line => line.Contains(".json", StringComparison.Ordinal) && !line.Contains("comp=", StringComparison.Ordinal)
            && queue.TryDequeue(out var fault) ? fault : null;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        try
        {
            _accepting.Wait(TimeSpan.FromSeconds(5));
        }
        catch (AggregateException failure) when (failure.InnerExceptions.All(static e => e is OperationCanceledException or SocketException))
        {
            // That is how accepting ends.
        }

        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await ExchangeAsync(client);
            }
            catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException)
            {
                // The other side went away, or the test is over: closing the connection is all there is to do.
                client.Close();
            }
        }
    }

    private async Task ExchangeAsync(TcpClient client)
    {
        var stream = client.GetStream();
        var head = await HeadAsync(stream);
        if (head.Length == 0)
        {
            return;
        }

        var line = head[..head.IndexOf('\r', StringComparison.Ordinal)];
        _requests.Enqueue(line);
        var body = await UploadAsync(stream, head);
        var fault = Decide(line);
        fault?.Before?.Invoke();
        if (fault?.Status > 0)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {fault.Status} Fault\r\nx-ms-error-code: {fault.Code}\r\nx-ms-request-id: fault-request-id\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stop.Token);
            return;
        }

        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, _upstream, _stop.Token);
        var upstream = server.GetStream();
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(static h => !h.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase) && !h.StartsWith("Expect:", StringComparison.OrdinalIgnoreCase));
        await upstream.WriteAsync(Encoding.ASCII.GetBytes(Rewrite(line) + "\r\n" + string.Join("\r\n", lines.Skip(1)) + "\r\nConnection: close\r\n\r\n"), _stop.Token);
        await upstream.WriteAsync(body, _stop.Token);
        var answer = await HeadAsync(upstream);
        if (Lose(line))
        {
            client.LingerState = new LingerOption(true, 0);
            return;
        }

        if (fault?.LengthOff is { } off and not 0)
        {
            await WrongLengthAsync(upstream, answer, stream, off);
            return;
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(fault?.Head?.Invoke(answer) ?? answer), _stop.Token);
        await BodyAsync(upstream, stream, fault, line.StartsWith("GET", StringComparison.Ordinal) && !line.Contains("comp=", StringComparison.Ordinal));
        if (fault?.DropAfter is not null)
        {
            client.LingerState = new LingerOption(true, 0);
        }
    }

    private async Task WrongLengthAsync(NetworkStream from, string head, NetworkStream to, int off)
    {
        using var body = new MemoryStream();
        await from.CopyToAsync(body, _stop.Token);
        var bytes = head.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Unchunked(body.ToArray()) : body.ToArray();
        var kept = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(static line =>
            !line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        await to.WriteAsync(Encoding.ASCII.GetBytes($"{string.Join("\r\n", kept)}\r\nContent-Length: {bytes.Length + off}\r\n\r\n"), _stop.Token);
        await to.WriteAsync(bytes.AsMemory(0, Math.Min(bytes.Length, bytes.Length + off)), _stop.Token);
    }

    private static byte[] Unchunked(byte[] chunks)
    {
        using var whole = new MemoryStream();
        for (var at = 0; ;)
        {
            var end = Array.IndexOf(chunks, (byte)'\r', at);
            var size = Convert.ToInt32(Encoding.ASCII.GetString(chunks, at, end - at), 16);
            if (size == 0)
            {
                return whole.ToArray();
            }

            whole.Write(chunks, end + 2, size);
            at = end + 2 + size + 2;
        }
    }

    private async Task BodyAsync(NetworkStream from, NetworkStream to, Fault? fault, bool isRange)
    {
        var left = fault?.DropAfter ?? fault?.HangAfter ?? int.MaxValue;
        var buffer = new byte[fault?.Slow == true ? 512 : 16 * 1024];
        var flip = fault?.FlipAt ?? -1;
        int read;
        while (left > 0 && (read = await from.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, left)), _stop.Token)) > 0)
        {
            if (flip >= 0 && flip < read)
            {
                buffer[flip] ^= 1;
            }

            flip -= read;
            Interlocked.Add(ref _bodyBytes, read);
            Interlocked.Add(ref _rangeBytes, isRange ? read : 0);
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            left -= read;
            if (fault?.Slow == true)
            {
                await Task.Delay(10, _stop.Token);
            }
        }

        if (fault?.HangAfter is not null)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }
    }

    /// <summary>What the client sends after the head.</summary>
    private async Task<byte[]> UploadAsync(NetworkStream stream, string head)
    {
        const string Header = "\r\nContent-Length:";
        var at = head.IndexOf(Header, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return [];
        }

        var value = head[(at + Header.Length)..];
        if (head.Contains("Expect: 100-continue", StringComparison.OrdinalIgnoreCase))
        {
            // After an answer of 5xx the SDK asks first. Without an answer it would wait for a second.
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), _stop.Token);
        }

        var body = new byte[int.Parse(value[..value.IndexOf('\r', StringComparison.Ordinal)], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return body;
    }

    /// <summary>Reads up to the empty line, byte by byte: nothing of the body may be taken.</summary>
    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            head.Append((char)one[0]);
            if (head.Length >= 4 && head[^1] == '\n' && head[^3] == '\n')
            {
                return head.ToString();
            }
        }

        return string.Empty;
    }
}

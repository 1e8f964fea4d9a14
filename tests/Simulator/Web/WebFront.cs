using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace NsgFlow.Simulator;

/// <summary>Takes requests in, writes them down, lets faults happen, and sends answers out with the headers that all of Azure's have.</summary>
internal sealed class WebFront(AzureSimulator simulator, ArmService arm, LogsService logs, SignInService signIn, TokenIssuer issuer)
{
    private static readonly string[] s_secretHeaders = ["Authorization", "X-IDENTITY-HEADER"];

    public async Task HandleAsync(HttpContext http)
    {
        var request = await ReadAsync(http).ConfigureAwait(false);
        var recorded = Record(request);
        var fault = simulator.Faults.Take(request.Method, request.Path);
        if (fault is not null)
        {
            if (!await WaitAsync(fault.Delay, http).ConfigureAwait(false) || fault.Cut)
            {
                http.Abort();
                return;
            }
        }

        try
        {
            var answer = fault is { Status: > 0 } ? Failed(fault)
                : LogsService.Serves(request.Path) ? await QueryAsync(request, http.RequestAborted).ConfigureAwait(false)
                : Answer(request);
            recorded.Status = answer.Status;
            await WriteAsync(http, request, answer).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Who asked is gone: so does the query end.
            http.Abort();
        }
    }

    /// <summary>Whether the client was still there at the end of the delay.</summary>
    private static async Task<bool> WaitAsync(TimeSpan delay, HttpContext http)
    {
        try
        {
            await Task.Delay(delay, http.RequestAborted).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<ArmRequest> ReadAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body).ConfigureAwait(false);
        var path = http.Request.Path.Value!;
        return new ArmRequest
        {
            Method = http.Request.Method.ToUpperInvariant(),
            Path = path.Length > 1 ? path.TrimEnd('/') : path,
            Query = http.Request.Query.ToDictionary(static q => q.Key, static q => q.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Headers = http.Request.Headers.ToDictionary(static h => h.Key, static h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = body.ToArray(),
            Endpoint = simulator.ArmEndpoint,
        };
    }

    private RecordedRequest Record(ArmRequest request)
    {
        var headers = request.Headers.ToDictionary(
            static h => h.Key,
            static h => s_secretHeaders.Contains(h.Key, StringComparer.OrdinalIgnoreCase) ? "(not kept)" : h.Value,
            StringComparer.OrdinalIgnoreCase);
        var isSignIn = request.Path.EndsWith("/token", StringComparison.OrdinalIgnoreCase);
        var body = isSignIn ? string.Empty : Encoding.UTF8.GetString(request.Body);
        var recorded = new RecordedRequest(request.Method, request.Path, request.Query, headers, body);
        simulator.Requests.Add(recorded);
        return recorded;
    }

    private static WebAnswer Failed(Fault fault) => fault.Body is null
        ? new WebAnswer(fault.Status, new ArmException(fault.Status, fault.Code, fault.Message).ToJson(), fault.Headers)
        : new WebAnswer(fault.Status, Encoding.UTF8.GetBytes(fault.Body), fault.Headers);

    private WebAnswer Answer(ArmRequest request)
    {
        // Everything at once, one after the other: the bytes, too, so that nothing changes while it is written.
        lock (simulator.World.State.Sync)
        {
            try
            {
                var response = signIn.Answer(request) ?? Arm(request);
                if (response.Body.Text("etag") is { } etag)
                {
                    response.With("ETag", etag);
                }

                if (simulator.Options.VaryIdCase)
                {
                    IdCase.Vary(response.Body);
                }

                return new WebAnswer(response.Status, response.Body, response.Headers);
            }
            catch (ArmException refused)
            {
                return new WebAnswer(refused.Status, refused.ToJson(), refused.Headers);
            }
#pragma warning disable CA1031 // A bug of the simulator has to show in the test's output, whatever it is.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                return Bug(bug);
            }
        }
    }

    // Not one after the other: queries take their time, and several run at once.
    private async Task<WebAnswer> QueryAsync(ArmRequest request, CancellationToken cancellation)
    {
        try
        {
            return await logs.AnswerAsync(request, cancellation).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception bug) when (bug is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return Bug(bug);
        }
    }

    private static WebAnswer Bug(Exception bug) => new(500, new ArmException(500, "SimulatorFailed", bug.ToString()).ToJson());

    private ArmResponse Arm(ArmRequest request)
    {
        string[] audiences = ["https://management.core.windows.net", "https://management.azure.com", request.Endpoint.AbsoluteUri.TrimEnd('/')];
        request.Principal = issuer.Check(request.Header("Authorization"), audiences);
        return arm.Answer(request);
    }

    private static async Task WriteAsync(HttpContext http, ArmRequest request, WebAnswer answer)
    {
        var response = http.Response;
        var isLogs = LogsService.Serves(request.Path);
        response.StatusCode = answer.Status;
        if (isLogs)
        {
            ServiceHeaders.AddLogs(response.Headers);
        }
        else
        {
            ServiceHeaders.AddArm(response.Headers, request);
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Body.Length > 0)
        {
            // Answers to queries may be large; Resource Manager's are sent as they are, which is easier to look at.
            var body = isLogs && request.Header("Accept-Encoding")?.Contains("gzip", StringComparison.OrdinalIgnoreCase) == true
                ? Compress(answer.Body, response)
                : answer.Body;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body).ConfigureAwait(false);
        }
    }

    private static byte[] Compress(byte[] body, HttpResponse response)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        response.Headers.ContentEncoding = "gzip";
        return compressed.ToArray();
    }
}

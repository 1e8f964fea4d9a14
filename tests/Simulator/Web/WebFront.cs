using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace NsgFlow.Simulator;

/// <summary>Takes requests in, writes them down, lets faults happen, and sends answers out with the headers that all of Azure's have.</summary>
internal sealed class WebFront(AzureSimulator simulator, ArmService arm, SignInService signIn, TokenIssuer issuer)
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

        var (status, headers, body) = fault is { Status: > 0 } ? Failed(fault) : Answer(request);
        recorded.Status = status;
        await WriteAsync(http, request, status, headers, body).ConfigureAwait(false);
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

    private static (int Status, IEnumerable<KeyValuePair<string, string>> Headers, byte[] Body) Failed(Fault fault)
    {
        var text = fault.Body ?? new ArmException(fault.Status, fault.Code, fault.Message).ToJson().ToJsonString();
        return (fault.Status, fault.Headers, Encoding.UTF8.GetBytes(text));
    }

    private (int Status, IEnumerable<KeyValuePair<string, string>> Headers, byte[] Body) Answer(ArmRequest request)
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

                return (response.Status, response.Headers, Bytes(response.Body));
            }
            catch (ArmException refused)
            {
                return (refused.Status, refused.Headers, Bytes(refused.ToJson()));
            }
#pragma warning disable CA1031 // A bug of the simulator has to show in the test's output, whatever it is.
            catch (Exception bug)
#pragma warning restore CA1031
            {
                return (500, [], Bytes(new ArmException(500, "SimulatorFailed", bug.ToString()).ToJson()));
            }
        }
    }

    private ArmResponse Arm(ArmRequest request)
    {
        string[] audiences = ["https://management.core.windows.net", "https://management.azure.com", request.Endpoint.AbsoluteUri.TrimEnd('/')];
        request.Principal = issuer.Check(request.Header("Authorization"), audiences);
        return arm.Answer(request);
    }

    private static byte[] Bytes(JsonNode? body) => body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());

    private static async Task WriteAsync(
        HttpContext http, ArmRequest request, int status, IEnumerable<KeyValuePair<string, string>> headers, byte[] body)
    {
        var response = http.Response;
        var id = Guid.NewGuid().ToString("D");
        response.StatusCode = status;
        response.Headers.CacheControl = "no-cache";
        response.Headers["x-ms-request-id"] = id;
        response.Headers["x-ms-correlation-request-id"] = request.Header("x-ms-correlation-request-id") ?? id;
        response.Headers["x-ms-routing-request-id"] = FormattableString.Invariant($"WESTEUROPE:{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}:{id}");
        response.Headers[$"x-ms-ratelimit-remaining-subscription-{(request.Writes ? "writes" : "reads")}"] = "11999";
        if (request.Header("x-ms-return-client-request-id") == "true" && request.Header("x-ms-client-request-id") is { } client)
        {
            response.Headers["x-ms-client-request-id"] = client;
        }

        foreach (var (name, value) in headers)
        {
            response.Headers[name] = value;
        }

        if (body.Length > 0)
        {
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body).ConfigureAwait(false);
        }
    }
}

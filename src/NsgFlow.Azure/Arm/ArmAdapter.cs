using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using System.Threading;
using Azure.Core;
using NsgFlow.Arm;

namespace NsgFlow.Azure.Arm;

/// <summary>Azure Resource Manager over HTTPS.</summary>
public sealed class ArmAdapter : IArm
{
    private const string GraphPath = "/providers/Microsoft.ResourceGraph/resources";
    private const int GraphPage = 1000;

    private readonly ArmPipeline _pipeline;
    private readonly ArmUrls _urls;
    private readonly ArmTuning _tuning;

    /// <summary>Prepares requests; nothing is asked yet.</summary>
    /// <param name="endpoint">ARM's address; https.</param>
    /// <param name="audience">The resource that its tokens are issued for.</param>
    /// <param name="credential">Gives tokens.</param>
    /// <param name="tuning">Limits and delays.</param>
    /// <param name="verbose">Told of each request, never a secret; may be called on any thread.</param>
    internal ArmAdapter(Uri endpoint, string audience, TokenCredential credential, ArmTuning tuning, Action<string>? verbose)
    {
        _urls = new ArmUrls(endpoint);
        _tuning = tuning;
        _pipeline = new ArmPipeline(credential, audience.TrimEnd('/') + "/.default", tuning, verbose);
    }

    /// <inheritdoc/>
    public ArmResource? Get(string id, string apiVersion, CancellationToken cancellation)
    {
        var ask = new ArmAsk(RequestMethod.Get, _urls.Of(id, apiVersion), id);
        var answer = _pipeline.Send(ask, cancellation, allowMissing: true);
        return answer.Status == 404 ? null : new ArmResource(Expect(ask, answer, answer.Body));
    }

    /// <inheritdoc/>
    public IEnumerable<ArmResource> List(string path, string apiVersion, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (Uri? url = _urls.Of(path, apiVersion); url is not null;)
        {
            var ask = new ArmAsk(RequestMethod.Get, url, path);
            var answer = _pipeline.Send(ask, cancellation);
            foreach (var item in Expect(ask, answer, answer.Body["value"]).Items)
                yield return new ArmResource(item);
            if (answer.Body["nextLink"].Text is not { Length: > 0 } next)
                yield break;
            if (!seen.Add(next))
                throw ArmErrors.Unusable(ask, answer, "the next page is one that was read already", "Try again; this should not happen.");
            url = _urls.Of(next) ?? throw ArmErrors.Unusable(
                ask, answer, "the next page is said to be at an address that is not Azure's, so the token is not sent there", "Check the proxy between this machine and Azure.");
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ArmResource> Query(GraphQuery query, CancellationToken cancellation)
    {
        if (query is null)
            throw new ArgumentNullException(nameof(query));
        return Pages(query, cancellation);
    }

    /// <inheritdoc/>
    public ArmResource Put(string id, string apiVersion, string body, ArmWait wait, CancellationToken cancellation)
    {
        if (wait is null)
            throw new ArgumentNullException(nameof(wait));
        var ask = new ArmAsk(RequestMethod.Put, _urls.Of(id, apiVersion), id, body);
        using var turn = ArmWriteQueue.Enter(id, cancellation);
        var answer = _pipeline.Send(ask, cancellation);
        if (wait.IsWanted)
        {
            var operation = new ArmOperation(_pipeline, _urls, _tuning, ask, wait, cancellation);
            var last = operation.Follow(answer);
            if (!ReferenceEquals(last, answer) || !ArmOperation.IsSettled(answer))
                answer = operation.Settle(ask.Url);
        }

        // Accepted without a word: then all that is known of it is its id.
        return answer.Body["id"].Exists ? new ArmResource(answer.Body) : ArmResource.Parse($"{{\"id\":{JsonSerializer.Serialize(id)}}}");
    }

    /// <inheritdoc/>
    public bool Delete(string id, string apiVersion, ArmWait wait, CancellationToken cancellation)
    {
        if (wait is null)
            throw new ArgumentNullException(nameof(wait));
        var ask = new ArmAsk(RequestMethod.Delete, _urls.Of(id, apiVersion), id);
        using var turn = ArmWriteQueue.Enter(id, cancellation);
        var answer = _pipeline.Send(ask, cancellation, allowMissing: true);
        if (answer.Status is 204 or 404)
            return false;
        if (wait.IsWanted)
        {
            var operation = new ArmOperation(_pipeline, _urls, _tuning, ask, wait, cancellation);
            if (ReferenceEquals(operation.Follow(answer), answer) && answer.Status == 202)
                operation.Vanish(ask.Url);
        }

        return true;
    }

    /// <inheritdoc/>
    public ArmNode Post(string path, string apiVersion, string? body, CancellationToken cancellation)
    {
        var ask = new ArmAsk(RequestMethod.Post, _urls.Of(path, apiVersion), path, body);
        var answer = _pipeline.Send(ask, cancellation);
        return answer.Status == 202
            ? new ArmOperation(_pipeline, _urls, _tuning, ask, ArmWait.ToTheEnd, cancellation).Follow(answer).Body
            : answer.Body;
    }

    // Nothing is silently empty: an answer in an unknown form is no empty list.
    private static ArmNode Expect(ArmAsk ask, ArmAnswer answer, ArmNode node) => node.Exists
        ? node
        : throw ArmErrors.Unusable(ask, answer, "the answer has not the form that it should have", "Check the proxy between this machine and Azure, and which cloud was signed in to.");

    private static string GraphBody(GraphQuery query, string? skipToken)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            if (query.Subscriptions.Count > 0)
            {
                json.WriteStartArray("subscriptions");
                foreach (var subscription in query.Subscriptions)
                    json.WriteStringValue(subscription);
                json.WriteEndArray();
            }

            json.WriteString("query", query.Text);
            json.WriteStartObject("options");
            json.WriteNumber("$top", GraphPage);
            if (skipToken is not null)
                json.WriteString("$skipToken", skipToken);
            json.WriteString("resultFormat", "objectArray");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private IEnumerable<ArmResource> Pages(GraphQuery query, CancellationToken cancellation)
    {
        var url = _urls.Of(GraphPath, ResourceKind.ResourceGraph.ApiVersion);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? skipToken = null;
        do
        {
            var ask = new ArmAsk(RequestMethod.Post, url, "Resource Graph", GraphBody(query, skipToken));
            var answer = _pipeline.Send(ask, cancellation);
            foreach (var row in Expect(ask, answer, answer.Body["data"]).Items)
                yield return new ArmResource(row);
            skipToken = answer.Body["$skipToken"].Text;
            if (string.IsNullOrEmpty(skipToken) ? answer.Body["resultTruncated"].Flag == true : !seen.Add(skipToken!))
                throw ArmErrors.Unusable(ask, answer, "the answer is cut off, and there is no next page", "Ask for fewer resources: name subscriptions or resource groups.");
        }
        while (!string.IsNullOrEmpty(skipToken));
    }
}

using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using Azure.Core;
using NsgFlow.Arm;
using NsgFlow.Azure.Http;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Arm;

/// <summary>Azure Resource Manager over HTTPS.</summary>
public sealed class ArmAdapter : IArm
{
    private readonly ArmPipeline _pipeline;
    private readonly ArmUrls _urls;
    private readonly ArmTuning _tuning;
    private readonly Action<string>? _verbose;

    /// <summary>Prepares requests; nothing is asked yet.</summary>
    /// <param name="connection">Which cloud, and who asks.</param>
    /// <param name="verbose">Told of each request and of the sign-in, never a secret; may be called on any thread.</param>
    public ArmAdapter(AzureConnection connection, Action<string>? verbose)
        : this(connection, verbose, new ArmTuning())
    {
    }

    /// <summary>For tests: other limits and delays.</summary>
    internal ArmAdapter(AzureConnection connection, Action<string>? verbose, ArmTuning tuning)
        : this(
            (connection ?? throw new ArgumentNullException(nameof(connection))).Cloud.ResourceManager,
            connection.Cloud.ResourceManagerAudience,
            new SignInCredential(connection.SignIn, verbose),
            tuning,
            verbose)
    {
    }

    /// <summary>For tests: any address and any token.</summary>
    /// <param name="endpoint">ARM's address; https.</param>
    /// <param name="audience">The resource that its tokens are issued for.</param>
    /// <param name="credential">Gives tokens.</param>
    /// <param name="tuning">Limits and delays.</param>
    /// <param name="verbose">Told of each request, never a secret; may be called on any thread.</param>
    internal ArmAdapter(Uri endpoint, string audience, TokenCredential credential, ArmTuning tuning, Action<string>? verbose)
    {
        _urls = new ArmUrls(endpoint);
        _tuning = tuning;
        _verbose = verbose;
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
        var answer = Write(ask, wait, FollowPut, cancellation);

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
        var answer = Write(ask, wait, FollowDelete, cancellation);

        // Not there at the second time of asking: the first one may have done it before its answer was lost.
        return answer.Status is not (204 or 404) || answer.IsRepeated;
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
    private static ArmNode Expect(ArmAsk ask, ServiceAnswer answer, ArmNode node) => node.Exists
        ? node
        : throw ArmErrors.Unusable(ask, answer, "the answer has not the form that it should have", "Check the proxy between this machine and Azure, and which cloud was signed in to.");

    private static ServiceAnswer FollowPut(ArmOperation operation, ServiceAnswer first) =>
        ReferenceEquals(operation.Follow(first), first) && ArmOperation.IsSettled(first) ? first : operation.Settle();

    private static ServiceAnswer FollowDelete(ArmOperation operation, ServiceAnswer first)
    {
        if (ReferenceEquals(operation.Follow(first), first) && first.Status == 202)
            operation.Vanish();
        return first;
    }

    /// <summary>Sends a write and follows it, if that is wanted. One that was taken and then lost against another one is sent again.</summary>
    private ServiceAnswer Write(ArmAsk ask, ArmWait wait, Func<ArmOperation, ServiceAnswer, ServiceAnswer> follow, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = _pipeline.Send(ask, cancellation, allowMissing: ask.Method == RequestMethod.Delete);
            if (!wait.IsWanted)
                return answer;
            try
            {
                return follow(new ArmOperation(_pipeline, _urls, _tuning, ask, wait, cancellation), answer);
            }
            catch (NsgFlowException failure) when (failure.ErrorId == "AnotherOperationInProgress" && attempt <= _tuning.MaxBusyRetries)
            {
                _verbose?.Invoke($"ARM: {failure.ServiceCode}; asking again");
                cancellation.WaitHandle.WaitOne(_tuning.BusyWait(attempt));
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private IEnumerable<ArmResource> Pages(GraphQuery query, CancellationToken cancellation)
    {
        var url = _urls.Of(GraphRequest.Path, ResourceKind.ResourceGraph.ApiVersion);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? skipToken = null;
        do
        {
            var ask = new ArmAsk(RequestMethod.Post, url, "Resource Graph", GraphRequest.Body(query, skipToken), "Asking Resource Graph");
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

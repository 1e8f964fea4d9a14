using System;
using System.Collections.Generic;
using System.Threading;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using NsgFlow.Arm;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;

namespace NsgFlow.Azure.Arm;

/// <summary>Azure Resource Manager by Azure.Core's pipeline; only reading, so far.</summary>
public sealed class ArmAdapter : IArm
{
    private readonly HttpPipeline _pipeline;
    private readonly Uri _root;

    /// <summary>Makes it; nothing is asked yet.</summary>
    public ArmAdapter(AzureConnection connection, Action<string>? verbose)
    {
        var token = new SignInCredential(connection.SignIn, verbose);
        _root = connection.Cloud.ResourceManager;
        _pipeline = HttpPipelineBuilder.Build(
            new ArmOptions(), new BearerTokenAuthenticationPolicy(token, connection.Cloud.ResourceManagerAudience.TrimEnd('/') + "/.default"));
    }

    /// <inheritdoc/>
    public ArmResource? Get(string id, string apiVersion, CancellationToken cancellation)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(new Uri(_root, id));
        message.Request.Uri.AppendQuery("api-version", apiVersion);
        try
        {
            Blocking.Wait(SendAsync(message, cancellation), cancellation);
        }
        catch (RequestFailedException failure)
        {
            throw new NsgFlowException("ArmUnavailable", $"Azure Resource Manager ({_root.Host}) cannot be reached.", "Check network and proxy.", failure);
        }

        return message.Response.Status switch
        {
            200 => new ArmResource(ArmNode.Parse(message.Response.Content.ToArray())),
            404 => null,
            _ => throw new NsgFlowException("ArmRequestFailed", $"Azure Resource Manager answered HTTP {message.Response.Status}.", string.Empty),
        };
    }

    /// <inheritdoc/>
    public IEnumerable<ArmResource> List(string path, string apiVersion, CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IEnumerable<ArmResource> Query(GraphQuery query, CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ArmResource Put(string id, string apiVersion, string body, ArmWait wait, CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public bool Delete(string id, string apiVersion, ArmWait wait, CancellationToken cancellation) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ArmNode Post(string path, string apiVersion, string? body, CancellationToken cancellation) => throw new NotSupportedException();

    private async System.Threading.Tasks.Task<bool> SendAsync(HttpMessage message, CancellationToken cancellation)
    {
        await _pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
        return true;
    }

    private sealed class ArmOptions : ClientOptions;
}

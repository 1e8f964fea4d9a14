using System;
using System.Threading;
using Azure.Core;
using Azure.Identity;

namespace NsgFlow.Azure.SignIn;

/// <summary>
/// Managed identity. Where the environment names an endpoint and its key (App Service, Functions, Container Apps, Azure Automation, Cloud Shell) we
/// ask it ourselves: one request, both headers that Automation wants, a short limit, no retries. Azure.Identity takes the kinds with
/// certificates and challenges (Service Fabric, Arc) and the metadata service, which is asked only on request.
/// </summary>
internal sealed class ManagedIdentityStep(SignInOptions options) : IdentityStep(options)
{
    private IdentityEndpoint? _endpoint;

    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.ManagedIdentity;

    /// <inheritdoc/>
    public override string Name => "managed identity";

    /// <inheritdoc/>
    protected override TimeSpan Limit => TimeSpan.FromSeconds(10);

    private bool IsRequested => Options.Method == SignInMethod.ManagedIdentity || !string.IsNullOrEmpty(Options.ManagedIdentityClientId);

    private bool NeedsLibrary => Has("IDENTITY_ENDPOINT") && (Has("IDENTITY_SERVER_THUMBPRINT") || (Has("IMDS_ENDPOINT") && !Has("IDENTITY_HEADER")));

    /// <inheritdoc/>
    public override string? Missing() =>
        IsRequested || NeedsLibrary || IdentityEndpoint.IsAnnounced(Options.Variable)
            ? null
            : "the environment names no endpoint (IDENTITY_ENDPOINT, MSI_ENDPOINT)";

    /// <inheritdoc/>
    public override SignInToken? GetToken(string resource, CancellationToken cancellation)
    {
        if (NeedsLibrary || !IdentityEndpoint.IsAnnounced(Options.Variable))
        {
            return base.GetToken(resource, cancellation);
        }

        _endpoint ??= new IdentityEndpoint(Options);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Limit);
        try
        {
            return _endpoint.GetToken(resource, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SignInStepException($"no answer within {Limit.TotalSeconds:0} s");
        }
    }

    /// <inheritdoc/>
    protected override TokenCredential CreateCredential()
    {
        var id = string.IsNullOrEmpty(Options.ManagedIdentityClientId)
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.FromUserAssignedClientId(Options.ManagedIdentityClientId);
        var credentialOptions = Prepare(new ManagedIdentityCredentialOptions(id));
        credentialOptions.Retry.MaxRetries = 0;
        return new ManagedIdentityCredential(credentialOptions);
    }

    /// <inheritdoc/>
    protected override string?[] Secrets() => [Options.Variable("IDENTITY_HEADER")];
}

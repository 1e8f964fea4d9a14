using Azure.Core;
using Azure.Identity;

namespace NsgFlow.Azure.SignIn;

/// <summary>An application's secret.</summary>
internal sealed class ClientSecretStep(SignInOptions options) : IdentityStep(options)
{
    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.ClientSecret;

    /// <inheritdoc/>
    public override string Name => "client secret";

    /// <inheritdoc/>
    public override string? Missing() => Options is { TenantId: not null, ClientId: not null, ClientSecret: not null } ? null : "none was given";

    /// <inheritdoc/>
    protected override TokenCredential CreateCredential() => new ClientSecretCredential(
        Options.TenantId,
        Options.ClientId,
        Options.ClientSecret,
        Prepare(new ClientSecretCredentialOptions { DisableInstanceDiscovery = Options.Cloud.IsCustom }));

    /// <inheritdoc/>
    protected override string?[] Secrets() => [Options.ClientSecret];
}

/// <summary>An application's certificate.</summary>
internal sealed class ClientCertificateStep(SignInOptions options) : IdentityStep(options)
{
    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.ClientCertificate;

    /// <inheritdoc/>
    public override string Name => "client certificate";

    /// <inheritdoc/>
    public override string? Missing() => Options is { TenantId: not null, ClientId: not null, ClientCertificate: not null } ? null : "none was given";

    /// <inheritdoc/>
    protected override TokenCredential CreateCredential() => new ClientCertificateCredential(
        Options.TenantId,
        Options.ClientId,
        Options.ClientCertificate,
        Prepare(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = Options.Cloud.IsCustom }));
}

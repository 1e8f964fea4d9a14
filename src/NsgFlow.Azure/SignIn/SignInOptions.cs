using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;

namespace NsgFlow.Azure.SignIn;

/// <summary>What a sign-in may use.</summary>
public sealed class SignInOptions
{
    /// <summary>A token the caller has already; it is used for every resource asked for, so it must have been issued for that one.</summary>
    public SignInToken? AccessToken { get; init; }

    /// <summary>Tokens the caller has already, by the resource that each was issued for.</summary>
    public IReadOnlyDictionary<string, SignInToken> AccessTokens { get; init; } = new Dictionary<string, SignInToken>();

    /// <summary>The application, for a secret, a certificate or workload identity.</summary>
    public string? ClientId { get; init; }

    /// <summary>The application's secret.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The application's certificate, with its private key.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>Where the token of a workload's own issuer is; null for the environment's.</summary>
    public string? FederatedTokenFile { get; init; }

    /// <summary>
    /// Asks the calling session's own login for a token of the resource given (<c>https://storage.azure.com/</c> …). Null means that there is
    /// no such login. A failure to report is a <see cref="NsgFlowException"/>; anything else it throws goes to the caller unchanged.
    /// It is called on the thread that needs the token, which may be a pool thread, and must not wait for a thread that is itself asking
    /// the same sign-in.
    /// </summary>
    public Func<string, SignInToken?>? Session { get; init; }

    /// <summary>Use this method and no other; null tries all that apply, in the order of <see cref="SignInMethod"/>.</summary>
    public SignInMethod? Method { get; init; }

    /// <summary>
    /// Client id of a user-assigned identity. Giving it, like <see cref="Method"/> = ManagedIdentity, permits asking a virtual machine's
    /// metadata service, which nothing in the environment announces and which costs seconds where there is none.
    /// </summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>The tenant of the application, or for the Azure CLI; null for the environment's or the CLI's own.</summary>
    public string? TenantId { get; init; }

    /// <summary>Whose authority issues tokens.</summary>
    public AzureCloud Cloud { get; init; } = AzureCloud.Public;

    /// <summary>Whether the caller chose <see cref="Cloud"/>, so that <c>AZURE_AUTHORITY_HOST</c> must not send tokens or secrets elsewhere.</summary>
    public bool IsCloudChosen { get; init; }

    /// <summary>Told each step, never a secret; may be called on any thread.</summary>
    public Action<string>? Verbose { get; init; }

    /// <summary>Reads an environment variable; tests put their own here.</summary>
    internal Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Replaces the network in tests.</summary>
    internal HttpPipelineTransport? Transport { get; init; }

    /// <summary>The clock.</summary>
    internal Func<DateTimeOffset> Now { get; init; } = static () => DateTimeOffset.UtcNow;
}

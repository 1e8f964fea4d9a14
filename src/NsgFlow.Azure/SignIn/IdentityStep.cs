using System;
using System.IO;
using System.Threading;
using Azure.Core;
using Azure.Identity;

namespace NsgFlow.Azure.SignIn;

/// <summary>A way for which Azure.Identity has a credential: made once, asked with a time limit, its failure reduced to one safe line.</summary>
internal abstract class IdentityStep(SignInOptions options) : SignInStep
{
    private TokenCredential? _credential;

    /// <summary>What the caller and the environment gave.</summary>
    protected SignInOptions Options { get; } = options;

    /// <summary>How long one attempt may take.</summary>
    protected virtual TimeSpan Limit => TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override SignInToken? GetToken(string resource, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(Limit);
        try
        {
            _credential ??= CreateCredential();
            var scope = resource.TrimEnd('/') + "/.default";
            var token = _credential.GetToken(new TokenRequestContext([scope]), limited.Token);
            return new SignInToken(token.Token, token.ExpiresOn);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SignInStepException($"no answer within {Limit.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is AuthenticationFailedException or InvalidOperationException or IOException or ArgumentException)
        {
            throw new SignInStepException(SafeText.FirstLine(failure.Message, Secrets()));
        }
    }

    /// <summary>Makes the credential.</summary>
    protected abstract TokenCredential CreateCredential();

    /// <summary>Values that must not appear in a message.</summary>
    protected virtual string?[] Secrets() => [];

    /// <summary>Applies what all credentials have in common.</summary>
    protected T Prepare<T>(T options)
        where T : TokenCredentialOptions
    {
        // AZURE_AUTHORITY_HOST stays in force unless a cloud was chosen.
        if (Options.Cloud != AzureCloud.Public)
        {
            options.AuthorityHost = Options.Cloud.AuthorityHost;
        }

        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        if (Options.Transport is not null)
        {
            options.Transport = Options.Transport;
        }

        return options;
    }

    /// <summary>Whether an environment variable has a value.</summary>
    protected bool Has(string name) => !string.IsNullOrEmpty(Options.Variable(name));
}

/// <summary>Service principal in the environment.</summary>
internal sealed class EnvironmentStep(SignInOptions options) : IdentityStep(options)
{
    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.Environment;

    /// <inheritdoc/>
    public override string Name => "environment";

    /// <inheritdoc/>
    public override string? Missing() =>
        Has("AZURE_TENANT_ID") && Has("AZURE_CLIENT_ID") && (Has("AZURE_CLIENT_SECRET") || Has("AZURE_CLIENT_CERTIFICATE_PATH"))
            ? null
            : "AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH are not all set";

    /// <inheritdoc/>
    protected override TokenCredential CreateCredential() => new EnvironmentCredential(Prepare(new TokenCredentialOptions()));

    /// <inheritdoc/>
    protected override string?[] Secrets() => [Options.Variable("AZURE_CLIENT_SECRET"), Options.Variable("AZURE_CLIENT_CERTIFICATE_PASSWORD")];
}

/// <summary>Workload identity federation.</summary>
internal sealed class WorkloadStep(SignInOptions options) : IdentityStep(options)
{
    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.WorkloadIdentity;

    /// <inheritdoc/>
    public override string Name => "workload identity";

    /// <inheritdoc/>
    public override string? Missing() =>
        Has("AZURE_FEDERATED_TOKEN_FILE") && Has("AZURE_CLIENT_ID") && Has("AZURE_TENANT_ID")
            ? null
            : "AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_ID and AZURE_TENANT_ID are not all set";

    /// <inheritdoc/>
    protected override TokenCredential CreateCredential() => new WorkloadIdentityCredential(Prepare(new WorkloadIdentityCredentialOptions()));
}

/// <summary>The Azure CLI's login.</summary>
internal sealed class CliStep(SignInOptions options) : IdentityStep(options)
{
    private static readonly string[] s_names = Path.DirectorySeparatorChar == '\\' ? ["az.cmd", "az.exe"] : ["az"];

    /// <inheritdoc/>
    public override SignInMethod Method => SignInMethod.AzureCli;

    /// <inheritdoc/>
    public override string Name => "Azure CLI";

    /// <inheritdoc/>
    public override string? Missing()
    {
        foreach (var folder in (Options.Variable("PATH") ?? string.Empty).Split(Path.PathSeparator))
        {
            foreach (var name in s_names)
            {
                // A folder with characters that no path may have is legal in PATH; File.Exists answers false for it.
                if (folder.Length > 0 && folder.IndexOfAny(Path.GetInvalidPathChars()) < 0 && File.Exists(Path.Combine(folder, name)))
                {
                    return null;
                }
            }
        }

        return "az is not in PATH";
    }

    /// <inheritdoc/>
    protected override TokenCredential CreateCredential() => new AzureCliCredential(Prepare(new AzureCliCredentialOptions
    {
        TenantId = Options.TenantId,
        ProcessTimeout = TimeSpan.FromSeconds(15),
    }));
}

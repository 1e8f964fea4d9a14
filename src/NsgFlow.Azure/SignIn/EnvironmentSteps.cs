using System;
using System.IO;
using Azure.Core;
using Azure.Identity;

namespace NsgFlow.Azure.SignIn;

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
    protected override TokenCredential CreateCredential() => new EnvironmentCredential(Prepare(new EnvironmentCredentialOptions
    {
        DisableInstanceDiscovery = Options.Cloud.IsCustom,
    }));

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
        Or(Options.FederatedTokenFile, "AZURE_FEDERATED_TOKEN_FILE") is not null && Or(Options.ClientId, "AZURE_CLIENT_ID") is not null
            && Or(Options.TenantId, "AZURE_TENANT_ID") is not null
            ? null
            : "AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_ID and AZURE_TENANT_ID are not all set";

    /// <inheritdoc/>
    protected override TokenCredential CreateCredential() => new WorkloadIdentityCredential(Prepare(new WorkloadIdentityCredentialOptions
    {
        TokenFilePath = Or(Options.FederatedTokenFile, "AZURE_FEDERATED_TOKEN_FILE"),
        ClientId = Or(Options.ClientId, "AZURE_CLIENT_ID"),
        TenantId = Or(Options.TenantId, "AZURE_TENANT_ID"),
        DisableInstanceDiscovery = Options.Cloud.IsCustom,
    }));

    private string? Or(string? given, string name) => !string.IsNullOrEmpty(given) ? given : Has(name) ? Options.Variable(name) : null;
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

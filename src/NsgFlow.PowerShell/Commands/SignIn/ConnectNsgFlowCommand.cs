using System;
using System.Management.Automation;
using System.Security;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Signs in to Azure for the cmdlets of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "NsgFlow", DefaultParameterSetName = ConnectSets.Find)]
[OutputType(typeof(AzureContext))]
public sealed class ConnectNsgFlowCommand : AzureCmdlet
{
    /// <summary>An Entra access token for Azure Resource Manager.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.AccessToken)]
    [SecretTransformation]
    [ValidateSecret]
    public SecureString? AccessToken { get; set; }

    /// <summary>An Entra access token for Azure Storage.</summary>
    [Parameter(ParameterSetName = ConnectSets.AccessToken)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.StorageToken)]
    [SecretTransformation]
    [ValidateSecret]
    public SecureString? StorageAccessToken { get; set; }

    /// <summary>An Entra access token for Log Analytics.</summary>
    [Parameter(ParameterSetName = ConnectSets.AccessToken)]
    [Parameter(ParameterSetName = ConnectSets.StorageToken)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.LogAnalyticsToken)]
    [SecretTransformation]
    [ValidateSecret]
    public SecureString? LogAnalyticsAccessToken { get; set; }

    /// <summary>The tenant, by id or domain.</summary>
    [Parameter(ParameterSetName = ConnectSets.Find)]
    [Parameter(ParameterSetName = ConnectSets.AzContext)]
    [Parameter(ParameterSetName = ConnectSets.AzureCli)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.ClientSecret)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.Credential)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.CertificateFile)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.CertificateStore)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.FederatedToken)]
    [Alias("Tenant")]
    [ValidateNotNullOrEmpty]
    public string? TenantId { get; set; }

    /// <summary>The application, or a user-assigned managed identity.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.ClientSecret)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.CertificateFile)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.CertificateStore)]
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.FederatedToken)]
    [Parameter(ParameterSetName = ConnectSets.Identity)]
    [Alias("ApplicationId", "AccountId")]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>The application's secret.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.ClientSecret)]
    [SecretTransformation]
    [ValidateSecret]
    public SecureString? ClientSecret { get; set; }

    /// <summary>The application's id as user name, and its secret as password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.Credential)]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>A PFX or PEM file with the application's certificate and its private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.CertificateFile)]
    [ValidateNotNullOrEmpty]
    public string? CertificatePath { get; set; }

    /// <summary>The password of that file.</summary>
    [Parameter(ParameterSetName = ConnectSets.CertificateFile)]
    [SecretTransformation]
    [ValidateSecret]
    public SecureString? CertificatePassword { get; set; }

    /// <summary>The thumbprint of the application's certificate in the store of the user or the machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.CertificateStore)]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>Use the managed identity of this machine, container or Automation account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.Identity)]
    public SwitchParameter Identity { get; set; }

    /// <summary>Use the session's Az login, and no other.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.AzContext)]
    public SwitchParameter UseAzContext { get; set; }

    /// <summary>Use the login of the Azure CLI, and no other.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.AzureCli)]
    public SwitchParameter UseAzureCli { get; set; }

    /// <summary>A file with the token of a workload's own issuer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ConnectSets.FederatedToken)]
    [ValidateNotNullOrEmpty]
    public string? FederatedTokenFile { get; set; }

    /// <summary>Subscriptions that the cmdlets look at when they are not told which.</summary>
    [Parameter]
    [Alias("Subscription")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] SubscriptionId { get; set; } = [];

    /// <summary>The cloud: AzureCloud, AzureUSGovernment or AzureChinaCloud; or the name of a custom one.</summary>
    [Parameter]
    [Alias("EnvironmentName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    public string? Environment { get; set; }

    /// <summary>Azure Resource Manager of a custom cloud.</summary>
    [Parameter]
    [Alias("ARMEndpoint")]
    [ValidateNotNullOrEmpty]
    public string? ResourceManagerUrl { get; set; }

    /// <summary>Where tokens of a custom cloud come from.</summary>
    [Parameter]
    [Alias("ActiveDirectoryEndpoint")]
    [ValidateNotNullOrEmpty]
    public string? AuthorityUrl { get; set; }

    /// <summary>What follows {account}.blob. in a custom cloud.</summary>
    [Parameter]
    [Alias("StorageEndpointSuffix")]
    [ValidateNotNullOrEmpty]
    public string? StorageSuffix { get; set; }

    /// <summary>The query service of Log Analytics in a custom cloud.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogAnalyticsUrl { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var access = ConnectionMaker.Make(this);
            var context = access.Describe(isConnected: true, Say, Cancellation);
            AzureState.Current.Connect(access);
            WriteObject(context);
        }
        catch (NsgFlowException e)
        {
            // What was signed in before stays: nothing is half done.
            ThrowTerminatingError(FlowErrors.Failure(e, Target));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
    }

    // Whatever was given that is no secret.
    private string? Target => CertificatePath ?? CertificateThumbprint ?? FederatedTokenFile ?? ClientId ?? Credential?.UserName ?? TenantId ?? ResourceManagerUrl ?? Environment;
}

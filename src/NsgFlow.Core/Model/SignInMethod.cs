namespace NsgFlow;

/// <summary>How a token was, or is to be, obtained. What nobody asked for by name is tried in this order.</summary>
public enum SignInMethod
{
    /// <summary>A token that the caller gave.</summary>
    AccessToken,

    /// <summary>A service principal's secret that the caller gave.</summary>
    ClientSecret,

    /// <summary>A service principal's certificate that the caller gave.</summary>
    ClientCertificate,

    /// <summary>The login of the session that calls (the PowerShell layer asks Az for it).</summary>
    Session,

    /// <summary>Managed identity of the machine, container or Automation account.</summary>
    ManagedIdentity,

    /// <summary><c>AZURE_TENANT_ID</c>, <c>AZURE_CLIENT_ID</c> and a secret or certificate in the environment.</summary>
    Environment,

    /// <summary>Workload identity federation (<c>AZURE_FEDERATED_TOKEN_FILE</c>), as in AKS.</summary>
    WorkloadIdentity,

    /// <summary>The login of the Azure CLI.</summary>
    AzureCli,
}

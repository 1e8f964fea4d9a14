namespace NsgFlow.PowerShell.Commands;

/// <summary>Ways to sign in, as parameter sets of Connect-NsgFlow.</summary>
internal static class ConnectSets
{
    public const string Find = "Find";
    public const string AccessToken = "AccessToken";
    public const string StorageToken = "StorageToken";
    public const string LogAnalyticsToken = "LogAnalyticsToken";
    public const string ClientSecret = "ClientSecret";
    public const string Credential = "Credential";
    public const string CertificateFile = "CertificateFile";
    public const string CertificateStore = "CertificateStore";
    public const string Identity = "Identity";
    public const string AzContext = "AzContext";
    public const string AzureCli = "AzureCli";
    public const string FederatedToken = "FederatedToken";
}

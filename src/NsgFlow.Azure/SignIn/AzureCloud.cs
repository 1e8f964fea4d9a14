using System;
using System.Collections.Generic;

namespace NsgFlow.Azure.SignIn;

/// <summary>One of Azure's clouds: where its services are, and who issues tokens for them.</summary>
public sealed class AzureCloud
{
    private AzureCloud(
        string name, Uri resourceManager, Uri authorityHost, string storageSuffix, Uri logAnalytics, string? resourceManagerAudience = null, string? logAnalyticsAudience = null)
    {
        Name = name;
        ResourceManager = resourceManager;
        AuthorityHost = authorityHost;
        StorageSuffix = storageSuffix;
        LogAnalytics = logAnalytics;
        ResourceManagerAudience = resourceManagerAudience ?? resourceManager.AbsoluteUri;
        LogAnalyticsAudience = logAnalyticsAudience ?? AudienceOf(logAnalytics);
    }

    /// <summary>Azure itself.</summary>
    public static AzureCloud Public { get; } =
        Known("AzureCloud", "https://management.azure.com/", "https://login.microsoftonline.com/", "core.windows.net", "https://api.loganalytics.io/");

    /// <summary>Azure Government.</summary>
    public static AzureCloud UsGovernment { get; } = Known(
        "AzureUSGovernment", "https://management.usgovcloudapi.net/", "https://login.microsoftonline.us/", "core.usgovcloudapi.net", "https://api.loganalytics.us/");

    /// <summary>Azure operated by 21Vianet.</summary>
    public static AzureCloud China { get; } = Known(
        "AzureChinaCloud", "https://management.chinacloudapi.cn/", "https://login.chinacloudapi.cn/", "core.chinacloudapi.cn", "https://api.loganalytics.azure.cn/");

    /// <summary>All that Microsoft or its partner runs.</summary>
    public static IReadOnlyList<AzureCloud> All { get; } = [Public, UsGovernment, China];

    /// <summary>The name Az and the Azure CLI use (<c>AzureCloud</c>, <c>AzureUSGovernment</c>, <c>AzureChinaCloud</c>).</summary>
    public string Name { get; }

    /// <summary>Azure Resource Manager.</summary>
    public Uri ResourceManager { get; }

    /// <summary>What tokens for Azure Resource Manager are issued for.</summary>
    public string ResourceManagerAudience { get; }

    /// <summary>Where tokens come from.</summary>
    public Uri AuthorityHost { get; }

    /// <summary>What follows <c>{account}.blob.</c>.</summary>
    public string StorageSuffix { get; }

    /// <summary>The query service of Log Analytics.</summary>
    public Uri LogAnalytics { get; }

    /// <summary>What tokens for Log Analytics are issued for.</summary>
    public string LogAnalyticsAudience { get; }

    /// <summary>Whether it is none of <see cref="All"/>; Entra's list of authorities then does not know it.</summary>
    public bool IsCustom => !Contains(this);

    /// <summary>A cloud with endpoints of its own, such as Azure Stack Hub; what is not given is as in <see cref="Public"/>.</summary>
    /// <param name="name">Its name; not one of <see cref="All"/>.</param>
    /// <param name="resourceManager">Azure Resource Manager's URL.</param>
    /// <param name="authority">Where tokens come from; null for Azure's own.</param>
    /// <param name="storageSuffix">What follows <c>{account}.blob.</c>; null for Azure's own.</param>
    /// <param name="logAnalytics">The query service's URL; null for Azure's own.</param>
    /// <param name="resourceManagerAudience">What tokens for ARM are issued for; null for its URL.</param>
    /// <param name="logAnalyticsAudience">What tokens for Log Analytics are issued for; null for its URL.</param>
    /// <exception cref="NsgFlowException"><c>EnvironmentInvalid</c>: a URL is none, or not https; the name is taken.</exception>
    public static AzureCloud Custom(
        string name,
        string resourceManager,
        string? authority = null,
        string? storageSuffix = null,
        string? logAnalytics = null,
        string? resourceManagerAudience = null,
        string? logAnalyticsAudience = null)
    {
        if (Find(name) is not null)
        {
            throw Invalid($"'{name}' is the name of one of Azure's own clouds, whose endpoints are fixed.", "Give the custom cloud another name, or leave its URLs out.");
        }

        return new AzureCloud(
            name,
            CheckUrl(resourceManager, "Azure Resource Manager"),
            authority is null ? Public.AuthorityHost : CheckUrl(authority, "the authority"),
            storageSuffix is null ? Public.StorageSuffix : CheckSuffix(storageSuffix),
            logAnalytics is null ? Public.LogAnalytics : CheckUrl(logAnalytics, "Log Analytics"),
            resourceManagerAudience,
            logAnalyticsAudience);
    }

    /// <summary>The cloud of that name, compared without case; null when there is none.</summary>
    public static AzureCloud? Find(string? name) => First(cloud => string.Equals(cloud.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The cloud whose tokens come from there (<c>AZURE_AUTHORITY_HOST</c>); null when there is none.</summary>
    public static AzureCloud? OfAuthority(string? authority) => Uri.TryCreate(authority, UriKind.Absolute, out var url)
        ? First(cloud => string.Equals(cloud.AuthorityHost.Host, url.Host, StringComparison.OrdinalIgnoreCase))
        : null;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static AzureCloud Known(string name, string resourceManager, string authority, string storageSuffix, string logAnalytics) =>
        new(name, new Uri(resourceManager), new Uri(authority), storageSuffix, new Uri(logAnalytics));

    // The host without the version that Az's environments have in the address; the newer of Azure's two hosts takes tokens for the older one.
    private static string AudienceOf(Uri logAnalytics) => logAnalytics.Host.Equals("api.loganalytics.azure.com", StringComparison.OrdinalIgnoreCase)
        ? "https://api.loganalytics.io/"
        : logAnalytics.GetLeftPart(UriPartial.Authority) + "/";

    private static AzureCloud? First(Func<AzureCloud, bool> isIt)
    {
        foreach (var cloud in All)
        {
            if (isIt(cloud))
            {
                return cloud;
            }
        }

        return null;
    }

    private static bool Contains(AzureCloud cloud) => First(known => ReferenceEquals(known, cloud)) is not null;

    // Tokens go there, so plain http is refused even on this machine, as the SDK does.
    private static Uri CheckUrl(string text, string what)
    {
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps || url.UserInfo.Length > 0 || url.Query.Length > 0)
        {
            throw Invalid($"The URL of {what} is no https URL of a host.", "Give it like https://management.example.com.");
        }

        return url.AbsoluteUri.EndsWith("/", StringComparison.Ordinal) ? url : new Uri(url.AbsoluteUri + "/");
    }

    private static string CheckSuffix(string text)
    {
        var suffix = text.Trim().Trim('.');
        return Uri.CheckHostName(suffix.Split(':')[0]) == UriHostNameType.Unknown
            ? throw Invalid("The storage suffix is no host name.", "Give it like core.windows.net.")
            : suffix;
    }

    private static NsgFlowException Invalid(string message, string action) => new("EnvironmentInvalid", message, action);
}

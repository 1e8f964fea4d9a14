using System;
using System.Collections.Generic;

namespace NsgFlow.Azure.SignIn;

/// <summary>One of Azure's clouds: where accounts are and who issues tokens.</summary>
public sealed class AzureCloud
{
    private AzureCloud(string name, string storageSuffix, string authorityHost)
    {
        Name = name;
        StorageSuffix = storageSuffix;
        AuthorityHost = new Uri(authorityHost);
    }

    /// <summary>Azure itself.</summary>
    public static AzureCloud Public { get; } = new("AzureCloud", "core.windows.net", "https://login.microsoftonline.com/");

    /// <summary>Azure Government.</summary>
    public static AzureCloud UsGovernment { get; } = new("AzureUSGovernment", "core.usgovcloudapi.net", "https://login.microsoftonline.us/");

    /// <summary>Azure operated by 21Vianet.</summary>
    public static AzureCloud China { get; } = new("AzureChinaCloud", "core.chinacloudapi.cn", "https://login.chinacloudapi.cn/");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AzureCloud> All { get; } = [Public, UsGovernment, China];

    /// <summary>The name Az and the Azure CLI use (<c>AzureCloud</c>, <c>AzureUSGovernment</c>, <c>AzureChinaCloud</c>).</summary>
    public string Name { get; }

    /// <summary>What follows <c>{account}.blob.</c>.</summary>
    public string StorageSuffix { get; }

    /// <summary>Where tokens come from.</summary>
    public Uri AuthorityHost { get; }

    /// <summary>The cloud of that name, compared without case; null when there is none.</summary>
    public static AzureCloud? Find(string name)
    {
        foreach (var cloud in All)
        {
            if (string.Equals(cloud.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return cloud;
            }
        }

        return null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

using System.Text;

namespace NsgFlow.Samples;

/// <summary>The rules of the sample's network security group.</summary>
internal enum SampleRule
{
    InternetOut,
    VnetOut,
    VnetIn,
    LoadBalancerIn,
    DenyAllIn,
    Ingress,
    Ssh,
    DenyRdp,
    DenySmtp,

    /// <summary>Not the group's but the platform's; VNet flow logs only.</summary>
    Platform,
}

/// <summary>Their names as logs write them.</summary>
internal static class SampleRules
{
    private static readonly byte[][] _names =
    [
        Ascii("DefaultRule_AllowInternetOutBound"),
        Ascii("DefaultRule_AllowVnetOutBound"),
        Ascii("DefaultRule_AllowVnetInBound"),
        Ascii("DefaultRule_AllowAzureLoadBalancerInBound"),
        Ascii("DefaultRule_DenyAllInBound"),
        Ascii("UserRule_k8s-azure-lb_allow_IPv4_556f7044ec033071ec0dfcf7cd85bc93"),
        Ascii("UserRule_AllowSshFromOffice"),
        Ascii("UserRule_DenyRdpFromInternet"),
        Ascii("UserRule_DenySmtpOutBound"),
        Ascii("PlatformRule"),
    ];

    public const int Count = (int)SampleRule.Platform + 1;

    public static byte[] Name(int rule) => _names[rule];

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NsgFlow.Bench.Data;

/// <summary>
/// The addresses of made sessions. Pods are what the network interface serves: they are the sources of outbound flows and the destinations of
/// inbound ones, so that no flow is captured twice.
/// </summary>
internal static class SessionHosts
{
    public const int Pods = 60;
    public const int Peers = 1500;
    public const int Clients = 2000;
    public const int Scanners = 3000;
    public const int Services = 3000;

    /// <summary>First bytes of public addresses that the made service tags cover in part.</summary>
    public static readonly int[] AzureFirst = [13, 20, 40, 51, 52, 104];

    private static readonly int[] _scannerFirst = [45, 61, 80, 94, 118, 185, 193, 222];

    /// <summary>Pods, peers in the same network, clients in the internet, those who are denied, and public services, in this order.</summary>
    public static byte[][] All { get; } = [.. Make().Select(Encoding.ASCII.GetBytes)];

    /// <summary>The addresses of the internet that are only ever denied.</summary>
    public static IEnumerable<string> ScannerAddresses => Enumerable.Range(0, Scanners).Select(Scanner);

    private static IEnumerable<string> Make() =>
    [
        .. Enumerable.Range(1, Pods).Select(i => Text(10, 240, 0, i)),
        .. Enumerable.Range(0, Peers).Select(i => Text(10, 240, 1 + (i >> 8), i & 255)),
        .. Enumerable.Range(0, Clients).Select(i => Text(78 + (i % 12), i * 7 % 256, i >> 8, i & 255)),
        .. ScannerAddresses,
        .. Enumerable.Range(0, Services).Select(i => Text(AzureFirst[i % AzureFirst.Length], i * 37 % 256, i * 11 % 251, i & 255)),
    ];

    private static string Scanner(int i) => Text(_scannerFirst[i % _scannerFirst.Length], i * 13 % 256, i >> 8, i & 255);

    private static string Text(int first, int second, int third, int fourth) =>
        string.Create(CultureInfo.InvariantCulture, $"{first}.{second}.{third}.{fourth}");
}

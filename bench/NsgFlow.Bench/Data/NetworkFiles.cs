using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace NsgFlow.Bench.Data;

/// <summary>Files that say whose the addresses of made sessions are: service tags of 100,000 prefixes, a threat list, an inventory.</summary>
internal static class NetworkFiles
{
    private const int Regions = 50;
    private const int Services = 50;

    /// <summary>In the form in which Microsoft publishes it: AzureCloud, its regions, services. All prefixes together are 100,000.</summary>
    public static string ServiceTags() => Make("service-tags.json", random =>
    {
        var tags = new List<object> { Tag("AzureCloud", string.Empty, string.Empty, 10_000, 16, 20) };
        for (var i = 0; i < Regions; i++)
            tags.Add(Tag($"AzureCloud.region{i}", $"region{i}", string.Empty, 800, 20, 24));
        for (var i = 0; i < Services; i++)
            tags.Add(Tag($"Service{i}", string.Empty, $"Service{i}", 1000, 24, 32));
        return JsonSerializer.Serialize(new { changeNumber = 1, cloud = "Public", values = tags });

        object Tag(string name, string region, string service, int count, int shortest, int longest) => new
        {
            name,
            id = name,
            properties = new
            {
                changeNumber = 1,
                region,
                regionId = 0,
                platform = "Azure",
                systemService = service,
                addressPrefixes = Enumerable.Range(0, count).Select(_ => Prefix(random, SessionHosts.AzureFirst, shortest, longest)).ToList(),
            },
        };
    });

    /// <summary>Every second of those who are denied, and 5,000 networks.</summary>
    public static string Threats() => Make("threats.netset", random => string.Join('\n',
        SessionHosts.ScannerAddresses.Where((_, i) => i % 2 == 0).Concat(Enumerable.Range(0, 5000).Select(_ => Prefix(random, [31, 46, 62, 91], 22, 30)))) + "\n");

    /// <summary>The virtual network of pods and peers.</summary>
    public static string Inventory() => Make("inventory.json", _ => """
        { "virtualNetworks": [ { "name": "aks-vnet", "location": "westeurope", "addressPrefixes": ["10.240.0.0/16"],
            "subnets": [ { "name": "aks-subnet", "addressPrefixes": ["10.240.0.0/16"] } ] } ] }
        """);

    private static string Make(string name, Func<Numbers, string> text)
    {
        var path = Path.Combine(BenchData.Folder, name);
        File.WriteAllText(path, text(new Numbers()));
        return path;
    }

    private static string Prefix(Numbers random, int[] first, int shortest, int longest)
    {
        var length = shortest + random.Below(longest - shortest + 1);
        var address = ((uint)first[random.Below(first.Length)] << 24 | (uint)random.Below(1 << 24)) & (uint.MaxValue << (32 - length));
        return string.Create(CultureInfo.InvariantCulture, $"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}/{length}");
    }

    // A class around the struct, which functions that share it would copy.
    private sealed class Numbers
    {
        private LogRandom _random = new(11);

        public int Below(int limit) => _random.Below(limit);
    }
}

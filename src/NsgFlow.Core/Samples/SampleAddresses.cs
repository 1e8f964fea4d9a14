using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NsgFlow.Samples;

/// <summary>Which remote addresses a kind of traffic meets.</summary>
internal enum AddressPool
{
    /// <summary>Services in Azure's public ranges.</summary>
    Services,
    Registries,
    ApiServer,
    Platform,
    TimeServers,

    /// <summary>Users on the internet, from ranges kept for documentation and benchmarks, so that nobody real is named.</summary>
    Clients,

    /// <summary>Those who scan, from a range kept for documentation.</summary>
    Scanners,
    Office,

    /// <summary>Machines of the same virtual network that have no log in the sample.</summary>
    Neighbours,
    OnPremises,
    ServicesV6,
}

/// <summary>All addresses of a sample as text with a number. Every text occurs once, so numbers are as distinct as addresses.</summary>
internal sealed class SampleAddresses
{
    /// <summary>Numbers kept for a network interface: the node, 30 pods, and one IPv6 address.</summary>
    public const int PerNic = 32;

    /// <summary>IPv4 addresses of a network interface.</summary>
    public const int V4PerNic = 31;

    private readonly List<byte[]> _texts = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly int[] _first;
    private readonly int[] _count;

    public SampleAddresses(int seed, int nics)
    {
        for (var nic = 0; nic < nics; nic++)
        {
            for (var i = 0; i < V4PerNic; i++)
            {
                var host = 4 + (nic * V4PerNic) + i;
                Add(V4(10, 224, host >> 8, host & 255));
            }

            Add("2001:db8:a::" + (nic + 4).ToString("x", CultureInfo.InvariantCulture));
        }

        var pools = (int)AddressPool.ServicesV6 + 1;
        _first = new int[pools];
        _count = new int[pools];
        var random = new SampleRandom(seed, SampleRandomUse.Addresses);
        Fill(AddressPool.Services, 512, _ => AzureAddress(random));
        Fill(AddressPool.Registries, 16, _ => V4(20, 60, 4 + random.Next(200), 1 + random.Next(254)));
        Fill(AddressPool.ApiServer, 1, _ => V4(20, 8, random.Next(256), 1 + random.Next(254)));
        Fill(AddressPool.Platform, 1, _ => "168.63.129.16");
        Fill(AddressPool.TimeServers, 4, i => i == 0 ? "40.119.6.228" : AzureAddress(random));
        Fill(AddressPool.Clients, 4096, i => i < 250
            ? V4(203, 0, 113, i + 1)
            : V4(198, 18 + random.Next(2), random.Next(256), 1 + random.Next(254)));
        Fill(AddressPool.Scanners, 240, i => V4(192, 0, 2, i + 1));
        Fill(AddressPool.Office, 4, i => V4(198, 51, 100, 10 + i));
        Fill(AddressPool.Neighbours, 32, i => V4(10, 224, 240, 4 + i));
        Fill(AddressPool.OnPremises, 16, i => V4(10, 60, 1, 20 + i));
        Fill(AddressPool.ServicesV6, 32, i => "2001:db8:c0de::" + (i + 1).ToString("x", CultureInfo.InvariantCulture));
    }

    /// <summary>The address as text.</summary>
    public byte[] Text(int number) => _texts[number];

    /// <summary>Number of a network interface's address; <see cref="V4PerNic"/> is its IPv6 address.</summary>
    public static int OfNic(int nic, int index) => (nic * PerNic) + index;

    /// <summary>An address of a pool; the first ones are met most.</summary>
    public int Pick(AddressPool pool, SampleRandom random) => _first[(int)pool] + random.Next(1 + random.Next(_count[(int)pool]));

    /// <summary>The one address of a pool that is met most.</summary>
    public int First(AddressPool pool) => _first[(int)pool];

    private static string AzureAddress(SampleRandom random) => V4(
        random.Next(4) switch { 0 => 13, 1 => 20, 2 => 40, _ => 52 },
        64 + random.Next(64),
        random.Next(256),
        1 + random.Next(254));

    private static string V4(int a, int b, int c, int d) => string.Format(CultureInfo.InvariantCulture, "{0}.{1}.{2}.{3}", a, b, c, d);

    private void Fill(AddressPool pool, int count, Func<int, string> make)
    {
        _first[(int)pool] = _texts.Count;
        _count[(int)pool] = count;
        for (var i = 0; i < count; i++)
        {
            while (!Add(make(i)))
            {
                // Drawn twice: draw again.
            }
        }
    }

    private bool Add(string text)
    {
        if (!_known.Add(text))
        {
            return false;
        }

        _texts.Add(Encoding.ASCII.GetBytes(text));
        return true;
    }
}

using System;

namespace NsgFlow.Samples;

/// <summary>What sample to make. The same options give the same bytes, on every machine, culture and framework.</summary>
public sealed class FlowSampleOptions
{
    /// <summary>The most network interfaces: with 31 addresses each they still fit the sample's /16.</summary>
    public const int MostNics = 1000;

    /// <summary>The most hours: a year.</summary>
    public const int MostHours = 8784;

    /// <summary>The most tuples a minute: about 80 MB a block, near what Azure takes.</summary>
    public const int MostTuplesPerMinute = 1_000_000;

    /// <summary>Start of the random numbers; another seed gives other traffic.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Hours, hence blobs of each network interface.</summary>
    public int Hours { get; init; } = 2;

    /// <summary>Number of network interfaces.</summary>
    public int Nic { get; init; } = 2;

    /// <summary>Tuples a minute that each network interface logs on average.</summary>
    public int TuplesPerMinute { get; init; } = 100;

    /// <summary>The log format.</summary>
    public FlowSampleFormat Format { get; init; } = FlowSampleFormat.Nsg2;

    /// <summary>Whose traffic.</summary>
    public FlowSampleScenario Scenario { get; init; } = FlowSampleScenario.Mixed;

    /// <summary>Start of the first hour. Local time is converted; a time of unspecified kind is taken as UTC.</summary>
    public DateTime StartTime { get; init; } = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Name of the network security group.</summary>
    public string Nsg { get; init; } = "aks-agentpool-12345678-nsg";

    /// <summary>Name of the virtual network, the target of a VNet flow log.</summary>
    public string VirtualNetwork { get; init; } = "aks-vnet-12345678";

    /// <summary>Resource group of both.</summary>
    public string ResourceGroup { get; init; } = "MC_shop_prod_westeurope";

    /// <summary>Subscription; the default exists nowhere.</summary>
    public Guid SubscriptionId { get; init; } = new("5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07");

    internal DateTime StartUtc => StartTime.Kind == DateTimeKind.Local
        ? StartTime.ToUniversalTime()
        : DateTime.SpecifyKind(StartTime, DateTimeKind.Utc);

    /// <summary>Throws for what cannot be made.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number, time or enumeration value is out of its range.</exception>
    /// <exception cref="ArgumentException">A name is empty, too long, or has characters that Azure does not allow.</exception>
    internal void Validate()
    {
        Range(Hours, 1, MostHours, nameof(Hours));
        Range(Nic, 1, MostNics, nameof(Nic));
        Range(TuplesPerMinute, 1, MostTuplesPerMinute, nameof(TuplesPerMinute));
        Range((int)Format, 0, (int)FlowSampleFormat.VNet4, nameof(Format));
        Range((int)Scenario, 0, (int)FlowSampleScenario.Quiet, nameof(Scenario));
        Name(Nsg, 80, nameof(Nsg));
        Name(VirtualNetwork, 64, nameof(VirtualNetwork));
        Name(ResourceGroup, 90, nameof(ResourceGroup));

        // Seconds since 1970 have ten digits from September 2001 to November 2286, as in every real log.
        var start = StartUtc;
        if (start.Ticks % TimeSpan.TicksPerHour != 0 || start.Year is < 2002 or > 2284)
        {
            throw new ArgumentOutOfRangeException(
                nameof(StartTime),
                StartTime,
                "StartTime must be a whole hour (UTC) in the years 2002 to 2284.");
        }
    }

    private static void Range(int value, int least, int most, string name)
    {
        if (value < least || value > most)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be {least} to {most}."));
        }
    }

    private static void Name(string value, int longest, string name)
    {
        if (string.IsNullOrEmpty(value) || value.Length > longest || value[value.Length - 1] == '.')
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{name} must have 1 to {longest} characters and not end in a dot."),
                name);
        }

        foreach (var c in value)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')
                or '-' or '_' or '.' or '(' or ')'))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{name} may have letters a to z, digits, and - _ . ( ) only."),
                    name);
            }
        }
    }
}

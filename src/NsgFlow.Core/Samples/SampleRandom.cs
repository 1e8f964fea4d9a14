namespace NsgFlow.Samples;

/// <summary>
/// SplitMix64. Our own, since <see cref="System.Random"/> differs between frameworks; whole numbers only, since floating point
/// functions do too.
/// </summary>
internal sealed class SampleRandom
{
    private ulong _state;

    /// <summary>One of a seed's independent streams.</summary>
    public SampleRandom(int seed, SampleRandomUse use, int part = 0) =>
        _state = Mix(Mix(Mix((uint)seed) + (uint)use) + (uint)part);

    public ulong Next() => Mix(_state += 0x9E37_79B9_7F4A_7C15);

    /// <summary>0 up to, not including, the bound.</summary>
    public int Next(int bound) => (int)(((Next() >> 32) * (uint)bound) >> 32);

    /// <summary>Small numbers often, large ones rarely: 0 up to, not including, 2 to the power of <paramref name="bits"/>.</summary>
    public int Skewed(int bits) => Next(1 << Next(bits + 1));

    /// <summary>Scatters bits; one to one, so distinct numbers stay distinct.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What a stream of random numbers is for.</summary>
internal enum SampleRandomUse
{
    Macs = 1,
    Addresses = 2,
    Nic = 3,
    OwnTraffic = 4,
    SharedTraffic = 5,
    Guids = 6,
}

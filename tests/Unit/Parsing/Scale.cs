using System;

namespace NsgFlow.Unit.Parsing;

/// <summary>How much of the heavy tests is run: all of it on .NET, a twentieth under Mono.</summary>
public static class Scale
{
    private static readonly bool _mono = Type.GetType("Mono.Runtime") is not null;

    /// <summary>Added to every seed of the random tests, for a search beyond the fixed ones: NSGFLOW_TEST_SEED=1000 dotnet test ….</summary>
    private static readonly ulong _seedOffset = ulong.TryParse(Environment.GetEnvironmentVariable("NSGFLOW_TEST_SEED"), out var offset) ? offset : 0;

    public static TestRandom Random(int seed) => new((ulong)seed + _seedOffset);

    public static int Of(int full) => _mono ? full / 20 : full;
}

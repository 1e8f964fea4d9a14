using System;

namespace NsgFlow.Unit.Parsing;

/// <summary>How much of the heavy tests is run: all of it on .NET, a twentieth under Mono.</summary>
public static class Scale
{
    private static readonly bool _mono = Type.GetType("Mono.Runtime") is not null;

    public static int Of(int full) => _mono ? full / 20 : full;
}

using System;

namespace NsgFlow.Host.Hosting;

/// <summary>Escape sequences for the streams and for the sixteen console colours.</summary>
internal static class Colours
{
    public const string Error = "\u001b[31;1m";
    public const string Warning = "\u001b[33;1m";
    public const string Verbose = "\u001b[36m";
    public const string Debug = "\u001b[35m";
    public const string Progress = "\u001b[32;1m";

    // ConsoleColor counts blue as 1 and red as 4, ANSI the other way round.
    private static readonly int[] Ansi = [0, 4, 2, 6, 1, 5, 3, 7];

    public static string Of(ConsoleColor? foreground, ConsoleColor? background) =>
        Code(foreground, 30) + Code(background, 40);

    private static string Code(ConsoleColor? colour, int start)
    {
        if (colour is not { } c || (int)c is < 0 or > 15)
            return "";
        var bright = (int)c >= 8 ? 60 : 0;
        return $"\u001b[{start + bright + Ansi[(int)c % 8]}m";
    }
}

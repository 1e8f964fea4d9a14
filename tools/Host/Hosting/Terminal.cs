using System;
using System.Text;
using System.Text.RegularExpressions;

namespace NsgFlow.Host.Hosting;

/// <summary>What the process writes to: who reads it, how wide it is, and whether it may be coloured.</summary>
internal sealed class Terminal
{
    private const string Reset = "\u001b[0m";
    private const int WidthWithoutTerminal = 120;

    private static readonly Regex Escapes = new(@"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\))", RegexOptions.CultureInvariant);
    private readonly bool _errorColour;

    public Terminal()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = new UTF8Encoding(false);
        var wanted = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        Colour = wanted && !Console.IsOutputRedirected;
        _errorColour = wanted && !Console.IsErrorRedirected;
        Progress = new ProgressBar(this);
    }

    public bool Colour { get; }

    public bool Interactive { get; } = !Console.IsOutputRedirected;

    public ProgressBar Progress { get; }

    public int Width
    {
        get
        {
            if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var asked) && asked > 20)
                return asked;
            return Interactive && Console.WindowWidth > 0 ? Console.WindowWidth : WidthWithoutTerminal;
        }
    }

    public void Write(string text, string colour = "")
    {
        Progress.Erase();
        Console.Out.Write(Dress(text, colour, Colour));
    }

    public void WriteLine(string text, string colour = "")
    {
        Progress.Erase();
        Console.Out.WriteLine(Dress(text, colour, Colour));
    }

    public void WriteErrorLine(string text)
    {
        Progress.Erase();
        Console.Out.Flush();
        Console.Error.WriteLine(Dress(text, Colours.Error, _errorColour));
    }

    // What scripts put into their text themselves is subject to the same rule, so escapes are taken out, not only left unadded.
    private static string Dress(string text, string colour, bool coloured)
    {
        if (!coloured)
            return text.Contains('\u001b', StringComparison.Ordinal) ? Escapes.Replace(text, "") : text;
        return colour.Length == 0 || text.Length == 0 ? text : colour + text + Reset;
    }
}

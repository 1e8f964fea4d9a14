using System;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace NsgFlow.Host.Hosting;

/// <summary>The streams: errors to standard error, everything else to standard output. Questions are in HostUi.Questions.cs.</summary>
internal sealed partial class HostUi(Terminal terminal, bool nonInteractive) : PSHostUserInterface
{
    public override PSHostRawUserInterface RawUI { get; } = new RawUi(terminal);

    public override bool SupportsVirtualTerminal => terminal.Colour;

    public override void Write(string value) => terminal.Write(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        terminal.Write(value, ColourOf(foregroundColor, backgroundColor));

    public override void WriteLine() => terminal.WriteLine("");

    public override void WriteLine(string value) => terminal.WriteLine(value);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        terminal.WriteLine(value, ColourOf(foregroundColor, backgroundColor));

    public override void WriteErrorLine(string value) => terminal.WriteErrorLine(value);

    public override void WriteWarningLine(string message) => terminal.WriteLine("WARNING: " + message, Colours.Warning);

    public override void WriteVerboseLine(string message) => terminal.WriteLine("VERBOSE: " + message, Colours.Verbose);

    public override void WriteDebugLine(string message) => terminal.WriteLine("DEBUG: " + message, Colours.Debug);

    public override void WriteProgress(long sourceId, ProgressRecord record) => terminal.Progress.Show(record);

    // Where a script gave no colour, the engine fills in the host's own, or black behind the text; the terminal's own must stay.
    private string ColourOf(ConsoleColor foreground, ConsoleColor background) => Colours.Of(
        foreground == RawUI.ForegroundColor ? null : foreground,
        background == RawUI.BackgroundColor || background == ConsoleColor.Black ? null : background);
}

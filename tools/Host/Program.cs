using System;
using NsgFlow.Host.Hosting;

namespace NsgFlow.Host;

public static class Program
{
    public static int Main(string[] args)
    {
        CommandLine line;
        try
        {
            line = CommandLine.Parse(args);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return ExitCodes.BadArguments;
        }

        if (line.Mode == RunMode.Help)
        {
            Console.Out.WriteLine(CommandLine.Usage);
            return ExitCodes.Success;
        }

        using var session = new Session(line.NonInteractive);
        var code = line.Mode switch
        {
            RunMode.Script => session.RunScript(line.Text, line.Arguments),
            RunMode.Command => session.RunCommand(line.Text),
            _ => ExitCodes.Success,
        };
        return line.Mode == RunMode.Prompt || line.NoExit ? new Prompt(session).Run() : code;
    }
}

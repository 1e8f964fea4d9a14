using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Host;

internal enum RunMode
{
    Prompt,
    Script,
    Command,
    Help,
}

internal sealed record CommandLine(RunMode Mode, string Text, IReadOnlyList<string> Arguments, bool NonInteractive, bool NoExit = false)
{
    public const string Usage = """
        A small PowerShell host on the engine package.

          NsgFlow.Host [options] script.ps1 [arguments]   runs a script; -Name value binds to its param()
          NsgFlow.Host [options] -Command text            runs text (or standard input, with -)
          NsgFlow.Host [options]                          a prompt

        Options: -NonInteractive; -NoExit (a prompt after the script or text); -NoProfile and -NoLogo are accepted (there is neither). NO_COLOR=1 turns colours off.
        """;

    private static readonly string[] Ignored = ["noprofile", "nop", "nologo"];

    /// <exception cref="ArgumentException">An option is not known, or lacks its value.</exception>
    public static CommandLine Parse(string[] args)
    {
        var nonInteractive = false;
        var noExit = false;
        for (var i = 0; i < args.Length; i++)
        {
            var arg = args[i];
            if (!arg.StartsWith('-') || arg.Length == 1)
                return new CommandLine(RunMode.Script, arg, args[(i + 1)..], nonInteractive, noExit);

            var name = arg.TrimStart('-').ToLowerInvariant();
            if (Ignored.Contains(name))
                continue;
            switch (name)
            {
                case "noninteractive" or "noni":
                    nonInteractive = true;
                    break;
                case "noexit" or "noe":
                    noExit = true;
                    break;
                case "executionpolicy" or "ep":
                    i++;
                    break;
                case "?" or "h" or "help":
                    return new CommandLine(RunMode.Help, "", [], nonInteractive);
                case "command" or "c":
                    var text = string.Join(' ', args[(i + 1)..]);
                    if (i + 1 == args.Length)
                        throw new ArgumentException($"{arg} needs the text to run.");
                    return new CommandLine(RunMode.Command, text == "-" ? Console.In.ReadToEnd() : text, [], nonInteractive, noExit);
                case "file" or "f":
                    if (i + 1 == args.Length)
                        throw new ArgumentException($"{arg} needs the script to run.");
                    return new CommandLine(RunMode.Script, args[i + 1], args[(i + 2)..], nonInteractive, noExit);
                default:
                    throw new ArgumentException($"Unknown option {arg}.{Environment.NewLine}{Usage}");
            }
        }

        return new CommandLine(RunMode.Prompt, "", [], nonInteractive);
    }
}

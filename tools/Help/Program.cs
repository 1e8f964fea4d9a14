using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NsgFlow.Help.Facts;
using NsgFlow.Help.Output;
using NsgFlow.Help.Pages;

namespace NsgFlow.Help;

/// <summary>Makes the files that Get-Help reads: text from docs/en-US, facts from the compiled cmdlets.</summary>
internal static class Program
{
    private const string HelpFile = "NsgFlow.PowerShell.dll-Help.xml";

    private const string Usage = """
        Makes the help that Get-Help reads.

          NsgFlow.Help <pages> <output> [<module.dll>]

          pages       folder of *.md, as docs/en-US
          output      folder for the help files, as out/NsgFlow/en-US
          module.dll  the compiled cmdlets; when left out, bin/net8.0/NsgFlow.PowerShell.dll beside the output folder
        """;

    private static int Main(string[] args)
    {
        if (args.Length is < 2 or > 3)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var module = args.Length == 3
            ? args[2]
            : Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(args[1])))!, "bin", "net8.0", "NsgFlow.PowerShell.dll");
        try
        {
            return Build(args[0], args[1], Path.GetFullPath(module));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ModuleUnreadableException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static int Build(string pages, string output, string module)
    {
        var problems = new List<string>();
        var set = PageSet.Read(pages, problems);
        var commands = ModuleReader.Read(module);
        PageChecker.Check(set, commands, problems);
        if (problems.Count > 0)
        {
            // One line each, in the form that editors and build servers make clickable.
            foreach (var problem in problems)
                Console.Error.WriteLine($"help: error: {problem}");
            Console.Error.WriteLine($"The help was not built: {problems.Count} {(problems.Count == 1 ? "problem" : "problems")}.");
            return 1;
        }

        Directory.CreateDirectory(output);
        MamlWriter.Write(Path.Combine(output, HelpFile), set, commands);
        foreach (var topic in set.Topics)
            AboutWriter.Write(Path.Combine(output, topic.Name + ".help.txt"), topic);
        Console.WriteLine($"Built help for {commands.Count} cmdlets and {set.Topics.Count} topics ({set.Commands.Sum(p => p.Examples.Count)} examples) in {output}");
        return 0;
    }
}

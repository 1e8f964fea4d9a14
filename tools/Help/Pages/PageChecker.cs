using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Help.Facts;

namespace NsgFlow.Help.Pages;

/// <summary>Holds the pages against the cmdlets.</summary>
internal static class PageChecker
{
    private const int LeastExamples = 3;

    public static void Check(PageSet set, IReadOnlyList<CommandFacts> commands, List<string> problems)
    {
        foreach (var command in commands)
        {
            var pages = set.Commands.Where(p => p.Name.Equals(command.Name, StringComparison.OrdinalIgnoreCase)).ToList();
            if (pages.Count != 1)
                problems.Add($"{command.Name} has {(pages.Count == 0 ? "no page" : "several pages")}: write {command.Name}.md.");
            else
                Check(set, pages[0], command, problems);
        }

        foreach (var page in set.Commands.Where(p => commands.All(c => !c.Name.Equals(p.Name, StringComparison.OrdinalIgnoreCase))))
            problems.Add($"{page.File}: there is no cmdlet '{page.Name}'.");

        // Text that no cmdlet shows any more is text that nobody corrects.
        foreach (var shared in set.Shared.Values.Where(s => !IsUsed(set, s, commands)))
            problems.Add($"{PageSet.SharedFile}: -{shared.Name} is described, but no page takes it from here.");
    }

    private static bool IsUsed(PageSet set, ParameterText shared, IReadOnlyList<CommandFacts> commands) => set.Commands.Any(page =>
        !page.Parameters.ContainsKey(shared.Name) && commands.Any(c => c.Name == page.Name && c.Parameters.Any(p => Same(p.Name, shared.Name))));

    private static void Check(PageSet set, CommandPage page, CommandFacts command, List<string> problems)
    {
        if (page.Synopsis.Count == 0)
            problems.Add($"{page.File}: SYNOPSIS is missing.");
        if (page.Description.Count == 0)
            problems.Add($"{page.File}: DESCRIPTION is missing.");
        if (page.Examples.Count < LeastExamples)
            problems.Add($"{page.File}: {page.Examples.Count} examples; {LeastExamples} are the least.");
        for (var i = 0; i < page.Examples.Count; i++)
        {
            if (!page.Examples[i].Title.StartsWith($"Example {i + 1}: ", StringComparison.Ordinal))
                problems.Add($"{page.File}: '{page.Examples[i].Title}' must begin with 'Example {i + 1}: '.");
        }

        foreach (var parameter in command.Parameters.Where(p => set.Find(page, p.Name) is null))
            problems.Add($"{page.File}: parameter -{parameter.Name} is not described, here or in {PageSet.SharedFile}.");
        foreach (var text in page.Parameters.Values.Where(t => command.Parameters.All(p => !Same(p.Name, t.Name))))
            problems.Add($"{page.File}: {command.Name} has no parameter -{text.Name}.");

        CheckTypes(page, "INPUTS", page.Inputs, InputTypes(command), problems);
        CheckTypes(page, "OUTPUTS", page.Outputs, command.OutputTypes, problems);
    }

    private static List<string> InputTypes(CommandFacts command) =>
    [
        .. command.ParameterSets.SelectMany(s => s.Parameters).Where(u => u.Pipeline.ByValue)
            .Select(u => u.Parameter.FullTypeName.Replace("[]", string.Empty, StringComparison.Ordinal)).Distinct(),
    ];

    private static void CheckTypes(CommandPage page, string section, List<TypeText> texts, IReadOnlyList<string> types, List<string> problems)
    {
        foreach (var type in types.Where(t => texts.All(x => !Same(x.Name, t))))
            problems.Add($"{page.File}: {section} does not name {type}.");
        foreach (var text in texts.Where(x => x.Name != "None" && types.All(t => !Same(t, x.Name))))
            problems.Add($"{page.File}: {section} names {text.Name}, which the cmdlet does not.");
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}

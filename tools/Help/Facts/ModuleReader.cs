using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace NsgFlow.Help.Facts;

/// <summary>The cmdlets' assembly cannot be loaded.</summary>
internal sealed class ModuleUnreadableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Asks the PowerShell engine itself what the cmdlets look like: inherited parameters, sets and positions are then what users get, not
/// what a second reading of the attributes would make of them.
/// </summary>
internal static class ModuleReader
{
    // Added to every cmdlet by the engine; Get-Help describes them in about_CommonParameters.
    private static readonly HashSet<string> _common = new(
        Cmdlet.CommonParameters.Concat(Cmdlet.OptionalCommonParameters).Except(["WhatIf", "Confirm"], StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<CommandFacts> Read(string path)
    {
        if (!File.Exists(path))
            throw new ModuleUnreadableException($"'{path}' does not exist: build the module first.");

        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        try
        {
            shell.AddCommand("Import-Module").AddParameter("Name", path).AddParameter("PassThru");
            shell.AddParameter("ErrorAction", ActionPreference.Stop);
            var module = shell.Invoke<PSModuleInfo>().Single();
            return [.. module.ExportedCmdlets.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Select(Describe)];
        }
        catch (RuntimeException failure)
        {
            throw new ModuleUnreadableException($"'{path}' cannot be loaded: {failure.Message}", failure);
        }
    }

    private static CommandFacts Describe(CmdletInfo cmdlet)
    {
        var parameters = cmdlet.Parameters.Values.Where(p => !_common.Contains(p.Name)).Select(Describe).ToDictionary(p => p.Name);

        // What is typed with fewest words first; that is what people should read.
        var sets = cmdlet.ParameterSets.Select(s => Describe(s, parameters)).OrderByDescending(s => s.Parameters.Any(u => u.Position is not null)).ToList();
        var order = sets.SelectMany(s => s.Parameters).Select(u => u.Parameter).Distinct().ToList();
        return new CommandFacts(cmdlet.Name, cmdlet.Verb, cmdlet.Noun, sets, order, [.. cmdlet.OutputType.Select(o => o.Name)]);
    }

    private static ParameterSetFacts Describe(CommandParameterSetInfo set, Dictionary<string, ParameterFacts> parameters)
    {
        var uses = set.Parameters.Where(p => parameters.ContainsKey(p.Name) && !IsHidden(p, set)).Select(p => new ParameterUse(
            parameters[p.Name],
            p.IsMandatory,
            p.Position == int.MinValue ? null : p.Position,
            new PipelineInput(p.ValueFromPipeline, p.ValueFromPipelineByPropertyName)));

        // As the engine shows syntax: by position, then what must be given, then as declared (the sort is stable).
        return new ParameterSetFacts(set.Name, set.IsDefault, [.. uses.OrderBy(u => u.Position ?? int.MaxValue).ThenByDescending(u => u.IsMandatory)]);
    }

    // Taken only to be refused with a message that says why.
    private static bool IsHidden(CommandParameterInfo parameter, CommandParameterSetInfo set) =>
        parameter.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow && a.ParameterSetName == set.Name);

    private static ParameterFacts Describe(ParameterMetadata parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var item = type.IsArray ? type.GetElementType()! : type;
        var values = parameter.Attributes.OfType<ValidateSetAttribute>().FirstOrDefault()?.ValidValues
            ?? (item.IsEnum ? NamesWithMeaning(item) : []);
        return new ParameterFacts(
            parameter.Name,
            type.Name,
            type.FullName!,
            parameter.SwitchParameter,
            [.. parameter.Aliases],
            [.. values],
            parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            parameter.Attributes.OfType<PSDefaultValueAttribute>().FirstOrDefault()?.Help);
    }

    /// <summary>Without <c>None</c>, which stands for "not recorded" and is nothing to ask for.</summary>
    private static IEnumerable<string> NamesWithMeaning(Type type) => Enum.GetNames(type).Where(n => n != "None");
}

using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace NsgFlow.Host.Commands;

/// <summary>
/// Puts this assembly's cmdlets into a session. They exist because the engine package has none of the cmdlets of
/// Microsoft.PowerShell.Utility and .Management, and are deliberately minimal: what README's examples and the tests use.
/// </summary>
internal static class StandIns
{
    public static void AddTo(InitialSessionState state)
    {
        var known = state.Commands.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var type in typeof(StandIns).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is not { } cmdlet)
                continue;
            var name = $"{cmdlet.VerbName}-{cmdlet.NounName}";
            if (known.Contains(name))
                continue;
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
            foreach (var alias in type.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? [])
                state.Commands.Add(new SessionStateAliasEntry(alias, name));
        }
    }
}

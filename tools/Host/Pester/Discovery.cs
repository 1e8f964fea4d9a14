using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>The block whose body is being read; the keywords add to it. Nothing is open while tests run.</summary>
internal static class Discovery
{
    public static Block? Open { get; set; }

    public static Block RequireOpen(string keyword) => Open
        ?? throw new InvalidOperationException($"{keyword} can only be used in a test file that Invoke-Pester runs, outside of It and the hooks.");

    /// <summary>-ForEach's items; one empty item when there is no -ForEach.</summary>
    public static IEnumerable<(object? Data, bool HasData)> Items(PSCmdlet keyword, object[]? forEach)
    {
        if (!keyword.MyInvocation.BoundParameters.ContainsKey("ForEach"))
        {
            yield return (null, false);
            yield break;
        }

        foreach (var item in forEach ?? [])
            yield return (item is PSObject { BaseObject: IDictionary table } ? table : item, true);
    }

    /// <summary>Makes the item `$_`, and a table's keys variables, in the current scope.</summary>
    public static void SetVariables(SessionState session, Node node)
    {
        if (!node.HasData)
            return;
        session.PSVariable.Set("_", node.Data);
        if (node.Data is not IDictionary table)
            return;
        foreach (DictionaryEntry entry in table)
            session.PSVariable.Set(entry.Key.ToString(), entry.Value);
    }
}

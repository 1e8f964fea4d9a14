using System;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace NsgFlow.Host.Pester;

/// <summary>Fills `&lt;name&gt;`, `&lt;_&gt;` and `&lt;a.b&gt;` in a title from the variables of the current scope.</summary>
internal static class Template
{
    private static readonly Regex Field = new("(?<!`)<([^>`]+)>", RegexOptions.CultureInvariant);

    public static string Expand(PSCmdlet cmdlet, string title)
    {
        var text = Field.Replace(title, match =>
        {
            try
            {
                var script = ScriptBlock.Create($"\"$(${match.Groups[1].Value})\"");
                return string.Concat(cmdlet.InvokeCommand.InvokeScript(useLocalScope: true, script, null));
            }
            catch (RuntimeException)
            {
                return match.Value;
            }
        });
        return text.Replace("`<", "<", StringComparison.Ordinal).Replace("`>", ">", StringComparison.Ordinal);
    }
}

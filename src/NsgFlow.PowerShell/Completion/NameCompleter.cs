using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Completes one of a list of names. Quick, silent, and never an error: a broken Tab is worse than none.</summary>
internal abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "An exception from a completer would end in the user's prompt.")]
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return Matching(wordToComplete ?? string.Empty, fakeBoundParameters ?? new Hashtable());
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>The names to choose from, each with a text that explains it (or null).</summary>
    protected abstract IEnumerable<(string Name, string? Tip)> Names(IDictionary bound);

    /// <summary>The same, where there may be too many to have all: those that begin with what was typed are enough.</summary>
    protected virtual IEnumerable<(string Name, string? Tip)> Names(string start, IDictionary bound) => Names(bound);

    private List<CompletionResult> Matching(string word, IDictionary bound)
    {
        var start = word.Trim('\'', '"');
        var results = new List<CompletionResult>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, tip) in Names(start, bound))
        {
            if (name.StartsWith(start, StringComparison.OrdinalIgnoreCase) && seen.Add(name))
                results.Add(new CompletionResult(Quoted(name), name, CompletionResultType.ParameterValue, tip ?? name));
        }

        return results;
    }

    private static string Quoted(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('-' or '_' or '.' or '/'))
                return "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";
        }

        return name;
    }
}

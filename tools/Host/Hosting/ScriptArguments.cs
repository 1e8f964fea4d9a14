using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace NsgFlow.Host.Hosting;

/// <summary>Writes the words after a script's name as they would be typed at a prompt, every value quoted.</summary>
internal static class ScriptArguments
{
    public static string Of(IEnumerable<string> words)
    {
        var namesEnded = false;
        return string.Join(' ', words.Select(word =>
        {
            if (namesEnded || !IsName(word))
                return Quoted(word);
            if (word == "--")
            {
                namesEnded = true;
                return word;
            }

            var colon = word.IndexOf(':', StringComparison.Ordinal);
            return colon < 0 ? word : word[..(colon + 1)] + ValueOf(word[(colon + 1)..]);
        }));
    }

    public static string Quoted(string word) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'";

    // A name goes unquoted, so it may hold nothing that the language would act on.
    private static bool IsName(string word)
    {
        if (word == "--")
            return true;
        var name = word.Split(':')[0];
        return name.Length > 1 && name[0] == '-' && !char.IsDigit(name[1]) && name.Skip(1).All(c => char.IsLetterOrDigit(c) || c == '_');
    }

    // A switch can only be turned off by a real $false: the shell gives text.
    private static string ValueOf(string text) => text.ToUpperInvariant() is "$TRUE" or "$FALSE" ? text : Quoted(text);
}

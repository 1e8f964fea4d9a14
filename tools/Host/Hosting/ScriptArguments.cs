using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation.Runspaces;

namespace NsgFlow.Host.Hosting;

/// <summary>Turns the words after a script's name into arguments as they would bind if typed at a prompt.</summary>
internal static class ScriptArguments
{
    public static void AddTo(CommandParameterCollection parameters, IReadOnlyList<string> arguments)
    {
        var namesEnded = false;
        foreach (var word in arguments)
        {
            if (namesEnded || !IsName(word))
                parameters.Add(new CommandParameter(null, word));
            else if (word == "--")
                namesEnded = true;
            else if (word.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 && colon < word.Length - 1)
                parameters.Add(new CommandParameter(word[..(colon + 1)], ValueOf(word[(colon + 1)..])));
            else
                // The leading dash tells the engine to bind the next word to it, or nothing if it is a switch.
                parameters.Add(new CommandParameter(word));
        }
    }

    private static bool IsName(string word) => word.Length > 1 && word[0] == '-' && !char.IsDigit(word[1]) && word[1] != '.';

    // A switch can only be turned off by a real $false: the shell gives text.
    private static object ValueOf(string text) => text.ToLower(CultureInfo.InvariantCulture) switch
    {
        "$true" => true,
        "$false" => false,
        _ => text,
    };
}

using System;
using System.Management.Automation.Language;

namespace NsgFlow.Host.Hosting;

/// <summary>Reads lines until `exit` or the input's end; goes on asking while what was typed is incomplete.</summary>
internal sealed class Prompt
{
    private readonly Session _session;

    public Prompt(Session session)
    {
        _session = session;
        session.Host.NestedPrompt = () => Loop(nested: true);
    }

    public int Run()
    {
        var succeeded = Loop(nested: false);
        return _session.CodeAfter(succeeded);
    }

    private bool Loop(bool nested)
    {
        var succeeded = true;
        var host = _session.Host;
        host.LeaveNestedPrompt = false;
        while (host.ExitCode is null && !host.LeaveNestedPrompt)
        {
            var text = Read();
            if (text is null)
                break;
            if (text.Trim().Length > 0)
                succeeded = _session.Run(text);
        }

        if (nested)
            host.LeaveNestedPrompt = false;
        return succeeded;
    }

    private string? Read()
    {
        var text = ReadLine(PromptText());
        while (text is not null && IsIncomplete(text))
        {
            var more = ReadLine(">> ");
            if (more is null)
                break;
            text += "\n" + more;
        }

        return text;
    }

    private string PromptText()
    {
        var results = Console.IsInputRedirected ? [] : _session.Evaluate("prompt");
        return results.Count > 0 ? string.Concat(results) : "PS> ";
    }

    // Text piped in is a script: a prompt between its lines would only spoil the output.
    private string? ReadLine(string prompt)
    {
        if (!Console.IsInputRedirected)
            _session.Terminal.Write(prompt);
        return Console.In.ReadLine();
    }

    private static bool IsIncomplete(string text)
    {
        Parser.ParseInput(text, out _, out var errors);
        foreach (var error in errors)
        {
            if (error.IncompleteInput)
                return true;
        }

        return false;
    }
}

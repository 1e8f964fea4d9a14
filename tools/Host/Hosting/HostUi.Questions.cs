using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace NsgFlow.Host.Hosting;

internal sealed partial class HostUi
{
    public override string ReadLine()
    {
        Refuse("read a line");
        terminal.Progress.Erase();
        return Console.In.ReadLine() ?? "";
    }

    public override SecureString ReadLineAsSecureString()
    {
        Refuse("read a secret");
        terminal.Progress.Erase();
        var secret = new SecureString();
        if (Console.IsInputRedirected)
        {
            foreach (var c in Console.In.ReadLine() ?? "")
                secret.AppendChar(c);
            return secret;
        }

        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace)
                secret.AppendChar(key.KeyChar);
            else if (secret.Length > 0)
                secret.RemoveAt(secret.Length - 1);
        }

        terminal.WriteLine("");
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        Refuse("ask for " + string.Join(", ", descriptions.Select(d => d.Name)));
        Head(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (var field in descriptions)
        {
            terminal.Write(field.Name + ": ");
            object answer = field.ParameterTypeFullName == typeof(SecureString).FullName ? ReadLineAsSecureString() : ReadLine();
            answers[field.Name] = PSObject.AsPSObject(answer);
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Refuse("ask: " + message);
        Head(caption, message);
        var keys = choices.Select(c => c.Label.IndexOf('&', StringComparison.Ordinal) is var at and >= 0 && at + 1 < c.Label.Length
            ? c.Label[at + 1].ToString() : c.Label).ToList();
        var labels = choices.Select(c => c.Label.Replace("&", "", StringComparison.Ordinal)).ToList();
        while (true)
        {
            for (var i = 0; i < choices.Count; i++)
                terminal.Write($"[{keys[i]}] {labels[i]}  ", i == defaultChoice ? Colours.Warning : "");
            terminal.Write(defaultChoice >= 0 ? $"(default is \"{keys[defaultChoice]}\"): " : ": ");
            var line = Console.In.ReadLine();
            // The input's end is nobody's consent.
            if (line is null && defaultChoice < 0)
                throw new PSInvalidOperationException("The input ended before the question was answered.");
            if (string.IsNullOrEmpty(line) && defaultChoice >= 0)
                return defaultChoice;
            var chosen = keys.FindIndex(k => string.Equals(k, line?.Trim(), StringComparison.OrdinalIgnoreCase));
            if (chosen < 0)
                chosen = labels.FindIndex(l => string.Equals(l, line?.Trim(), StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0)
                return chosen;
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        Refuse("ask for a credential");
        Head(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            terminal.Write("User: ");
            userName = ReadLine();
        }

        terminal.Write(string.Create(CultureInfo.InvariantCulture, $"Password for user {userName}: "));
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private void Head(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption))
            terminal.WriteLine(caption, Colours.Warning);
        if (!string.IsNullOrEmpty(message))
            terminal.WriteLine(message);
    }

    private void Refuse(string what)
    {
        if (nonInteractive)
            throw new PSInvalidOperationException($"The host runs with -NonInteractive and cannot {what}.");
    }
}

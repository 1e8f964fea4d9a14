using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace NsgFlow.Host.Hosting;

internal sealed class ScriptHost(Terminal terminal, bool nonInteractive) : PSHost
{
    public override string Name => "NsgFlow.Host";

    public override Version Version { get; } = typeof(ScriptHost).Assembly.GetName().Version ?? new Version(0, 0);

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override PSHostUserInterface UI { get; } = new HostUi(terminal, nonInteractive);

    /// <summary>What `exit` asked for; null until it did.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Set by the prompt, which alone can nest.</summary>
    public Action? NestedPrompt { get; set; }

    public bool LeaveNestedPrompt { get; set; }

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt()
    {
        if (NestedPrompt is null)
            throw new NotSupportedException("A nested prompt needs an interactive session.");
        NestedPrompt();
    }

    public override void ExitNestedPrompt() => LeaveNestedPrompt = true;

    // A native program draws on the terminal itself.
    public override void NotifyBeginApplication() => terminal.Progress.Erase();

    public override void NotifyEndApplication()
    {
    }
}

using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;

namespace NsgFlow.Host.Pester;

/// <summary>The ways Pester runs a script block: in the scope that is current, in a new one, or with much else in a new one.</summary>
internal static class Scopes
{
    // Results are dropped as Pester does; errors that do not terminate go on to whoever called. The try makes errors that only
    // end a statement end the whole block.
    private const string DotSource = "try { $null = . $args[0] } catch { throw }";
    private const string CallAction = "$args[0].Invoke()";
    private const string CallScript = "& $args[0] $args[1]";
    private const string CallBlock = "try { $null = & $args[0] } catch { throw }";

    public static void Here(PSCmdlet cmdlet, ScriptBlock block) => Invoke(cmdlet, DotSource, false, block);

    public static void Call(PSCmdlet cmdlet, ScriptBlock block) => Invoke(cmdlet, CallBlock, false, block);

    public static void InNew(PSCmdlet cmdlet, Action action)
    {
        // The engine would wrap what the action throws as the failure of a method call, and lose where it came from.
        ExceptionDispatchInfo? failure = null;
        Invoke(cmdlet, CallAction, true, (Action)(() =>
        {
            try
            {
                action();
            }
            catch (RuntimeException e) when (e is not PipelineStoppedException)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        }));
        failure?.Throw();
    }

    /// <summary>A script file has a $script: scope of its own.</summary>
    public static void InScript(PSCmdlet cmdlet, string script, Action action) => Invoke(cmdlet, CallScript, true, script, action);

    private static void Invoke(PSCmdlet cmdlet, string text, bool newScope, params object[] args) =>
        cmdlet.InvokeCommand.InvokeScript(text, newScope, PipelineResultTypes.Error, null, args);
}

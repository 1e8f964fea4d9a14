using System;
using System.Management.Automation;
using System.Reflection;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary><c>Select-Object -First 1</c>, which the engine's package lacks: it ends the commands before it as that does.</summary>
[Cmdlet(VerbsCommon.Select, "FirstObject")]
public sealed class SelectFirstObjectCommand : PSCmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject);

        // The engine has one way to end the commands before this one without an error, and keeps it to itself.
        var type = typeof(PSObject).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];
        throw (Exception)constructor.Invoke([this]);
    }
}

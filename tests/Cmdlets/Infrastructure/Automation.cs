using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NsgFlow.Simulator;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>An Automation account: runs the runbooks of examples/ as jobs, each in a process of its own, with the managed identity of a simulated Azure.</summary>
internal sealed class Automation(AzureSimulator azure) : IDisposable
{
    private readonly string _variables = Directory.CreateTempSubdirectory("nsgflow-automation-").FullName;

    /// <summary>PowerShell's location in a job; the process's folder is another one.</summary>
    public string Location { get; init; } = Path.GetTempPath();

    /// <summary>What variables there are; a runbook cannot add one.</summary>
    public string this[string variable]
    {
        get => File.ReadAllText(Path.Combine(_variables, variable));
        set => File.WriteAllText(Path.Combine(_variables, variable), value);
    }

    /// <summary>Whether who sets a variable has to wait.</summary>
    public void Hold(string variable, bool isHeld = true)
    {
        var file = Path.Combine(_variables, variable + ".hold");
        if (isHeld)
        {
            File.WriteAllText(file, string.Empty);
        }
        else
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs a runbook to its end.</summary>
    /// <param name="runbook">Its name and parameters, as at a prompt.</param>
    public JobResult Run(string runbook)
    {
        using var job = Start(runbook);
        return job.Finish();
    }

    /// <summary>Starts a runbook.</summary>
    /// <param name="runbook">Its name and parameters, as at a prompt.</param>
    /// <param name="group">The control group that the process joins; null for none.</param>
    public Job Start(string runbook, MemoryGroup? group = null)
    {
        var name = runbook.Split(' ')[0];
        var file = Path.Combine(Tests, "..", "examples", "automation", name + ".ps1");
        var prepare = Path.Combine(Tests, "Cmdlets", "Infrastructure", "Automation.ps1");
        var command = $"& '{prepare}' -Cloud '{azure.ArmEndpoint}' -Variables '{_variables}' -Location '{Location}'; & '{file}'{runbook[name.Length..]}";
        return new Job(Host(group, command), start =>
        {
            start.Environment["IDENTITY_ENDPOINT"] = azure.IdentityEndpoint.AbsoluteUri;
            start.Environment["IDENTITY_HEADER"] = azure.IdentityHeader;
            start.Environment["SSL_CERT_FILE"] = azure.CaFile;
            // The module is found by its name, as in an Automation account.
            start.Environment["PSModulePath"] = Path.GetDirectoryName(BuiltModule.Folder);
            start.Environment["COLUMNS"] = "200";
            start.Environment["NO_COLOR"] = "1";
        });
    }

    public void Dispose() => Directory.Delete(_variables, recursive: true);

    private static string Tests => typeof(Automation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static a => a.Key == "TestsFolder").Value!;

    private static IEnumerable<string> Host(MemoryGroup? group, string command)
    {
        var host = Path.Combine(BuiltModule.Folder, "..", "artifacts", "bin", "Host", "debug", "NsgFlow.Host.dll");
        string[] shell = File.Exists(host) ? ["dotnet", host] : ["pwsh", "-ExecutionPolicy", "Bypass"];
        return [.. group?.Enter ?? [], .. shell, "-NoProfile", "-NonInteractive", "-Command", command];
    }
}

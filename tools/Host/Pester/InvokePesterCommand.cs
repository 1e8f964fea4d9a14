using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

public enum PesterOutput
{
    Normal,
    Detailed,
    None,
}

[Cmdlet(VerbsLifecycle.Invoke, "Pester")]
[OutputType(typeof(PesterRun))]
public sealed class InvokePesterCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string[] Path { get; set; } = ["."];

    [Parameter]
    public string[] ExcludePath { get; set; } = [];

    [Parameter]
    [Alias("TagFilter", "Tags")]
    public string[] Tag { get; set; } = [];

    [Parameter]
    [Alias("ExcludeTagFilter", "ExcludeTags")]
    public string[] ExcludeTag { get; set; } = [];

    [Parameter]
    public PesterOutput Output { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Ends the process with the number of failures.</summary>
    [Parameter]
    public SwitchParameter CI { get; set; }

    protected override void EndProcessing()
    {
        var run = new PesterRun();
        var report = new Report(Host, Output);
        var runner = new Runner(this, run, report, IsWanted);
        var watch = Stopwatch.StartNew();
        foreach (var file in Files())
            runner.RunFile(file);
        run.Duration = watch.Elapsed;

        SessionState.PSVariable.Set("global:LASTEXITCODE", run.FailedCount);
        try
        {
            // So that $? and the process's exit code tell. With -PassThru the caller looks at the counts.
            if (run.FailedCount > 0 && !PassThru)
            {
                var failure = new InvalidOperationException($"{run.FailedCount} tests failed.");
                WriteError(new ErrorRecord(failure, "TestsFailed", ErrorCategory.InvalidResult, null));
            }
        }
        finally
        {
            report.Summary(run);
        }

        if (PassThru)
            WriteObject(run);
        if (CI && run.FailedCount > 0)
            Host.SetShouldExit(Math.Min(run.FailedCount, byte.MaxValue));
    }

    private IEnumerable<string> Files()
    {
        var found = new List<string>();
        foreach (var path in Path.SelectMany(p => GetResolvedProviderPathFromPSPath(p, out _)))
        {
            if (Directory.Exists(path))
                found.AddRange(Directory.EnumerateFiles(path, "*.Tests.ps1", SearchOption.AllDirectories).Order(StringComparer.OrdinalIgnoreCase));
            else
                found.Add(path);
        }

        var excluded = ExcludePath.Select(p => WildcardPattern.Get(GetUnresolvedProviderPathFromPSPath(p) + "*", WildcardOptions.IgnoreCase)).ToList();
        return found.Where(f => !excluded.Exists(e => e.IsMatch(f))).Distinct();
    }

    private bool IsWanted(Node test)
    {
        var tags = test.AllTags.ToList();
        return (Tag.Length == 0 || HasAny(tags, Tag)) && !HasAny(tags, ExcludeTag);
    }

    private static bool HasAny(List<string> tags, string[] patterns) =>
        patterns.Any(p => tags.Exists(t => WildcardPattern.Get(p, WildcardOptions.IgnoreCase).IsMatch(t)));
}

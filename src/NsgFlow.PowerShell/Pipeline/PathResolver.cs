using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Turns PowerShell's paths (relative to the session's location, <c>~</c>, drives, wildcards) into the file system's own.</summary>
internal static class PathResolver
{
    // Those that FolderStore takes in a folder.
    private static readonly string[] _endings = [".json", ".jsonl", ".ndjson", ".gz"];

    /// <summary>Full paths of files and folders that exist; every other path is reported.</summary>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, IEnumerable<string> paths, bool isLiteral, Action<ErrorRecord> report)
    {
        foreach (var path in paths)
        {
            foreach (var file in isLiteral ? Literal(cmdlet, path, report) : Expanded(cmdlet, path, report))
                yield return file;
        }
    }

    private static IReadOnlyList<string> Literal(PSCmdlet cmdlet, string path, Action<ErrorRecord> report)
    {
        try
        {
            var file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (IsFileSystem(provider, path, report))
            {
                if (File.Exists(file) || Directory.Exists(file))
                    return [file];
                report(FlowErrors.PathNotFound(path));
            }
        }
        catch (Exception e) when (IsPathProblem(e))
        {
            report(FlowErrors.PathNotFound(path, e));
        }

        return [];
    }

    private static List<string> Expanded(PSCmdlet cmdlet, string path, Action<ErrorRecord> report)
    {
        try
        {
            var files = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (IsFileSystem(provider, path, report))
            {
                var sorted = new List<string>(files);
                if (ChoosesAmongAll(path))
                    sorted.RemoveAll(static file => !HasEnding(file) && File.Exists(file));
                sorted.Sort(StringComparer.Ordinal);
                return sorted;
            }
        }
        catch (Exception e) when (IsPathProblem(e))
        {
            report(FlowErrors.PathNotFound(path, e));
        }

        return [];
    }

    // ./logs/* means the flow logs there, and not the README; ./logs/*.txt means what it says.
    private static bool ChoosesAmongAll(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        var ending = name.Substring(name.LastIndexOf('.') + 1);
        return WildcardPattern.ContainsWildcardCharacters(name) && (ending.Length == name.Length || WildcardPattern.ContainsWildcardCharacters(ending));
    }

    private static bool HasEnding(string file) => Array.Exists(_endings, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsFileSystem(ProviderInfo provider, string path, Action<ErrorRecord> report)
    {
        if (provider.ImplementingType == typeof(FileSystemProvider))
            return true;
        report(FlowErrors.NotFileSystem(path, provider.Name));
        return false;
    }

    private static bool IsPathProblem(Exception e) =>
        e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException or NotSupportedException
            or ArgumentException or IOException or UnauthorizedAccessException;
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Looks at the names of the files under a -Path that is being typed. A fifth of a second at most, and once for each path.</summary>
internal static class BlobNames
{
    private const int Milliseconds = 200;

    private static readonly Dictionary<string, DateTime> _looked = new(StringComparer.Ordinal);

    /// <summary>Remembers the names that the blobs under -Path or -LiteralPath tell.</summary>
    public static void RememberUnder(IDictionary bound)
    {
        var path = (bound["Path"] ?? bound["LiteralPath"]) switch
        {
            string text => text,
            IEnumerable list => First(list),
            _ => null,
        };
        if (string.IsNullOrEmpty(path))
            return;
        var roots = Resolve(path!);
        if (roots.Count == 0 || !IsDue(string.Join("\n", roots)))
            return;
        using var limit = new CancellationTokenSource(Milliseconds);
        var since = Stopwatch.StartNew();
        foreach (var blob in new FolderStore(roots, onSkipped: static _ => { }).List(FlowBlobQuery.Everything, limit.Token))
        {
            SeenNames.Remember(blob);
            if (since.ElapsedMilliseconds > Milliseconds)
                return;
        }
    }

    private static string? First(IEnumerable list)
    {
        foreach (var item in list)
            return LanguagePrimitives.ConvertTo<string>(item);
        return null;
    }

    private static List<string> Resolve(string path)
    {
        // A completer has no cmdlet; the runspace of the prompt runs this on the same thread.
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddScript("param($path) $provider = $null; $ExecutionContext.SessionState.Path.GetResolvedProviderPathFromPSPath($path, [ref]$provider)", useLocalScope: true)
            .AddArgument(path);
        var roots = new List<string>();
        foreach (var root in shell.Invoke<string>())
            roots.Add(root);
        return roots;
    }

    // A folder can change; half a minute is what a person takes for a line.
    private static bool IsDue(string roots)
    {
        lock (_looked)
        {
            if (_looked.TryGetValue(roots, out var time) && DateTime.UtcNow - time < TimeSpan.FromSeconds(30))
                return false;
            if (_looked.Count > 100)
                _looked.Clear();
            _looked[roots] = DateTime.UtcNow;
            return true;
        }
    }
}

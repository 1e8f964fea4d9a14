using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using NsgFlow.Network;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// Makes a network map of what -Inventory, -ServiceTag and -ThreatList give. What cannot be read at all ends the cmdlet, since an answer
/// without it would look right and be wrong; single entries that cannot be used are warned about.
/// </summary>
internal sealed class NetworkReader
{
    // A warning is read by people; all of them are in the file.
    private const int MostShown = 3;
    private const int MostCounted = 100;

    private readonly PSCmdlet _cmdlet;
    private readonly NetworkMapBuilder _builder = new();

    public NetworkReader(PSCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>The inventories that were read.</summary>
    public List<NetworkInventory> Inventories { get; } = [];

    /// <summary>Reads everything that was given.</summary>
    public NetworkMap Read(object[] inventories, string[] tags, string[] threats)
    {
        if (inventories.Length + tags.Length + threats.Length == 0)
            return NetworkMap.Default;
        foreach (var inventory in inventories)
            AddInventory(inventory);
        foreach (var file in Files("ServiceTagUnreadable", "service-tag file", tags))
            Read("ServiceTagUnreadable", "service-tag file", file, AddTags);
        foreach (var file in Files("ThreatListUnreadable", "threat list", threats))
            Read("ThreatListUnreadable", "threat list", file, AddThreats);
        return Checked("InventoryUnreadable", "inventory", inventories.FirstOrDefault(), _builder.Build);
    }

    private void AddInventory(object given)
    {
        switch (given is PSObject wrapped ? wrapped.BaseObject : given)
        {
            case NetworkInventory inventory:
                Add(inventory);
                break;
            case string text when text.TrimStart().StartsWith("{", StringComparison.Ordinal):
                Add(Checked("InventoryUnreadable", "inventory", null, () => NetworkInventory.Parse(text)));
                break;
            case string path:
                AddInventoryFiles(path);
                break;
            case PathInfo path:
                AddInventoryFiles(path.Path);
                break;
            case FileSystemInfo file:
                AddInventoryFiles(WildcardPattern.Escape(file.FullName));
                break;
            case IList list and not IDictionary:
                foreach (var item in list)
                    AddInventory(item!);
                break;
            default:
                Add(Checked("InventoryUnreadable", "inventory", null, () => OfObject(given)));
                break;
        }
    }

    private void Add(NetworkInventory inventory)
    {
        Inventories.Add(inventory);
        _builder.Add(inventory);
    }

    private void AddInventoryFiles(string path)
    {
        foreach (var file in Files("InventoryUnreadable", "inventory", [path]))
            Read("InventoryUnreadable", "inventory", file, stream => Add(NetworkInventory.Read(stream)));
    }

    private static NetworkInventory OfObject(object given)
    {
        var text = new TextBuffer();
        ObjectJson.Write(given, text);
        return NetworkInventory.Parse(text.ToString());
    }

    private void AddTags(FileStream stream)
    {
        var file = ServiceTagFile.Read(stream, Path.GetFileName(stream.Name));
        _builder.Add(file);
        Warn("Service-tag file", stream.Name, file.Issues);
        _cmdlet.WriteVerbose($"{stream.Name}: {Display.FlowFormat.Count(file.PrefixCount)} prefixes of service tags");
    }

    private void AddThreats(FileStream stream)
    {
        var list = ThreatList.Read(stream, Path.GetFileName(stream.Name));
        _builder.Add(list);
        Warn("Threat list", stream.Name, list.Issues);
        _cmdlet.WriteVerbose($"{stream.Name}: {Display.FlowFormat.Count(list.Count)} malicious addresses and prefixes");
    }

    private void Warn(string what, string path, IReadOnlyList<NetworkIssue> issues)
    {
        if (issues.Count == 0)
            return;
        var count = issues.Count > MostCounted ? $"more than {MostCounted} entries were" : issues.Count == 1 ? "1 entry was" : $"{issues.Count} entries were";
        var more = issues.Count > MostShown ? "; …" : string.Empty;
        _cmdlet.WriteWarning($"{what} '{path}': {count} not taken: {string.Join("; ", issues.Take(MostShown))}{more}");
    }

    private List<string> Files(string id, string what, IEnumerable<string> paths)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            var found = Checked(id, what, path, () => Resolve(path));
            if (found.Count == 0)
                _cmdlet.ThrowTerminatingError(FlowErrors.NetworkUnreadable(id, what, path, new FileNotFoundException($"No file is called '{path}'.")));
            files.AddRange(found);
        }

        return files;
    }

    private List<string> Resolve(string path)
    {
        var files = _cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
        return provider.ImplementingType == typeof(FileSystemProvider)
            ? [.. files.OrderBy(static file => file, StringComparer.Ordinal)]
            : throw new NotSupportedException($"'{path}' is a path of the {provider.Name} provider; only files can be read.");
    }

    private void Read(string id, string what, string path, Action<FileStream> read) => Checked(id, what, path, () =>
    {
        if (Directory.Exists(path))
            throw new IOException($"'{path}' is a folder; give a file, or a wildcard for several.");
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        read(stream);
        return true;
    });

    private T Checked<T>(string id, string what, object? target, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException
            or ItemNotFoundException or ProviderNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderInvocationException)
        {
            // An object as target would drag its whole content into $Error.
            _cmdlet.ThrowTerminatingError(FlowErrors.NetworkUnreadable(id, what, target as string, e));
            throw;
        }
    }
}

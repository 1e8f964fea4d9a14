using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Commands;

/// <summary>A path with or without wildcards; each error is reported and the rest goes on.</summary>
public abstract class PathCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = ["."];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected bool IsLiteral => ParameterSetName == nameof(LiteralPath);

    protected abstract void Process(string path);

    protected override void ProcessRecord()
    {
        foreach (var path in IsLiteral ? LiteralPath : Path)
        {
            try
            {
                Process(path);
            }
            catch (Exception e) when (e is ItemNotFoundException or
                System.Management.Automation.DriveNotFoundException or IOException or UnauthorizedAccessException)
            {
                var record = (e as IContainsErrorRecord)?.ErrorRecord;
                var id = record?.FullyQualifiedErrorId ?? e.GetType().Name;
                WriteError(new ErrorRecord(e, id, record?.CategoryInfo.Category ?? ErrorCategory.NotSpecified, path));
            }
        }
    }

    /// <summary>The file system's paths for what was given.</summary>
    protected IEnumerable<string> FilesOf(string path) =>
        IsLiteral ? [GetUnresolvedProviderPathFromPSPath(path)] : GetResolvedProviderPathFromPSPath(path, out _);
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
public sealed class GetChildItemCommand : PathCommand
{
    [Parameter(Position = 1)]
    public string Filter { get; set; } = "*";

    [Parameter]
    [Alias("s")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter File { get; set; }

    [Parameter]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    protected override void Process(string path)
    {
        var filter = WildcardPattern.Get(Filter, WildcardOptions.IgnoreCase);
        foreach (var item in InvokeProvider.ChildItem.Get([path], Recurse, Force, IsLiteral))
        {
            var name = (item.BaseObject as FileSystemInfo)?.Name ?? item.Properties["PSChildName"]?.Value?.ToString() ?? "";
            if (filter.IsMatch(name) && (!File || item.BaseObject is FileInfo) && (!Directory || item.BaseObject is DirectoryInfo))
                WriteObject(Name ? name : item);
        }
    }
}

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : PathCommand
{
    protected override void Process(string path) =>
        WriteObject(InvokeProvider.Item.Get([path], Force, IsLiteral), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void Process(string path)
    {
        if (ShouldProcess(path))
            InvokeProvider.Item.Remove([path], Recurse, Force, IsLiteral);
    }
}

[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class CopyItemCommand : PathCommand
{
    [Parameter(Mandatory = true, Position = 1)]
    public string Destination { get; set; } = "";

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    protected override void Process(string path)
    {
        if (ShouldProcess(path))
            InvokeProvider.Item.Copy([path], Destination, Recurse, CopyContainers.CopyTargetContainer, Force, IsLiteral);
    }
}

[Cmdlet(VerbsCommon.New, "Item", SupportsShouldProcess = true)]
public sealed class NewItemCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    [Alias("Type")]
    public string ItemType { get; set; } = "File";

    [Parameter]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        var path = Name is null ? Path : System.IO.Path.Combine(Path, Name);
        if (!ShouldProcess(path))
            return;
        var file = GetUnresolvedProviderPathFromPSPath(path);
        if (Force && System.IO.Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        var exists = Force && Directory.Exists(file) && ItemType.StartsWith("d", StringComparison.OrdinalIgnoreCase);
        var items = exists ? InvokeProvider.Item.Get([file], true, true) : InvokeProvider.Item.New([path], null, ItemType, Value, Force);
        WriteObject(items.ToArray(), enumerateCollection: true);
    }
}

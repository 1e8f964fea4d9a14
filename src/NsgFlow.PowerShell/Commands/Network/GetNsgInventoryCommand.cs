using System;
using System.IO;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using NsgFlow.Display;
using NsgFlow.Network;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Reads from Azure what there is in the network, and writes it to a file if wanted.</summary>
[Cmdlet(VerbsCommon.Get, "NsgInventory", SupportsShouldProcess = true)]
[OutputType(typeof(NetworkInventory))]
public sealed class GetNsgInventoryCommand : InventoryCmdlet
{
    private string? _file;

    /// <summary>A JSON file to write it to, for -Inventory of other commands.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (Path is null)
            return;

        // Before Azure is asked, which can take minutes.
        _file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        if (provider.ImplementingType != typeof(FileSystemProvider))
            ThrowTerminatingError(FlowErrors.NotFileSystem(Path, provider.Name));
        if (Directory.Exists(_file) || !Directory.Exists(System.IO.Path.GetDirectoryName(_file)))
            ThrowTerminatingError(FlowErrors.InventoryNotWritten(Path, new IOException(Directory.Exists(_file) ? $"'{Path}' is a folder." : $"There is no folder for '{Path}'.")));
        if (File.Exists(_file) && !Force)
            ThrowTerminatingError(FlowErrors.InventoryExists(Path));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (AskInventory() is not { } inventory)
            return;
        if (InventoryFormat.IsEmpty(inventory))
            TellNothing($"Nothing was found in {InventoryFormat.Number(inventory.Subscriptions.Count, "subscription")}: the role Reader is needed on what is to be seen, or the parameters fit nothing.");
        else if (_file is not null && ShouldProcess(_file, $"Write an inventory of {InventoryFormat.Summary(inventory)}"))
            Save(inventory, _file);
        WriteObject(inventory);
    }

    // A file of nothing helps nobody, least of all in place of a good one.
    private void TellNothing(string message)
    {
        if (_file is null)
            WriteWarning(message);
        else
            WriteError(FlowErrors.InventoryEmpty(_file, message));
    }

    private void Save(NetworkInventory inventory, string file)
    {
        try
        {
            inventory.Save(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(FlowErrors.InventoryNotWritten(file, e));
        }
    }
}

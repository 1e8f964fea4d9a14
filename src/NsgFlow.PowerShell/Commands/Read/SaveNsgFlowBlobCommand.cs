using System;
using System.Collections.Generic;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;
using NsgFlow.Display;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Saving;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Saves blobs to a folder, in the layout of their containers; of those saved before, only what is new.</summary>
[Cmdlet(VerbsData.Save, "NsgFlowBlob", DefaultParameterSetName = SourceSets.Name, SupportsShouldProcess = true)]
[OutputType(typeof(SavedFlowBlob))]
public sealed class SaveNsgFlowBlobCommand : SourceCmdlet
{
    // Blobs from the pipeline come one by one; so many are gathered that they can be saved side by side.
    private const int BlobsPerThread = 8;

    private readonly List<FlowBlob> _gathered = [];
    private readonly Dictionary<string, int> _skipped = [];
    private FlowMirror? _mirror;
    private int _done;
    private bool _wasRefused;

    /// <summary>Blobs from Get-NsgFlowBlob.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Blob, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [BlobTransformation]
    public FlowBlob[] InputObject { get; set; } = [];

    /// <summary>Folder to save to; made when it is not there.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    /// <summary>Packs new copies; those that are there stay as they are.</summary>
    [Parameter]
    public SwitchParameter Gzip { get; set; }

    /// <summary>Most blobs to read at the same time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <inheritdoc/>
    private protected override bool ReadsTargetsTogether => true;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var folder = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Destination, out var provider, out _);
        if (provider.ImplementingType != typeof(FileSystemProvider))
            ThrowTerminatingError(FlowErrors.NotFileSystem(Destination, provider.Name));
        _mirror = new FlowMirror(System.IO.Path.GetFullPath(folder)) { Gzip = Gzip, ThrottleLimit = ThrottleLimit };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        NoteInput();
        if (ParameterSetName != SourceSets.Blob)
        {
            Save(FindBlobs(), 0);
            return;
        }

        _gathered.AddRange(Given(InputObject));
        if (_gathered.Count >= ThrottleLimit * BlobsPerThread)
            SaveGathered();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_gathered.Count > 0)
            SaveGathered();
        Tick();
        foreach (var place in _skipped)
            WriteWarning($"{place.Value} blobs of {place.Key} were not tried, since it refused those before.");
        if (HadNoInput)
        {
            WriteWarning("No flow-log blob was saved: there was no input.");
        }
        else if (Tally.Written == 0 && !_wasRefused && !IsNothingNamed && !Cancellation.IsCancellationRequested)
        {
            WriteWarning(Tally.Errors > 0
                ? $"No flow-log blob was saved: errors kept them from being listed or read{Searched}."
                : $"No flow-log blob{(Wanted.Length == 0 ? string.Empty : " of " + Wanted)}{Searched}.{Elsewhere()}");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _mirror?.Dispose();
    }

    private void SaveGathered()
    {
        var blobs = _gathered.ToArray();
        _gathered.Clear();
        Save(blobs, blobs.Length);
    }

    private void Save(IEnumerable<FlowBlob> blobs, int known)
    {
        var progress = new ReadingProgress(this, "Saving flow logs");
        var before = _done;
        var last = string.Empty;
        try
        {
            foreach (var result in _mirror!.Save(blobs, Approve, Show, Cancellation))
            {
                _done++;
                last = result.Blob.Name;
                Show();
                Write(result);
            }
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, Destination));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
        finally
        {
            progress.Complete();
        }

        void Show()
        {
            Tick();
            progress.Show(_done - before, known, _mirror.BytesDownloaded, last);
        }
    }

    private bool Approve(FlowBlob blob, string path)
    {
        var isWanted = ShouldProcess(path, $"Save blob of {FlowFormat.Size(blob.Length)}");
        _wasRefused |= !isWanted;
        return isWanted;
    }

    private void Write(FlowSaveResult result)
    {
        if (result.Saved is { } saved)
        {
            Tally.Written++;
            if (saved.Reason is { } reason)
                WriteWarning($"{saved.Path} was saved anew: {reason}.");
            WriteVerbose($"{saved.Path}: {saved.Status}, {FlowFormat.Size(saved.BytesDownloaded)} read");
            WriteObject(saved);
        }
        else if (result.WasSkipped)
        {
            var place = result.Blob.Container is { } container ? $"container '{container}' of storage account '{result.Blob.Account}'" : "the folder";
            _skipped[place] = _skipped.TryGetValue(place, out var count) ? count + 1 : 1;
        }
        else
        {
            var error = FlowErrors.Failure(result.Failure!, result.Blob.Name);
            if (result.EndsAll)
                ThrowTerminatingError(error);
            Report(error);
        }
    }
}

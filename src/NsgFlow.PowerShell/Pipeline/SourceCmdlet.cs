using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Blobs;
using NsgFlow.Display;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet that finds flow-log blobs: in files and folders, in a storage account, or by the names of Azure resources.</summary>
public abstract partial class SourceCmdlet : ScopeCmdlet
{
    // Enough to tell what is there, few enough to take no time.
    private const int MostOthers = 1000;

    // A message has room for three; the pipeline may bring a million.
    private const int MostPlaces = 100;

    private readonly List<string> _searched = [];
    private readonly List<Func<IFlowBlobStore>> _folders = [];
    private readonly SeenBlobs _seen = new();
    private bool _hadInput;
    private TimeRange _offlineTime;
    private TimeRange _onlineTime;

    /// <summary>What was found and read.</summary>
    internal ReadingTally Tally { get; } = new();

    /// <summary>
    /// From when until when. An account holds years of flows, so there the last hour is the default; what somebody gathered in a folder
    /// or chose as blobs is what they want to see.
    /// </summary>
    internal TimeRange Time => ParameterSetName is SourceSets.Name or SourceSets.FlowLog or SourceSets.Storage or SourceSets.ConnectionString ? _onlineTime : _offlineTime;

    /// <summary>Whose flows were looked for, for a message; empty for all.</summary>
    internal string Wanted => MakeScope().ToString();

    /// <summary>Where and for when was looked, for a message.</summary>
    internal string Searched => SearchedFor(Time);

    /// <summary>The same for another time.</summary>
    private protected string SearchedFor(TimeRange time)
    {
        var places = _searched.Distinct().ToList();
        var shown = places.Count == 0 ? string.Empty : " in " + string.Join(", ", places.Take(3)) + (places.Count > 3 ? ", …" : string.Empty);
        return shown + time;
    }

    /// <summary>
    /// What the folders hold instead, as a sentence with a space before, when nothing in them was what was asked for; so a slip in a name
    /// or a time shows at once. Storage accounts are not asked: that could be many requests.
    /// </summary>
    internal string Elsewhere()
    {
        if (Tally.BlobsFound > 0)
            return string.Empty;
        var others = Others();
        var targets = others.Select(static blob => blob.Target).Where(static target => target is not null).Distinct().Take(3).ToList();
        var among = others.Count == MostOthers || _folders.Count == MostPlaces ? ", among others" : string.Empty;
        if (targets.Count == 0)
            return string.Empty;
        var hours = others.Select(static blob => blob.Hour).Where(static hour => hour is not null).ToList();
        return $" There are blobs of {string.Join(", ", targets)}, from {FlowFormat.Time(hours.Min())} to {FlowFormat.Time(hours.Max()?.AddHours(1))}{among}.";
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Both, since the pipeline's first object may decide which source it is.
        _offlineTime = ChooseTime(OfflineDefault);
        _onlineTime = ChooseTime(TimeSpan.FromHours(1));
    }

    /// <summary>How long before the end files are read when nobody says; null for everything.</summary>
    private protected virtual TimeSpan? OfflineDefault => null;

    /// <summary>What the listing is asked for.</summary>
    private protected FlowBlobQuery MakeQuery() => new() { Scope = MakeScope(), Start = Time.Start, End = Time.End, MacAddresses = MacAddress };

    /// <summary>The blobs of the source that the current parameters name, those that came before left out. Enumerate on the pipeline's thread only.</summary>
    private protected virtual IEnumerable<FlowBlob> FindBlobs()
    {
        // At once, not when they are enumerated: whose flows are meant is known with the places.
        var places = FindPlaces();
        return New(List(places, null, ReportOnce));
    }

    private IEnumerable<FlowBlob> New(IEnumerable<FlowBlob> blobs)
    {
        foreach (var blob in blobs)
        {
            if (!IsNew(blob))
                continue;
            Tally.BlobsFound++;
            yield return blob;
        }
    }

    // A folder below another one may be listed again, and what is wrong with it found again.
    private void ReportOnce(ErrorRecord error)
    {
        if (error.Exception is not NsgFlowException { ErrorId: "FolderLinkSkipped" or "PathNotFound" or "FileAccessDenied" or "FileReadFailed" } || _seen.Add(error.Exception.Message))
            Report(error);
    }

    /// <summary>Where the blobs are that the current parameters name.</summary>
    private protected IReadOnlyList<FlowPlace> FindPlaces() => ParameterSetName switch
    {
        SourceSets.Path or SourceSets.LiteralPath => [InFiles()],
        SourceSets.Storage or SourceSets.ConnectionString => [InStorage()],
        _ => InAzure(),
    };

    /// <summary>The blobs of some places, in order. Enumerate on the pipeline's thread only.</summary>
    /// <param name="places">Where to look.</param>
    /// <param name="start">From when on instead of the time that a place is asked for; null for that.</param>
    /// <param name="report">Told of a listing that broke off, and of what it left out.</param>
    private protected IEnumerable<FlowBlob> List(IReadOnlyList<FlowPlace> places, DateTime? start, Action<ErrorRecord> report)
    {
        var listings = places.Select(place => Listed(place, start is null ? place.Query : place.Query.From(start), report)).ToList();
        return listings.Count == 1 ? listings[0] : BlobMerge.Merge(listings);
    }

    /// <summary>Of blobs that were given, those that can be read and hold what the current parameters ask for.</summary>
    private protected IEnumerable<FlowBlob> Given(IEnumerable<FlowBlob> blobs)
    {
        var query = MakeQuery();
        foreach (var blob in blobs)
        {
            if (!IsNew(blob))
                continue;
            Tally.BlobsFound++;
            if (blob.Store is null)
                Report(FlowErrors.BlobWithoutStore(blob));
            else if (!query.Excludes(blob))
                yield return blob;
        }
    }

    /// <summary>
    /// Whether the pipeline has not brought the blob before. One that was read for the flows of a target is read again for those of another.
    /// </summary>
    private protected bool IsNew(FlowBlob blob) => _seen.Add(blob, SeenBlobs.PurposeOf(ReadsTargetsTogether ? [] : ResourceId));

    /// <summary>Whether the blobs of all ResourceIds that the pipeline brings are read in one go.</summary>
    private protected virtual bool ReadsTargetsTogether => false;

    private List<FlowBlob> Others()
    {
        var others = new List<FlowBlob>();
        foreach (var folder in _folders)
        {
            using var blobs = new Listing(folder(), FlowBlobQuery.Everything, Cancellation);
            try
            {
                while (others.Count < MostOthers && blobs.Next() is { } blob)
                    others.Add(blob);
            }
            catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
            {
                // Stopped by the user: nothing to say.
                return [];
            }
        }

        return others;
    }

    /// <summary>True when the pipeline brought nothing at all, so that nothing was looked at.</summary>
    private protected bool HadNoInput => MyInvocation.ExpectingInput && !_hadInput;

    /// <summary>Notes that there is something to look at.</summary>
    private protected void NoteInput() => _hadInput = true;

    /// <summary>Writes a non-terminating error and counts it.</summary>
    private protected override void Report(ErrorRecord error)
    {
        Tally.Errors++;
        base.Report(error);
    }

    private FlowPlace InFiles()
    {
        var paths = _paths;
        var shown = string.Join(", ", paths.Take(3).Select(static path => "'" + path + "'"));
        AddPlace(shown);
        if (_folders.Count < MostPlaces)
            _folders.Add(() => Folder(static _ => { }));
        return new FlowPlace(Folder, MakeQuery(), string.Join(", ", paths));

        FolderStore Folder(Action<ErrorRecord> report) => new(
            [.. PathResolver.Resolve(this, paths, ParameterSetName == SourceSets.LiteralPath, report)],
            skipped => report(FlowErrors.Failure(skipped, paths[0])));
    }

    private FlowPlace InStorage()
    {
        var store = OpenStore(out var shown, out var account);
        AddPlace(shown);
        return new FlowPlace(_ => store, MakeQuery(), StorageAccount.Length > 0 ? ShownAccount : account);
    }

    private void AddPlace(string shown)
    {
        if (_searched.Count < MostPlaces)
            _searched.Add(shown);
    }

    private IEnumerable<FlowBlob> Listed(FlowPlace place, FlowBlobQuery query, Action<ErrorRecord> report)
    {
        using var blobs = new Listing(place.Store(report), query, Cancellation);
        while (blobs.Next() is { } blob)
            yield return blob;
        if (blobs.Failure is { } failure)
            report(FlowErrors.Failure(failure, place.Target));
    }

    // A URL may carry a SAS, a slip may bring a connection string, and a target shows up in $Error.
    private protected string ShownAccount => StorageAccount.Split('?', ';')[0];

    private IFlowBlobStore OpenStore(out string shown, out string account)
    {
        var secrets = new[] { SasToken, AccountKey, AccessToken, ConnectionString };
        if (secrets.Count(static secret => secret is not null) > 1)
            ThrowTerminatingError(FlowErrors.CredentialAmbiguous());
        try
        {
            // In a class of its own, since it needs Azure's packages, which no other way of reading does.
            return StorageOpener.Open(this, OpenAzure(), Say, out shown, out account);
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, ShownAccount));
            throw;
        }
    }
}

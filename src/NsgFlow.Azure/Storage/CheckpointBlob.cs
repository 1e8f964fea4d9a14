using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Errors;
using NsgFlow.Azure.Http;
using NsgFlow.Azure.SignIn;
using NsgFlow.Following;

namespace NsgFlow.Azure.Storage;

/// <summary>
/// Keeps a checkpoint in a blob. A lease keeps a second run out, and nothing is written without it; made by <see cref="CheckpointConnection.Open"/>.
/// </summary>
public sealed class CheckpointBlob : ICheckpointStore
{
    // Once more after the lease was taken again, and once for what can be neither foreseen nor taken for another's.
    private const int MostAttempts = 3;

    // Metadata that tells which run wrote it, and with which of its writes.
    private const string MarkKey = "nsgflowwrite";

    private readonly BlockBlobClient _blob;
    private readonly BlobLeaseClient _lease;
    private readonly CheckpointConnection _connection;
    private readonly Func<Exception, NsgFlowException> _map;
    private readonly CancellationToken _cancellation;
    private readonly LeaseKeeper _keeper;
    private readonly string _writer;
    private int _writes;
    private ETag _etag;
    private NsgFlowException? _lost;

    private CheckpointBlob(
        BlockBlobClient blob, BlobLeaseClient lease, ETag etag, string writer, CheckpointConnection connection, Func<Exception, NsgFlowException> map, CancellationToken cancellation)
    {
        (_blob, _lease, _etag, _writer, _connection, _map, _cancellation) = (blob, lease, etag, writer, connection, map, cancellation);
        _keeper = new LeaseKeeper(lease, connection.Tuning, connection.Verbose);
    }

    /// <summary>The URL without a SAS.</summary>
    public string Name => SafeText.Url(_blob.Uri);

    internal static CheckpointBlob Open(StorageTarget target, string container, string blob, CheckpointConnection connection, CancellationToken cancellation)
    {
        var client = target.Client.GetBlobContainerClient(container).GetBlockBlobClient(blob);
        var errors = new StorageErrors(target.Account, target.Client.Uri.Authority, target.Credential, StorageRights.Writing, connection.Tuning.Now);
        var lease = client.GetBlobLeaseClient(Guid.NewGuid().ToString());
        var writer = Guid.NewGuid().ToString("N");
        ETag etag;
        try
        {
            etag = Blocking.Wait(AcquireAsync(client, lease, writer, connection.Tuning, cancellation), cancellation).ETag;
        }
        catch (RequestFailedException refused) when (refused.Status == 409 && refused.ErrorCode?.StartsWith("Lease", StringComparison.Ordinal) == true)
        {
            throw new NsgFlowException(
                "CheckpointBusy",
                $"Another run uses the checkpoint '{SafeText.Url(client.Uri)}' just now{StorageErrors.Trace(refused)}.",
                "Wait until it has ended, or give another checkpoint. A run that was killed keeps it for up to a minute.");
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw new NsgFlowException(
                "CheckpointUnusable",
                $"There is no container '{container}' in storage account '{target.Account}' for the checkpoint{StorageErrors.Trace(missing)}.",
                "Make the container, or check its name.");
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            throw errors.Map(failure, container, blob);
        }

        return new CheckpointBlob(client, lease, etag, writer, connection, failure => connection.OfCheckpoint(errors.Map(failure, container, blob)), cancellation);
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException"><c>CheckpointLost</c>, <c>CheckpointUnusable</c>; <c>StorageAccessDenied</c> and what else reading an account can bring.</exception>
    public byte[]? Read()
    {
        try
        {
            return Blocking.Wait(ReadAsync(_cancellation), _cancellation);
        }
        catch (RequestFailedException refused) when (IsRefusal(refused))
        {
            throw Lost(refused);
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && _cancellation.IsCancellationRequested))
        {
            throw _map(failure);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NsgFlowException"><c>CheckpointLost</c>; <c>StorageAccessDenied</c> and what else reading an account can bring.</exception>
    public void Write(byte[] bytes)
    {
        if (bytes is null)
            throw new ArgumentNullException(nameof(bytes));
        if (_lost is not null)
            throw _lost;

        // A command that is stopped still says how far it came, if that takes no long time.
        using var limit = new CancellationTokenSource();
        using var stopping = _cancellation.Register(() => limit.CancelAfter(_connection.Tuning.Farewell));
        try
        {
            // Never on this thread: a cmdlet's may not be told anything while the cmdlet is disposed.
            Blocking.Wait(Task.Run(() => WriteAsync(bytes, limit.Token)), limit.Token);
        }
        catch (Exception failure) when (failure is not NsgFlowException)
        {
            throw _map(failure);
        }
    }

    /// <summary>Lets other runs have it.</summary>
    public void Dispose() => _keeper.Dispose();

    private static async Task<BlobLease> AcquireAsync(BlockBlobClient blob, BlobLeaseClient lease, string writer, StorageTuning tuning, CancellationToken cancellation)
    {
        try
        {
            return await lease.AcquireAsync(tuning.LeaseDuration, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException missing) when (missing.Status == 404 && missing.ErrorCode != "ContainerNotFound")
        {
            // Only something that is there can be leased.
            await CreateAsync(blob, writer, cancellation).ConfigureAwait(false);
            return await lease.AcquireAsync(tuning.LeaseDuration, cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    private static async Task CreateAsync(BlockBlobClient blob, string writer, CancellationToken cancellation)
    {
        using var nothing = new MemoryStream();
        try
        {
            await blob.UploadAsync(nothing, Options(writer + "-0", new BlobRequestConditions { IfNoneMatch = ETag.All }), cancellation).ConfigureAwait(false);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // Another run was faster, or the answer to this one's first request was lost: who gets the lease is told next.
        }
    }

    private static BlobUploadOptions Options(string mark, BlobRequestConditions conditions) => new()
    {
        Conditions = conditions,
        HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" },
        Metadata = new Dictionary<string, string> { [MarkKey] = mark },
    };

    // The blob is not there, is leased to another or to nobody, or is in another state.
    private static bool IsRefusal(RequestFailedException answer) => answer.Status is 404 or 409 or 412;

    private async Task<byte[]?> ReadAsync(CancellationToken cancellation)
    {
        var options = new BlobDownloadOptions { Conditions = new BlobRequestConditions { LeaseId = _lease.LeaseId } };
        using var answer = (await _blob.DownloadStreamingAsync(options, cancellation).ConfigureAwait(false)).Value;
        var length = answer.Details.ContentLength;
        if (length > Checkpoint.MostBytes)
            throw Checkpoint.TooLarge(Name, length);

        using var bytes = new MemoryStream();
        await answer.Content.CopyToAsync(bytes, 81920, cancellation).ConfigureAwait(false);

        // Nothing at all means that there is none yet, and must not come of a connection that broke.
        if (bytes.Length != length)
            throw new IOException("The answer was cut.");
        _etag = answer.Details.ETag;
        return length == 0 ? null : bytes.ToArray();
    }

    private async Task<bool> WriteAsync(byte[] bytes, CancellationToken cancellation)
    {
        var mark = $"{_writer}-{++_writes}";
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var content = new MemoryStream(bytes, writable: false);
                var conditions = new BlobRequestConditions { LeaseId = _lease.LeaseId, IfMatch = _etag };
                _etag = (await _blob.UploadAsync(content, Options(mark, conditions), cancellation).ConfigureAwait(false)).Value.ETag;
                return true;
            }
            catch (RequestFailedException refused) when (IsRefusal(refused))
            {
                if (await RetakeAsync(mark, cancellation).ConfigureAwait(false))
                    return true;
                if (attempt == MostAttempts)
                    throw _map(refused);
            }
        }
    }

    /// <summary>Takes the checkpoint again after writing was refused, if nobody else had it.</summary>
    /// <returns>Whether the state has been written: the answer to a first request was lost, and the second one was refused.</returns>
    private async Task<bool> RetakeAsync(string mark, CancellationToken cancellation)
    {
        try
        {
            // One that expired, since renewing failed for a while, is renewed as long as nobody has leased or written the blob since; a broken one is not.
            var renewed = await _lease.RenewAsync(cancellationToken: cancellation).ConfigureAwait(false);
            if (IsSame(renewed.Value.ETag))
                return false;

            // Written since. Of an earlier request that seemed to fail no answer came, either.
            var conditions = new BlobRequestConditions { LeaseId = _lease.LeaseId };
            var now = (await _blob.GetPropertiesAsync(conditions, cancellation).ConfigureAwait(false)).Value;
            if (!now.Metadata.TryGetValue(MarkKey, out var found) || !found.StartsWith(_writer, StringComparison.Ordinal))
                throw Lost("something else wrote to it");
            _etag = now.ETag;
            return found == mark;
        }
        catch (RequestFailedException refused) when (IsRefusal(refused))
        {
            throw Lost(refused);
        }
    }

    // Services quote it in some answers and not in others.
    private bool IsSame(ETag etag) => _etag.ToString().Trim('"') == etag.ToString().Trim('"');

    private NsgFlowException Lost(RequestFailedException refused) => Lost(
        (refused switch
        {
            { ErrorCode: "ContainerNotFound" or "ContainerBeingDeleted" } => "its container was deleted",
            { Status: 404 } => "it was deleted",
            { ErrorCode: "LeaseIsBrokenAndCannotBeRenewed" or "LeaseIsBreakingAndCannotBeAcquired" } => "its lease was broken",
            _ => "another run has taken it since",
        })
        + StorageErrors.Trace(refused));

    private NsgFlowException Lost(string why) => _lost = new NsgFlowException(
        "CheckpointLost",
        $"The checkpoint '{Name}' does not belong to this run any more: {why}. Nothing more is written to it.",
        "Let the other run go on. If there is none, run the command again: what came after the last save comes again.");
}

using System;
using System.Collections.Generic;
using NsgFlow.Blobs;
using NsgFlow.Reading;
using NsgFlow.Saving;

namespace NsgFlow.Following;

/// <summary>What could not be read in a poll, and what follows from it: told once for a container, held on to while it may pass, and in the end given up.</summary>
internal sealed class FollowFailures
{
    private readonly FollowState _state;
    private readonly List<FlowRecordBatch> _waiting = [];
    private readonly HashSet<(string? Account, string? Container)> _told = [];

    public FollowFailures(FollowState state, ContainerHealth health) => (_state, Health) = (state, health);

    public ContainerHealth Health { get; }

    /// <summary>Oldest hour of which something has to be tried again.</summary>
    public DateTime? Earliest { get; private set; }

    public void Add(FlowRecordBatch failed) => _waiting.Add(failed);

    /// <summary>What is to be told. Giving a blob up counts, as any batch does, when the next is asked for.</summary>
    /// <param name="now">The present.</param>
    /// <param name="most">How long a blob is tried at least.</param>
    /// <param name="start">Hours that ended by then are of no other interest any more.</param>
    public IEnumerable<FlowRecordBatch> Take(DateTime now, TimeSpan most, DateTime start)
    {
        foreach (var batch in _waiting)
        {
            var blob = batch.Blob;
            if (Health.IsGone(blob) && Health.IsRefusal(batch.Failure as NsgFlowException))
            {
                Hold(blob);
                if (_told.Add((blob.Account, blob.Container)))
                    yield return new FlowRecordBatch { Blob = blob, Failure = batch.Failure, IsOfContainer = true, IsLast = true };
                continue;
            }

            var position = _state.Of(blob);
            if (_state.From is not null && now - position.FailedSince >= most && FlowFollower.HasEnded(blob.Hour, start))
            {
                yield return new FlowRecordBatch { Blob = blob, Failure = GivenUp(batch, position.FailedSince!.Value), IsLast = true };

                // As it is now; when it changes it is tried again.
                _state.Set(FollowState.KeyOf(blob), position with { State = MirrorState.TagOf(blob), Length = blob.Length, IsPending = false, FailedSince = null });
                continue;
            }

            // One that was only looked at for another's sake has nothing that is held up.
            if (Health.HasAnswered(blob) && position.State != MirrorState.TagOf(blob))
                _state.Set(FollowState.KeyOf(blob), position with { FailedSince = position.FailedSince ?? now });
            Hold(blob);
            yield return batch;
        }

        _waiting.Clear();
    }

    private static NsgFlowException GivenUp(FlowRecordBatch batch, DateTime since) => new(
        "BlobGivenUp",
        $"The blob could not be read since {since:yyyy-MM-dd HH:mm} UTC and is given up, as its hour is over for long: what is in it does not come any more. {batch.Failure!.Message}",
        "When it can be read again, read its hour without the checkpoint.",
        batch.Failure);

    private void Hold(FlowBlob blob) => Earliest = FlowFollower.Earlier(Earliest, blob.Hour);
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using NsgFlow.Parsing;
using NsgFlow.Reading;

namespace NsgFlow.Following;

/// <summary>
/// Follows blobs as they grow. Each poll takes a listing and gives what is new in it, each entry once, and those of a network interface in the order
/// in which they were written. Not thread-safe: one poll at a time.
/// </summary>
/// <remarks>
/// A blob that did not change costs no request; one that did, mostly a single range. Memory holds the positions of blobs of
/// <see cref="Window"/>, whatever came before.
/// </remarks>
public sealed class FlowFollower
{
    // Of files that were deleted: as long as a share may be away.
    private static readonly TimeSpan s_unlistedFor = TimeSpan.FromDays(7);

    private DateTime? _newest;
    private DateTime? _lastWide;
    private DateTime? _failed;
    private bool _isWide = true;
    private HashSet<string> _listed = [];

    /// <summary>Makes a follower.</summary>
    /// <param name="state">Where to go on; changed as batches are taken.</param>
    public FlowFollower(FollowState state) => State = state ?? throw new ArgumentNullException(nameof(state));

    /// <summary>How far was read: what of each batch holds once the next is asked for.</summary>
    public FollowState State { get; }

    /// <summary>Which tuples are wanted.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.Everything;

    /// <summary>Limits against hostile input.</summary>
    public FlowReadLimits Limits { get; init; } = FlowReadLimits.Default;

    /// <summary>Most interfaces read at the same time; at least 1.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>How long after its hour a blob may get late blocks that are still found.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// How long newer hours of an interface wait for a blob that fails although others of its container can be read. Until then its failure may pass; after
    /// that they come before it. What has failed for as long as <see cref="Window"/> when its hour leaves that is given up.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the last poll was of the whole <see cref="Window"/>, so that what did not fail in it has passed.</summary>
    public bool HasLookedAtAll { get; private set; }

    /// <summary>How often the whole window is listed, for what comes late into hours that have ended; zero for each poll.</summary>
    public TimeSpan WideEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Blobs are grouped by interface, for which they have to be gathered; a long history is gathered in parts of so many.</summary>
    internal int MostGathered { get; init; } = 10_000;

    /// <summary>The present, UTC.</summary>
    public Func<DateTime> Now { get; init; } = static () => DateTime.UtcNow;

    /// <summary>
    /// From when on blobs are to be listed for the next poll, UTC; null for all. Mostly hours that are not over, now and then the whole
    /// <see cref="Window"/>.
    /// </summary>
    public DateTime? NextStart()
    {
        // Until one of the whole window has been read to its end, so that no hour is passed over that was not.
        var now = Now();
        _isWide = State.From is null || _lastWide is not { } last || now - last >= WideEvery;
        var open = Latest(now) - FlowBlobName.Lag;
        return _isWide || open < State.From ? State.From : open;
    }

    /// <summary>
    /// Reads what is new. A batch counts as done when the next is asked for; ending the enumeration before leaves it, and it comes again.
    /// </summary>
    /// <param name="blobs">Listing from <see cref="NextStart"/> on, in order of hours.</param>
    /// <param name="isWhole">Whether nothing was left out of the listing so far (an account that could not be asked): only then hours are passed over. Null: nothing ever is.</param>
    /// <param name="cancellation">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    public IEnumerable<FlowRecordBatch> Poll(IEnumerable<FlowBlob> blobs, Func<bool>? isWhole, CancellationToken cancellation)
    {
        if (blobs is null)
            throw new ArgumentNullException(nameof(blobs));
        return Follow(blobs, isWhole, cancellation);
    }

    /// <summary>
    /// Forgets blobs that listings have not had for a week, to be called when the last one was whole: a folder may be away for a while. Does nothing where
    /// hours are passed over: their blobs are forgotten with them.
    /// </summary>
    /// <param name="isThere">Whether a blob (by <see cref="FollowState.KeyOf"/>) is still there, although it was not listed; null when none is.</param>
    public void ForgetUnlisted(Predicate<string>? isThere = null)
    {
        if (State.From is not null)
            return;
        var now = Now();
        foreach (var (key, position) in State.Positions.Select(static pair => (pair.Key, pair.Value)).ToList())
        {
            var isGone = !_listed.Contains(key) && isThere?.Invoke(key) != true;
            if (isGone != position.UnlistedSince is not null)
                State.Set(key, position with { UnlistedSince = isGone ? now : null });
        }

        State.Forget(key => now - State.Positions[key].UnlistedSince >= s_unlistedFor);
    }

    private IEnumerable<FlowRecordBatch> Follow(IEnumerable<FlowBlob> blobs, Func<bool>? isWhole, CancellationToken cancellation)
    {
        var now = Now();
        var isWide = _isWide;
        HasLookedAtAll = false;
        var failures = new FollowFailures(State, new ContainerHealth { CountsOutages = true });
        _listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Parts(blobs))
        {
            foreach (var batch in OrderedJobs.Run(Due(part, failures.Health, now), Read, ThrottleLimit, cancellation))
            {
                if (batch.Failure is not null)
                {
                    failures.Add(batch);
                    continue;
                }

                yield return batch;
                if (batch.Position is { } position)
                    State.Set(FollowState.KeyOf(batch.Blob), position);
            }

            // Now it is known which are those of whole containers.
            foreach (var failure in failures.Take(now, Window, Latest(now) - Window))
                yield return failure;

            // So that a long history need not be begun anew; only as far as it was listed and read.
            if (isWide && (isWhole is null || isWhole()) && part.Count > 0 && part[part.Count - 1].Hour is { } last)
                Advance(now, Earlier(Earlier(failures.Earliest, _failed), last));
        }

        // What failed in an hour that was not listed now has still failed.
        if (isWide && (isWhole is null || isWhole()))
        {
            (_failed, _lastWide, HasLookedAtAll) = (failures.Earliest, now, true);
            Advance(now, _failed);
        }
        else
        {
            _failed = Earlier(failures.Earliest, _failed);
        }
    }

    // In ticks, since a hostile name may lie at the end of what a DateTime can add to.
    internal static bool HasEnded(DateTime? hour, DateTime? by) => hour?.Ticks + TimeSpan.TicksPerHour <= by?.Ticks;

    /// <summary>Parts of a listing that end with an hour.</summary>
    private IEnumerable<List<FlowBlob>> Parts(IEnumerable<FlowBlob> blobs)
    {
        var part = new List<FlowBlob>();
        foreach (var blob in blobs)
        {
            if (part.Count >= MostGathered && part[part.Count - 1].Hour != blob.Hour && !part[part.Count - 1].IsOpen)
            {
                yield return part;
                part = [];
            }

            // What the state says is done with is done with, whatever is listed. Of files, a folder and a file in it may have a blob twice.
            if (HasEnded(blob.Hour, State.From) || ((State.From is null || blob.Account is null) && !_listed.Add(FollowState.KeyOf(blob))))
                continue;
            part.Add(blob);
            _newest = blob.Hour > _newest || _newest is null ? blob.Hour ?? _newest : _newest;
        }

        yield return part;
    }

    private static void Read(NicFollower nic, Action<FlowRecordBatch> take, CancellationToken cancellation)
    {
        foreach (var batch in nic.Read(cancellation))
            take(batch);
    }

    // Most blobs have nothing new in most polls, so nothing is made for those.
    private IEnumerable<NicFollower> Due(List<FlowBlob> part, ContainerHealth health, DateTime now)
    {
        var due = new HashSet<Nic>(part.Where(blob => State.Of(blob).IsDue(blob, BlobFollower.IsGrowing(blob, now))).Select(NicOf));
        return part
            .Where(blob => due.Contains(NicOf(blob)))
            .GroupBy(NicOf)
            .Select(nic => new NicFollower([.. nic.Select(blob => new BlobFollower(blob, State.Of(blob), this, now))], health));
    }

    internal static DateTime? Earlier(DateTime? one, DateTime? other) => one is null || other < one ? other : one;

    // A blob whose name does not tell is followed for itself.
    private static Nic NicOf(FlowBlob blob) => blob.Hour is null || blob.MacAddress is null
        ? new Nic(blob.Account, blob.Container, null, null, null, null, blob.Name)
        : new Nic(blob.Account, blob.Container, blob.Kind, blob.SubscriptionId, blob.ResourceGroup, blob.Target, blob.MacAddress);

    /// <summary>The present, or the end of the newest hour listed: a clock that is wrong must not pass over hours that are not over.</summary>
    private DateTime Latest(DateTime now) => HasEnded(_newest, now) ? _newest!.Value.AddHours(1) : now;

    /// <summary>Passes over hours in which nothing is to be expected any more, but for those of which something could not be read.</summary>
    private void Advance(DateTime now, DateTime? failed)
    {
        if (State.From is not { } from || _newest is null)
            return;
        var next = Latest(now) - Window;
        next = failed < next ? failed.Value : next;
        if (next <= from)
            return;
        State.From = next;
        State.Forget(key => HasEnded(FlowBlobName.Parse(key).Hour, next));
    }

    /// <summary>What a network interface is known by.</summary>
    private readonly record struct Nic(string? Account, string? Container, FlowLogKind? Kind, string? Subscription, string? Group, string? Target, string Name);
}

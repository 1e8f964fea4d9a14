using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using NsgFlow.Following;
using NsgFlow.Reading;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// The polls of a follower, whose state goes into a checkpoint: what was taken is saved, however the run ends. On the pipeline's thread.
/// </summary>
internal sealed class FollowRun : IDisposable
{
    // Long enough to be no load, short enough to renew a token and to show what other threads say.
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(500);

    private readonly FlowFollower _follower;
    private readonly Checkpoint? _checkpoint;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Stopwatch _sincePoll = new();
    private bool _isEnding;
    private bool _hasListed;
    private bool _hasBatches;
    private DateTime? _savedFrom;

    public FollowRun(FlowFollower follower, Checkpoint? checkpoint)
    {
        _follower = follower;
        _checkpoint = checkpoint;
        _savedFrom = checkpoint is { IsNew: false } ? follower.State.From : null;
    }

    /// <summary>Whether there are places that could not be found: no hour is passed over, so that theirs come another time.</summary>
    public bool IsPartial { get; init; }

    /// <summary>How long to go on; null for ever.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How far it is.</summary>
    public FollowState State => _follower.State;

    private bool IsOver => Timeout <= _clock.Elapsed;

    /// <summary>Whether it goes on from nothing.</summary>
    public bool IsNew => _checkpoint is null or { IsNew: true };

    /// <summary>Whether nothing could be listed in the last poll, for reasons that waiting does not heal.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Whether time was up in the middle of a poll, whose rest comes with the next run.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the last poll looked at all that counts, not only at hours that are not over.</summary>
    public bool HasLookedAtAll => _follower.HasLookedAtAll;

    /// <summary>What is new in all places.</summary>
    /// <param name="places">How many there are.</param>
    /// <param name="list">Lists their blobs from a moment on; its second parameter is to be told of what fails.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NsgFlowException">The checkpoint cannot be saved.</exception>
    public IEnumerable<FlowRecordBatch> Poll(int places, Func<DateTime?, Action<ErrorRecord>, IEnumerable<FlowBlob>> list, CancellationToken cancellation)
    {
        _sincePoll.Restart();
        var failures = new List<ErrorRecord>();
        foreach (var batch in Read(list(_follower.NextStart(), failures.Add), () => !IsPartial && failures.Count == 0, cancellation))
            yield return batch;
        if (IsCut)
        {
            Save();
            yield break;
        }

        if (State.From is null && !IsPartial && failures.Count == 0)
            _follower.ForgetUnlisted();
        IsHopeless = failures.Count >= places && failures.TrueForAll(IsFinal);
        _hasListed |= failures.Count == 0;
        Save();
    }

    /// <summary>What is new in some blobs, whatever else there is.</summary>
    public IEnumerable<FlowRecordBatch> Read(IEnumerable<FlowBlob> blobs, Func<bool> isWhole, CancellationToken cancellation)
    {
        var isFurther = false;
        foreach (var batch in _follower.Poll(blobs, isWhole, cancellation))
        {
            // The state now has all that came before this one.
            _checkpoint?.SaveIfDue();

            // A first reading may take hours. Each run gets further, however short its time is, and without a checkpoint nothing would bring the rest.
            IsCut = _checkpoint is not null && isFurther && !_isEnding && IsOver;
            if (IsCut)
                yield break;
            isFurther |= batch.Position is not null;
            _hasBatches = true;
            yield return batch;
        }
    }

    /// <summary>Waits for the next poll; false when there is to be none.</summary>
    public bool Wait(TimeSpan interval, Action tick, CancellationToken cancellation)
    {
        if (_isEnding || IsHopeless || IsCut)
            return false;
        while (_sincePoll.Elapsed < interval && !IsOver)
        {
            tick();
            var left = interval - _sincePoll.Elapsed;
            left = Timeout - _clock.Elapsed is { } rest && rest < left ? rest : left;
            left = left < s_breath ? left : s_breath;
            if (left > TimeSpan.Zero && cancellation.WaitHandle.WaitOne(left))
                return false;
        }

        // What came before the end comes with one more poll, since the last may have looked before that.
        _isEnding = IsOver;
        return !cancellation.IsCancellationRequested;
    }

    /// <summary>Saves what was taken by a run that was stopped or failed, as far as that can be done. The checkpoint stays open.</summary>
    public void Dispose()
    {
        try
        {
            Save();
        }
        catch (NsgFlowException)
        {
            // The run has ended already, with an error of its own or since its user stopped it. The checkpoint is as it was saved last, and what
            // came after comes again, as it does after a crash.
        }
    }

    // What waiting does not heal. A container that is not there yet comes with the first blob, and one that was there is gone; a host that was known is
    // known again when this machine's network is.
    private bool IsFinal(ErrorRecord failure) => (failure.Exception as NsgFlowException)?.ErrorId switch
    {
        "StorageUnauthorized" or "StorageAccessDenied" or "NotSignedIn" => true,
        "ContainerNotFound" => _hasListed,
        "StorageAccountNotFound" => !_hasListed,
        _ => false,
    };

    // Most polls bring nothing, and a checkpoint may be a blob.
    private void Save()
    {
        if (_checkpoint is null || (!_hasBatches && _savedFrom == State.From))
            return;
        _checkpoint.Save();
        (_hasBatches, _savedFrom) = (false, State.From);
    }
}

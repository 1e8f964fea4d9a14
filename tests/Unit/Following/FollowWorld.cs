using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Following;
using NsgFlow.Reading;
using NsgFlow.Unit.Reading;
using NsgFlow.Unit.Saving;

namespace NsgFlow.Unit.Following;

/// <summary>What a reader does next.</summary>
internal enum FollowStep
{
    List,
    Blocks,
    Range,
}

/// <summary>
/// A model of a storage account, a writer that numbers its tuples, and a reader that follows. Every step of the reader (a listed blob, a block list, a
/// range) is one at which something else can happen first.
/// </summary>
internal sealed class FollowWorld
{
    private readonly Dictionary<int, List<long>> _written = [];
    private readonly HashSet<(int Nic, int Hour)> _blobs = [];
    private int _numbers;

    public FollowWorld(DateTime? from = null)
    {
        State = new FollowState { From = from ?? At(9, 0) };
        Store.Now = At(9, 30);
        Store.BeforeRequest = (_, _) => Step(Store.IsRange ? FollowStep.Range : FollowStep.Blocks);
    }

    public ModelStore Store { get; } = new();

    public FollowState State { get; set; }

    public DateTime Now { get => Store.Now!.Value; set => Store.Now = value; }

    /// <summary>Whether listings are said to be whole.</summary>
    public Func<bool>? IsWhole { get; set; }

    /// <summary>Hours that are listed, a step each.</summary>
    public int FirstHour { get; init; }

    public int LastHour { get; init; } = 23;

    /// <summary>Whether the writer has the end of a blob in one block with the newest minute, and replaces that.</summary>
    public bool ReplacesLast { get; init; }

    /// <summary>What the step under way is.</summary>
    public FollowStep Kind { get; private set; }

    /// <summary>Called before each step of the reader with its number.</summary>
    public Action<int> BeforeStep { get; set; } = static _ => { };

    public int Steps { get; private set; }

    /// <summary>What came, by interface, in the order it came.</summary>
    public Dictionary<int, List<long>> Read { get; } = [];

    public List<FlowRecordBatch> Batches { get; } = [];

    public IReadOnlyDictionary<int, List<long>> Written => _written;

    public long WrittenBytes => Store.Names.Sum(name => Store[name].Content.Length);

    public static DateTime At(int hour, int minute) => new(2026, 11, 23, hour, minute, 0, DateTimeKind.Utc);

    /// <summary>A minute's entry with so many numbered tuples.</summary>
    public void Append(int nic, int hour, int tuples = 1)
    {
        var text = Minute(nic, tuples);
        var blob = _blobs.Add((nic, hour)) ? Store.Add(ModelStore.Name(nic, hour)) : Store[ModelStore.Name(nic, hour)];
        if (ReplacesLast)
            blob.AppendToLast(text);
        else
            blob.Append(text);
    }

    /// <summary>Other content in a blob's place; the interface has written nothing else then.</summary>
    public void Rewrite(int nic, int hour, int minutes, int tuples = 1)
    {
        _written.Remove(nic);
        Store[ModelStore.Name(nic, hour)].Write([.. Enumerable.Range(0, minutes).Select(_ => Minute(nic, tuples))]);
    }

    /// <summary>Takes a blob's newest minute away, which had one tuple.</summary>
    public void Shrink(int nic, int hour)
    {
        Store[ModelStore.Name(nic, hour)].Shrink();
        _written[nic].RemoveAt(_written[nic].Count - 1);
    }

    public void Delete(int nic, int hour)
    {
        _blobs.Remove((nic, hour));
        Store.Delete(ModelStore.Name(nic, hour));
    }

    public FlowFollower Follower(int throttle = 1) => new(State) { Now = () => Now, ThrottleLimit = throttle };

    /// <summary>The blobs one by one, as pages of a listing bring them.</summary>
    public IEnumerable<FlowBlob> List(DateTime? start)
    {
        // The names that are there when their hour is listed, which are not known before.
        for (var hour = FirstHour; hour <= LastHour; hour++)
        {
            Step(FollowStep.List);
            var folder = $"/h={hour:00}/";
            foreach (var name in Store.Names.Where(name => name.Contains(folder)).OrderBy(static name => name, StringComparer.Ordinal))
            {
                var blob = Store.Listed(name);
                if (!new FlowBlobQuery { Start = start }.Excludes(blob))
                    yield return blob;
            }
        }
    }

    /// <summary>Polls once and keeps what came.</summary>
    public IReadOnlyList<FlowRecordBatch> Poll(FlowFollower follower)
    {
        var batches = new List<FlowRecordBatch>();
        foreach (var batch in follower.Poll(List(follower.NextStart()), IsWhole, CancellationToken.None))
        {
            batches.Add(batch);
            var nic = (int)Convert.ToInt64(batch.Blob.MacAddress, 16);
            if (!Read.TryGetValue(nic, out var numbers))
                Read[nic] = numbers = [];
            numbers.AddRange(batch.Records.Select(FlowTexts.Number));
        }

        Batches.AddRange(batches);
        return batches;
    }

    private string Minute(int nic, int tuples)
    {
        var first = _numbers + 1;
        _numbers += tuples;
        if (!_written.TryGetValue(nic, out var numbers))
            _written[nic] = numbers = [];
        numbers.AddRange(Enumerable.Range(first, tuples).Select(static number => (long)number));
        return Encoding.UTF8.GetString(FlowTexts.Entry(first, tuples)).Substring(1);
    }

    private void Step(FollowStep kind)
    {
        Kind = kind;
        BeforeStep(Steps++);
    }
}

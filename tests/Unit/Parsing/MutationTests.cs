using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>
/// Mutated flow logs. Whatever was changed: no exception, an end, consistent counts (see Reading), and every tuple before the first
/// change comes as it was. If the result is still JSON: exactly what the reference says. A cut: what came before and one error.
/// </summary>
public class MutationTests
{
    /// <summary>Bytes that are put in: JSON's own, and some that matter in tuples. Few, so that unknown codes stay few.</summary>
    private static readonly byte[] _bytes = [.. "{}[]\",:\\/ \n0159-.eTuXBD"u8, 0, 0x1F, 0x80, 0xC3, 0xEF, 0xFF];

    private static readonly Regex _escape = new(@"\\u([0-9A-Fa-f]{4})", RegexOptions.CultureInvariant);
    private static readonly Regex _versionInWords = new("\"[Vv]ersion\"\\s*:\\s*\"", RegexOptions.CultureInvariant);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public void Mutated_text_gives_all_before_the_change_and_the_references_rows_when_still_json(int seed)
    {
        var random = Scale.Random(seed);
        var documents = new Documents(random);
        var statistics = new int[3];
        for (var i = 0; i < Scale.Of(20_000); i++)
        {
            var original = documents.Next();
            var (mutated, changed) = Mutate(random, original.Bytes);
            var how = $"seed {seed}, mutation {i} at {changed}";
            var read = ReadSomehow(random, mutated);
            AssertHead(original.Reference, read, changed, mutated, how);
            var reference = ReferenceParser.Parse(mutated);
            statistics[reference is null ? 0 : reference.Unsure ? 1 : 2]++;
            if (reference is { Unsure: false })
                ReferenceAssert.Equal(reference, read, mutated, how);
        }

        Assert.All([statistics[0], statistics[2]], n => Assert.True(n > Scale.Of(20_000) / 10, string.Join(" ", statistics)));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void A_mutation_inside_one_tuple_changes_that_tuple_only(int seed)
    {
        var random = Scale.Random(seed);
        var documents = new Documents(random);
        for (var i = 0; i < Scale.Of(12_000); i++)
        {
            var (bytes, reference) = documents.Next();
            var target = random.Next(reference.Tuples.Count);
            var tuple = reference.Tuples[target];
            if (tuple.End - tuple.Start < 2)
                continue;
            var mutated = MutateTuple(random, bytes, tuple.Start + random.Next(tuple.End - tuple.Start - 1));
            var how = $"seed {seed}, mutation {i} of tuple {target}";
            var read = ReadSomehow(random, mutated);
            var others = reference.Tuples.Where((t, index) => index != target && t.Row is not null).Select(t => t.Row!.Tuple).ToList();
            var before = reference.Tuples.Take(target).Count(t => t.Row is not null);
            var came = read.Rows.Count > others.Count;
            if (!others.SequenceEqual(read.Rows.Where((_, index) => !came || index != before).Select(r => r.Tuple)))
                Assert.Fail(how + ReferenceAssert.Show(mutated));
            ReferenceAssert.Equal(ReferenceParser.Parse(mutated)!, read, mutated, how);
        }
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void A_cut_gives_what_came_before_and_one_error(int seed)
    {
        var random = Scale.Random(seed);
        var documents = new Documents(random);
        for (var i = 0; i < Scale.Of(10_000); i++)
        {
            var (bytes, reference) = documents.Next();
            var head = bytes.Take(random.Next(bytes.Length + 1)).ToArray();
            CutInput.Check(reference, head, ReadSomehow(random, head), $"seed {seed}, cut {i} at {head.Length}");
        }
    }

    [Fact]
    public void Most_entries_behind_a_damaged_one_come()
    {
        var random = Scale.Random(41);
        var log = new RandomFlowLog(random, mostTuplesOfGroup: 4, odd: false);
        var (due, came) = (0, 0);
        for (var i = 0; i < Scale.Of(5_000); i++)
        {
            var bytes = log.Next(entries: 6);
            var reference = ReferenceParser.Parse(bytes)!;
            var changed = random.Next(bytes.Length);
            var put = _bytes[random.Next(_bytes.Length)];
            var was = bytes[changed];
            bytes[changed] = put;
            if (ReferenceParser.Parse(bytes) is not null)
                continue;
            var behind = reference.Tuples.Where(t => t.Row!.Context.EntryOffset > changed).Select(t => t.Row!).ToList();
            if (behind.Count == 0 || behind[0].Context.EntryOffset == behind[behind.Count - 1].Context.EntryOffset)
                continue;
            due++;
            var last = behind.Where(r => r.Context.EntryOffset == behind[behind.Count - 1].Context.EntryOffset).ToList();
            var read = Reading.Read(bytes);
            var tolerated = put is < (byte)' ' or (byte)'\\' or >= 0x80 || was >= 0x80 || (changed > 0 && bytes[changed - 1] == '\\');
            if (!tolerated && read.Issues.Count == 0 && read.Rows.Count < reference.Tuples.Count)
                Assert.Fail($"Mutation {i} at {changed} loses tuples and is reported nowhere:{ReferenceAssert.Show(bytes)}");
            came += read.Rows.Count >= last.Count && read.Rows.Skip(read.Rows.Count - last.Count).SequenceEqual(last) ? 1 : 0;
        }

        Assert.True(came >= due * 0.95, $"The last of the entries behind the damage came {came} times of {due}.");
    }

    /// <summary>The mutated bytes and the first offset that may differ.</summary>
    private static (byte[] Mutated, int Changed) Mutate(TestRandom random, byte[] bytes)
    {
        var list = new List<byte>(bytes);
        var first = bytes.Length;
        for (var times = random.OneIn(4) ? 1 + random.Next(4) : 1; times > 0 && list.Count > 0; times--)
        {
            var at = random.Next(list.Count);
            first = Math.Min(first, at);
            var length = Math.Min(1 + random.Next(random.Pick(1, 4, 60)), list.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    list[at] = _bytes[random.Next(_bytes.Length)];
                    break;
                case 2:
                    list.Insert(at, _bytes[random.Next(_bytes.Length)]);
                    break;
                case 3:
                    list.RemoveRange(at, length);
                    break;
                case 4:
                    list.InsertRange(at, list.GetRange(at, length));
                    break;
                default:
                    list.InsertRange(at, list.GetRange(random.Next(list.Count - length + 1), length));
                    break;
            }
        }

        return (list.ToArray(), first);
    }

    /// <summary>Changes one byte of a tuple such that it stays a JSON string of its own.</summary>
    private static byte[] MutateTuple(TestRandom random, byte[] bytes, int at)
    {
        const string Put = "0159,,,.:-TUIOADBCENX ";
        var list = new List<byte>(bytes);
        if (bytes[at] == '\\' || bytes[at] >= 128 || InsideEscape(bytes, at))
            return bytes;
        switch (random.Next(3))
        {
            case 0:
                list[at] = (byte)Put[random.Next(Put.Length)];
                break;
            case 1:
                list.Insert(at, (byte)Put[random.Next(Put.Length)]);
                break;
            default:
                list.RemoveAt(at);
                break;
        }

        return list.ToArray();
    }

    private static bool InsideEscape(byte[] bytes, int at) => Encoding.ASCII.GetString(bytes, Math.Max(0, at - 5), Math.Min(at, 5)).Contains("\\");

    private static ReadResult ReadSomehow(TestRandom random, byte[] bytes) => random.Next(3) switch
    {
        0 => Reading.Read(bytes),
        1 => Reading.ReadByBuffer(bytes, 1 + random.Next(200)),
        _ => Reading.Read(bytes, [random.Next(bytes.Length + 1), 1 + random.Next(100)]),
    };

    private static void AssertHead(ReferenceParser original, ReadResult read, int changed, byte[] mutated, string how)
    {
        var unescaped = _escape.Replace(Encoding.UTF8.GetString(mutated), m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString());
        if (_versionInWords.IsMatch(unescaped))
            return; // The mark of a Windows Server SDN log: no tuple of its entry comes.

        var head = original.Tuples.Where(t => t.End <= changed && t.Row is not null).ToList();
        if (head.Count > read.Rows.Count)
            Assert.Fail($"{how}: {read.Rows.Count} rows where {head.Count} stand before the change in{ReferenceAssert.Show(mutated)}");
        for (var i = 0; i < head.Count; i++)
        {
            if (head[i].Row!.Tuple != read.Rows[i].Tuple)
                Assert.Fail($"{how}: row {i} differs in{ReferenceAssert.Show(mutated)}");
            if (head[i].EntryEnd <= changed && !head[i].Row!.Context.Admits(read.Rows[i].Context))
                Assert.Fail($"{how}: the context of row {i} differs in{ReferenceAssert.Show(mutated)}");
        }

        var bad = original.Tuples.Where(t => t.End <= changed && t.Row is null).Select(t => (long)t.Start).ToList();
        if (!bad.SequenceEqual(read.OffsetsOf(FlowIssueKind.FlowTupleInvalid).Take(bad.Count)))
            Assert.Fail($"{how}: bad tuples before the change differ in{ReferenceAssert.Show(mutated)}");
    }

    /// <summary>Small documents with at least one tuple, each used for some mutations.</summary>
    private sealed class Documents(TestRandom random)
    {
        private byte[] _bytes = [];
        private ReferenceParser? _reference;
        private int _left;

        public (byte[] Bytes, ReferenceParser Reference) Next()
        {
            for (_left--; _left < 0 || _reference!.Tuples.Count == 0; _left = 25)
            {
                _bytes = new RandomFlowLog(random, mostTuplesOfGroup: 3, odd: !random.OneIn(3)).Next(entries: 1 + random.Next(3));
                _reference = ReferenceParser.Parse(_bytes)!;
            }

            return (_bytes, _reference);
        }
    }
}

using System.Collections.Generic;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>Where the chunks of an input end makes no difference to rows, issues (with offsets) and counts.</summary>
public class ChunkInvarianceTests
{
    private static readonly int[] _sizes = [1, 2, 3, 7, 64];

    public static TheoryData<string> SmallTexts() =>
    [
        Texts.Records(Texts.NsgEntry(1, "UserRule_a", "1487282421,42.119.146.95,10.1.0.4,51529,5358,T,I,D"), Texts.VnetEntry("g", "DefaultRule_b", Texts.GoodVnet(1))),
        "\uFEFF" + Texts.Nsg(2, Texts.Good(1), "bad", "1542110400,2001:db8::1,::ffff:10.0.0.4,1,443,T,O,A,B,,,,").Replace("/", "\\/").Replace("T,O", "\\u0054,O"),
        "," + Texts.NsgEntry(2, "UserRule_規則 😀", Texts.Good(1)) + "\n]}\n" + Texts.NsgEntry(2, "r\\ud83d\\ude00\\\\\\\"", Texts.Good(2)) + " \r\n",
        Texts.Records(Texts.NsgEntry(2, "UserRule_a", Texts.Good(1)).Replace("\"category\":", "\"category\""), Texts.NsgEntry(2, "UserRule_b", Texts.Good(2))),
        Texts.Nsg(2, Texts.Good(1)).Substring(0, 480),
        "{\"records\":[" + Texts.NsgEntry(2, "UserRule_a", Texts.Good(1)).Substring(0, 300) + "]}," + Texts.NsgEntry(2, "UserRule_b", Texts.Good(2)) + "]}",
        "<!DOCTYPE html><html><body>{}</body></html>",
        "{\"value\":[{\"id\":1}]} nonsense",
        "   ",
    ];

    [Theory]
    [MemberData(nameof(SmallTexts))]
    public void Every_split_of_a_small_input_reads_the_same(string text)
    {
        var bytes = Reading.Utf8(text);
        var whole = Reading.Read(bytes);
        for (var at = 0; at <= bytes.Length; at++)
            Reading.AssertSame(whole, Reading.Read(bytes, [at, int.MaxValue]), $"split at {at}");
        foreach (var size in _sizes)
            AssertSameInChunks(whole, bytes, size);
    }

    [Fact]
    public void Every_two_splits_of_a_small_entry_read_the_same()
    {
        var bytes = Reading.Utf8("""{"properties":{"flows":[{"flows":[{"flowTuples":["1,::,::1,0,0,\u0054,I,A","x"]}]}]}}""");
        var whole = Reading.Read(bytes);
        Assert.Single(whole.Rows);
        for (var first = 0; first < bytes.Length; first++)
        {
            for (var second = 0; first + second <= bytes.Length; second++)
                Reading.AssertSame(whole, Reading.Read(bytes, [first, second, int.MaxValue]), $"split at {first} and {first + second}");
        }
    }

    [Fact]
    public void Random_splits_of_large_inputs_read_the_same()
    {
        var random = Scale.Random(7);
        var log = new RandomFlowLog(random, mostTuplesOfGroup: 60);
        for (var i = 0; i < 12; i++)
        {
            var bytes = log.Next(entries: 100);
            var whole = Reading.Read(bytes);
            for (var j = 0; j < 6; j++)
            {
                var most = random.Pick(3, 90, 1000, 20_000, 200_000);
                Reading.AssertSame(whole, Reading.Read(bytes, RandomSizes(random, most)), $"document {i}, chunks up to {most}");
            }

            Reading.AssertSame(whole, Reading.ReadByBuffer(bytes), $"document {i} by buffer");
            Reading.AssertSame(whole, Reading.ReadByBuffer(bytes, 777), $"document {i} by buffer, 777 bytes at a time");
        }
    }

    [SamplesTheory]
    [MemberData(nameof(SampleTallyTests.Tallies), MemberType = typeof(SampleTallyTests))]
    public void Samples_read_the_same_in_any_chunks(string file, string sizes, string tally)
    {
        Assert.NotEqual(sizes, tally);
        var bytes = SharedSamples.Read(file);
        var whole = Reading.Read(bytes);
        foreach (var size in _sizes)
            AssertSameInChunks(whole, bytes, size);
        var step = bytes.Length < 3000 ? 1 : 97;
        for (var at = 0; at <= bytes.Length; at += step)
            Reading.AssertSame(whole, Reading.Read(bytes, [at, int.MaxValue]), $"{file} split at {at}");
    }

    private static void AssertSameInChunks(ReadResult whole, byte[] bytes, int size)
    {
        Reading.AssertSame(whole, Reading.Read(bytes, [size]), $"chunks of {size}");
        Reading.AssertSame(whole, Reading.ReadByBuffer(bytes, size), $"buffers of {size}");
    }

    private static IEnumerable<int> RandomSizes(TestRandom random, int most)
    {
        while (true)
            yield return random.Next(most + 1);
    }
}

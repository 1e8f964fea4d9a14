using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>The independent tallies of ../shared/samples/PROVENANCE.md. There protocols are as written, here T is 6 and U is 17.</summary>
public class SampleTallyTests
{
    public static TheoryData<string, string, string> Tallies() => new()
    {
        { "nsg_v1_real_blob_erjosito.json", "19 1 3 897", "- | A:875 D:22 | 17:1 6:896 | I:23 O:874 | 0 0 0 0" },
        { "nsg_v2_article_seed_excerpt.json", "1 1 1 8", "B:3 E:5 | A:8 | 6:8 | O:8 | 69 10688 230 182348" },
        { "nsg_v2_elastic_single_record_line.json", "1 1 1 1", "E:1 | A:1 | 6:1 | O:1 | 1 66 1 66" },
        { "nsg_v2_elastic_testdata.json", "2 1 2 11", "B:8 C:1 E:2 | A:4 D:7 | 17:1 6:10 | I:7 O:4 | 46 25533 37 21128" },
        { "nsg_v2_real_blob_sumologic_2024.json", "8 1 3 153", "B:111 C:3 E:39 | A:78 D:75 | 6:153 | I:77 O:76 | 173 71455 13 6490" },
        { "nsg_v2_real_erjosito.json", "22 1 3 173", "B:84 C:10 E:79 | A:172 D:1 | 17:20 6:153 | I:1 O:172 | 810 526284 813 486496" },
        { "vnet_v4_elastic_testdata.json", "1 1 3 19", "B:5 D:9 E:5 | A:10 D:9 | 6:19 | I:9 O:10 | 33 4528 44 43292" },
        { "vnet_v4_real_blob_vnet_target_sumologic_2024.json", "8 1 4 166", "B:10 C:4 D:134 E:18 | A:32 D:134 | 17:10 6:156 | I:152 O:14 | 100 70556 116 82064" },
        { "vnet_v4_single_record_real_erjosito.json", "1 1 2 29", "B:15 E:14 | A:29 | 6:29 | I:21 O:8 | 28 3340 34 3848" },
    };

    [SamplesTheory]
    [MemberData(nameof(Tallies))]
    public void The_reader_tallies_as_published(string file, string sizes, string tally)
    {
        var read = Reading.Read(SharedSamples.Read(file));
        Assert.Empty(read.Issues);
        Assert.Equal(sizes, Sizes(read.Counts.Entries, read.Rows));
        Assert.Equal(tally, Tally(read.Rows));
    }

    [SamplesTheory]
    [MemberData(nameof(Tallies))]
    public void The_reference_tallies_as_published(string file, string sizes, string tally)
    {
        var reference = ReferenceParser.Parse(SharedSamples.Read(file))!;
        Assert.False(reference.Unsure);
        Assert.Empty(reference.InvalidOffsets);
        Assert.Equal(sizes, Sizes(reference.Entries, reference.Rows.ToList()));
        Assert.Equal(tally, Tally(reference.Rows.ToList()));
    }

    [SamplesTheory]
    [MemberData(nameof(Tallies))]
    public void Reader_and_reference_agree_on_every_row(string file, string sizes, string tally)
    {
        Assert.NotEqual(sizes, tally);
        var bytes = SharedSamples.Read(file);
        ReferenceAssert.Equal(ReferenceParser.Parse(bytes)!, Reading.Read(bytes), bytes, file);
    }

    [SamplesFact]
    public void Appended_blocks_read_as_what_they_are()
    {
        using var document = JsonDocument.Parse(SharedSamples.Read("fragments_appended_blocks_newrelic.json"));
        var fragments = document.RootElement.GetProperty("fragments").EnumerateArray().Select(f => f.GetString()!).ToList();
        Assert.Equal(4, fragments.Count);
        var reads = fragments.Select(f => Reading.Read(f)).ToList();
        Assert.All(reads, r => Assert.Empty(r.Rows));
        Assert.Equal([1L, 2, 0, 0], reads.Select(r => r.Counts.Entries));
        Assert.Equal([0L, 0, 1, 1], reads.Select(r => r.Counts.Issues));
        Assert.All(reads.Skip(2), r => Assert.Contains("empty", r.Issues.Single().Reason, StringComparison.OrdinalIgnoreCase));
    }

    private static string Sizes(long entries, List<Row> rows) =>
        $"{entries} {rows.Select(r => r.Context.Mac).Distinct().Count()} {rows.Select(r => (r.Context.Rule, r.Context.RuleKind)).Distinct().Count()} {rows.Count}";

    private static string Tally(List<Row> rows) => string.Join(
        " | ",
        Count(rows.Where(r => r.Tuple.State != FlowState.None).Select(r => r.Tuple.State.ToString().Substring(0, 1))),
        Count(rows.Select(r => r.Tuple.Decision.ToString().Substring(0, 1))),
        Count(rows.Select(r => r.Tuple.Protocol)),
        Count(rows.Select(r => r.Tuple.Direction.ToString().Substring(0, 1))),
        $"{rows.Sum(r => r.Tuple.PacketsSent)} {rows.Sum(r => r.Tuple.BytesSent)} {rows.Sum(r => r.Tuple.PacketsReceived)} {rows.Sum(r => r.Tuple.BytesReceived)}");

    private static string Count(IEnumerable<string> values)
    {
        var counts = values.GroupBy(v => v).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}:{g.Count()}").ToList();
        return counts.Count == 0 ? "-" : string.Join(" ", counts);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Logs;

/// <summary>An answer costs its own bytes; rows cost when they are made, and are free to go then.</summary>
public class LogsMemoryTests
{
    [Fact]
    public void Reading_an_answer_makes_no_rows()
    {
        var (bytes, count) = Answer(200_000);
        Assert.InRange(Allocation.Of(() => LogsAnswer.Parse(bytes)), 0, 10_000);
        Assert.Equal(count, EnumerateAndForget(LogsAnswer.Parse(bytes).Primary));
    }

    [Fact]
    public void A_row_costs_its_values()
    {
        var (bytes, count) = Answer(10_000);
        var table = LogsAnswer.Parse(bytes).Primary;

        // A row, its array of four, three boxed values, and a string of 22 characters.
        Assert.InRange(Allocation.Of(() => Assert.Equal(count, table.Rows.Count())) / (double)count, 100, 300);
    }

    /// <summary>Counts the rows, and sees to it that those gone by are not kept. (The memory of the whole process would also tell of other tests.)</summary>
    private static int EnumerateAndForget(LogsTable table)
    {
        var count = 0;
        var seen = new List<WeakReference>();
        foreach (var row in table.Rows)
        {
            Assert.Equal(count, row.Number("Number"));
            if (++count % 50_000 != 0)
                continue;
            GC.Collect();
            Assert.All(seen, static earlier => Assert.False(earlier.IsAlive));
            seen.Add(new WeakReference(row));
        }

        return count;
    }

    private static (byte[] Bytes, int Count) Answer(int count)
    {
        var json = new StringBuilder("""{"tables":[{"name":"PrimaryResult","columns":[{"name":"Number","type":"long"},{"name":"Time","type":"datetime"},{"name":"Real","type":"real"},{"name":"Text","type":"string"}],"rows":[""");
        for (var i = 0; i < count; i++)
            json.Append(i == 0 ? "" : ",").Append('[').Append(i).Append(""","2026-11-23T09:00:00Z",1.5,"twenty characters here"]""");
        return (Encoding.UTF8.GetBytes(json.Append("]}]}").ToString()), count);
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NsgFlow.Unit.Parsing;

namespace NsgFlow.Unit.Reading;

/// <summary>Flow logs whose records are numbered: a record's number is its bytes sent.</summary>
internal static class FlowTexts
{
    /// <summary>A whole blob with one entry.</summary>
    public static byte[] Blob(int first, int count) => Encoding.UTF8.GetBytes(Texts.Nsg(2, Tuples(first, count)));

    /// <summary>Records without an end, one in each chunk.</summary>
    public static IEnumerable<byte[]> Endless()
    {
        yield return Start;
        for (var number = 0; ; number++)
        {
            yield return Entry(number, 1);
        }
    }

    /// <summary>What stands before further entries: the beginning, and an entry without tuples.</summary>
    public static byte[] Start => Encoding.UTF8.GetBytes("{\"records\":[" + Texts.NsgEntry(2, "UserRule_web"));

    /// <summary>One more entry.</summary>
    public static byte[] Entry(int first, int count) => Encoding.UTF8.GetBytes("," + Texts.NsgEntry(2, "UserRule_web", Tuples(first, count)));

    /// <summary>What stands after the last entry.</summary>
    public static byte[] End => "]}"u8.ToArray();

    public static long Number(FlowRecord record) => record.BytesSent!.Value;

    public static IEnumerable<byte[]> Split(byte[] bytes, Func<int> length)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var chunk = bytes.Skip(start).Take(length()).ToArray();
            start += chunk.Length;
            yield return chunk;
        }
    }

    private static string[] Tuples(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => $"1542110400,10.0.0.4,10.0.0.5,4711,443,T,O,A,E,1,{number},2,132")];
}

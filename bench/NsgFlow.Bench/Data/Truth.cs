using System;
using System.Globalization;
using System.IO;

namespace NsgFlow.Bench.Data;

/// <summary>What a made file holds, counted while it was made and never by reading it back. Also the answer every contender must give.</summary>
/// <param name="Tuples">Tuples.</param>
/// <param name="Denied">Tuples that say denied.</param>
/// <param name="Sources">Different source addresses.</param>
/// <param name="Bytes">Sum of the bytes both ways.</param>
/// <param name="TopBytes">Bytes of the source with most.</param>
/// <param name="Flows">Flows: begun, denied, and begun before the first tuple; 0 where tuples do not make up flows.</param>
internal sealed record Truth(long Tuples, long Denied, long Sources, long Bytes, long TopBytes, long Flows = 0)
{
    /// <summary>True when the answer to "bytes by source" is the same; who is denied is not part of that question.</summary>
    public bool HasAnswer(Truth other) =>
        (Tuples, Sources, Bytes, TopBytes) == (other.Tuples, other.Sources, other.Bytes, other.TopBytes);

    /// <summary>As contenders print it: <c>tuples sources bytes top</c>.</summary>
    public static Truth ParseAnswer(string text)
    {
        var numbers = Array.ConvertAll(text.Split(' '), Number);
        return new Truth(numbers[0], 0, numbers[1], numbers[2], numbers[3]);
    }

    public string ToAnswer() => string.Create(CultureInfo.InvariantCulture, $"{Tuples} {Sources} {Bytes} {TopBytes}");

    public void Save(string path, string stamp) =>
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{stamp} {Tuples} {Denied} {Sources} {Bytes} {TopBytes} {Flows}"));

    /// <returns>Null when there is none, or it was made by another version of the generator.</returns>
    public static Truth? TryLoad(string path, string stamp)
    {
        if (!File.Exists(path))
            return null;

        var words = File.ReadAllText(path).Split(' ');
        return words.Length == 7 && words[0] == stamp
            ? new Truth(Number(words[1]), Number(words[2]), Number(words[3]), Number(words[4]), Number(words[5]), Number(words[6]))
            : null;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Linq;

namespace NsgFlow.Unit.Parsing;

/// <summary>Writes tuples at random, now and then a bad one.</summary>
public sealed class RandomTuple(TestRandom random, bool odd)
{
    public string Next(int version)
    {
        var fields = Fields(version);
        if (odd && random.OneIn(60))
            Spoil(ref fields);
        return string.Join(",", fields);
    }

    private string[] Fields(int version)
    {
        var vnet = version == 4;
        string[] common =
        [
            Number(vnet != (odd && random.OneIn(20)) ? 1_600_000_000_000 + random.Next(2_000_000_000) : 1_500_000_000 + random.Next(300_000_000)),
            Address(),
            Address(),
            Number(random.OneIn(3) ? random.Next(65536) : random.Pick(443, 80, 53, 0, 65535)),
            Number(random.Next(65536)),
            Protocol(vnet),
            random.Pick("I", "O"),
        ];
        if (vnet)
        {
            var state = random.Pick("B", "C", "E", "D");
            var encryption = random.OneIn(3) ? random.Pick("X", "NX", "NX_HW_NOT_SUPPORTED", "NX_SW_NOT_READY", "NX_NOT_ACCEPTED", "NX_NOT_SUPPORTED", "NX_LOCAL_DST", "NX_FALLBACK", odd ? "NX_NEW" : "X") : "NX";
            return [.. common, state, encryption, .. Counters(state is "C" or "E" ? 0 : 1)];
        }

        common = [.. common, random.Pick("A", "D")];
        if (version == 1)
            return common;
        var nsgState = random.Pick("B", "C", "E");
        return [.. common, nsgState, .. Counters(nsgState == "B" ? 2 : 0)];
    }

    private string[] Counters(int kind)
    {
        if (odd && random.OneIn(10))
            return [random.OneIn(2) ? "" : Counter(), random.OneIn(2) ? "" : Counter(), random.OneIn(2) ? "" : Counter(), random.OneIn(2) ? "" : Counter()];
        return kind switch
        {
            0 => [Counter(), Counter(), Counter(), Counter()],
            1 => ["0", "0", "0", "0"],
            _ => ["", "", "", ""],
        };
    }

    private string Counter() => Number((long)(random.Next64() >> random.Pick(63, 60, 55, 50, 40, 30, 5)) % 1_000_000_000_000_000_000);

    private string Protocol(bool vnet)
    {
        if (odd && random.OneIn(30))
            return random.Pick("1", "58", "255", "0", "47", "ICMP6?", "t", "u", "T", "U");
        return vnet ? random.Pick("6", "17") : random.Pick("T", "U");
    }

    private string Address()
    {
        if (!odd || !random.OneIn(6))
        {
            var bits = random.Next64();
            return random.OneIn(2) ? $"10.0.{bits & 255}.{(bits >> 8) & 255}" : $"{bits & 255}.{(bits >> 8) & 255}.{(bits >> 16) & 255}.{(bits >> 24) & 255}";
        }

        var groups = Enumerable.Range(0, 8).Select(_ => random.Next(65536).ToString(random.Pick("x", "X", "x4"), CultureInfo.InvariantCulture)).ToArray();
        var head = random.Next(8);
        var tail = random.Next(8 - head);
        return random.Next(6) switch
        {
            0 => string.Join(":", groups),
            1 => "::",
            2 => "::ffff:10.1.2." + random.Next(256).ToString(CultureInfo.InvariantCulture),
            3 => string.Join(":", groups.Take(6)) + ":192.0.2.1",
            _ => string.Join(":", groups.Take(head)) + "::" + string.Join(":", groups.Skip(head).Take(tail)),
        };
    }

    private void Spoil(ref string[] fields)
    {
        if (random.OneIn(3))
            fields = fields.Take(random.Next(fields.Length)).ToArray();
        else
            fields[random.Next(fields.Length)] = random.Pick("", "-1", " ", "x y", "70000", "1.2.3", "::1::", "Z", "99999999999999999999", "é", "a\"b\\c", "\u0001");
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

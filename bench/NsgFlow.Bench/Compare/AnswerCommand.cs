using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using NsgFlow.Bench.Data;

namespace NsgFlow.Bench.Compare;

/// <summary>The child process: answers the question several times and prints each pass's milliseconds, then the answer.</summary>
internal static class AnswerCommand
{
    public static int Run(string contender, string path, int passes)
    {
        var file = contender == "core-memory" ? File.ReadAllBytes(path) : [];
        Func<Truth> answer = contender switch
        {
            "core-memory" => () => CoreAnswer.FromMemory(file),
            "core" => () => CoreAnswer.FromFile(path),
            "jsondocument" => () => JsonDocumentAnswer.FromFile(path),
            "utf8json" => () => Utf8JsonAnswer.FromFile(path),
            _ => throw new ArgumentException($"There is no contender '{contender}'."),
        };

        Truth? last = null;
        for (var pass = 0; pass < passes; pass++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var cpu = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            last = answer();
            var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            cpu = Environment.CpuUsage.TotalTime - cpu;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pass {milliseconds}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cpu {cpu.TotalMilliseconds}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"allocated {allocated}"));
        }

        Console.WriteLine("answer " + last!.ToAnswer());
        return 0;
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace NsgFlow.Bench.Compare;

/// <summary>One way to answer the question, as a program to start.</summary>
/// <param name="Name">Shown in the table.</param>
/// <param name="Command">Program and arguments; null when it is not installed.</param>
/// <param name="Cores">How many cores it is held to.</param>
/// <param name="Missing">Why there is no command.</param>
internal sealed record Contender(string Name, IReadOnlyList<string>? Command, int Cores, string Missing = "")
{
    // The runtime compiles the hot loops twice; only the later half of the passes count as warm.
    private const string Passes = "12";

    /// <summary>Everyone who can take part on this machine; Core from a file comes first and is what the others are compared with.</summary>
    public static IReadOnlyList<Contender> All(string path)
    {
        var duckDb = DuckDbProgram.TryBuild();
        return
        [
            Own("NsgFlow.Core", "core", path),
            Own("NsgFlow.Core, file already in memory", "core-memory", path),
            Own("C#, Utf8JsonReader and spans", "utf8json", path),
            Own("C#, JsonDocument and Split", "jsondocument", path),
            DuckDb("DuckDB.NET, 1 thread", duckDb, path, threads: 1),
            DuckDb("DuckDB.NET, 2 threads", duckDb, path, threads: 2),
            Script("Python, json", "python3", ["Compare/bytes_by_source.py", path]),
            Script("jq", "jq", ["-r", "-f", "Compare/bytes_by_source.jq", path]),
        ];
    }

    private static Contender Own(string name, string id, string path) =>
        new(name, ["dotnet", typeof(Contender).Assembly.Location, "answer", id, path, Passes], Cores: 1);

    public static Contender DuckDb(string name, string? program, string path, int threads, int passes = 2) => program is null
        ? new(name, null, threads, "its package could not be restored")
        : new(name, ["dotnet", program, path, Text(threads), Text(passes)], threads);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A script beside this file, or several, named with this folder among the arguments.</summary>
    public static Contender Script(string name, string program, string[] arguments, int cores = 1)
    {
        if (ChildRun.Find(program) is null)
            return new(name, null, cores, $"{program} is not installed");

        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("Compare/", StringComparison.Ordinal))
                arguments[i] = Path.Combine(AppContext.BaseDirectory, arguments[i]);
        }

        return new(name, [program, .. arguments], cores);
    }
}

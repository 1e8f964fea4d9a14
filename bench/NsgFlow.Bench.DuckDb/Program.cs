using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using DuckDB.NET.Data;

namespace NsgFlow.Bench.DuckDb;

/// <summary>"Bytes by source address" in SQL: <c>file-or-folder threads passes</c>. Prints each pass's milliseconds and the answer.</summary>
internal static class Program
{
    // The columns are told, which saves DuckDB from guessing them by reading the file first.
    private const string Question = """
        WITH
          entries AS (SELECT unnest(records) AS entry FROM read_json('{file}', format = 'unstructured', maximum_object_size = {size}, hive_partitioning = false,
            columns = {records: 'STRUCT(properties STRUCT(flows STRUCT(flows STRUCT("flowTuples" VARCHAR[])[])[]))[]'})),
          rules AS (SELECT unnest(entry.properties.flows) AS rule FROM entries),
          flows AS (SELECT unnest(rule.flows) AS flow FROM rules),
          tuples AS (SELECT string_split(unnest(flow."flowTuples"), ',') AS field FROM flows),
          sources AS (SELECT field[2] AS source, count(*) AS n,
            sum(coalesce(try_cast(field[11] AS BIGINT), 0) + coalesce(try_cast(field[13] AS BIGINT), 0)) AS bytes FROM tuples GROUP BY source)
        SELECT sum(n)::BIGINT, count(*)::BIGINT, sum(bytes)::BIGINT, max(bytes)::BIGINT FROM sources
        """;

    private static int Main(string[] args)
    {
        var (path, threads, passes) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
        // The whole file is one JSON object to DuckDB. Names in Azure's folders look like columns to it, which they are not.
        var isFolder = Directory.Exists(path);
        var size = (isFolder ? new DirectoryInfo(path).EnumerateFiles("*.json", SearchOption.AllDirectories).Max(file => file.Length) : new FileInfo(path).Length) + 1024;
        if (isFolder)
            path += "/**/*.json";
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET threads = " + threads;
        command.ExecuteNonQuery();
        command.CommandText = Question.Replace("{file}", path.Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{size}", size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var answer = string.Empty;
        for (var pass = 0; pass < passes; pass++)
        {
            var start = Stopwatch.GetTimestamp();
            using var reader = command.ExecuteReader();
            reader.Read();
            answer = string.Create(CultureInfo.InvariantCulture, $"{reader.GetInt64(0)} {reader.GetInt64(1)} {reader.GetInt64(2)} {reader.GetInt64(3)}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pass {Stopwatch.GetElapsedTime(start).TotalMilliseconds}"));
        }

        Console.WriteLine("answer " + answer);
        return 0;
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.KustoTests.Infrastructure;

/// <summary>Holds the simulator's engine against Microsoft's analyser: it knows each query, and gives the same columns.</summary>
internal static class EngineJudge
{
    public static void Check(KqlWorkspace workspace, IReadOnlyList<KqlAnalysis> analyses)
    {
        var database = new KqlDatabase();
        foreach (var (name, columns) in workspace.Tables)
        {
            database.Add(name, new KqlTable([.. columns.Select(static column => new KqlColumn(column.Key, Type(column.Value)))], []));
        }

        var wrong = analyses.Select(analysis => (analysis.Query, Wanted: InOrder(analysis, analysis.Columns), Says: InOrder(analysis, Columns(analysis.Query, database)))).Where(static one => !AreSame(one.Wanted, one.Says)).ToList();
        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong.OrderBy(static one => one.Query.Length).Take(10)
            .Select(static one => $"{one.Query}\n  Microsoft: {string.Join(' ', one.Wanted)}\n  engine:    {string.Join(' ', one.Says)}")));
    }

    /// <summary>Where the analyser does not know the types, as of what arg_min(…, *) carries along, the engine need only know the query.</summary>
    private static bool AreSame(IReadOnlyList<string> wanted, IReadOnlyList<string> says) =>
        wanted.Any(static column => column.EndsWith(":unknown", StringComparison.Ordinal)) ? !says[0].Contains(": ", StringComparison.Ordinal) : wanted.SequenceEqual(says);

    /// <summary>Of a table that is missing the analyser takes columns for granted that the query makes, so the order of all columns is not that of what is there.</summary>
    private static IReadOnlyList<string> InOrder(KqlAnalysis analysis, IReadOnlyList<string> columns) =>
        analysis.Diagnostics.Any(static diagnostic => diagnostic.StartsWith("Warning KS205", StringComparison.Ordinal)) ? [.. columns.Order(StringComparer.Ordinal)] : columns;

    private static List<string> Columns(string query, KqlDatabase database)
    {
        try
        {
            return [.. KqlEngine.Run(query, database, CancellationToken.None).Columns.Select(static column => $"{column.Name}:{column.Type.Name()}")];
        }
        catch (KqlException error)
        {
            return [$"{error.Code}: {error.Message}"];
        }
    }

    private static KqlType Type(string name) => KqlTypes.TryParse(name, out var type) ? type : throw new KeyNotFoundException(name);
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Two tables joined by the equality of columns.</summary>
internal sealed class KqlJoin(KqlPlan left, int[] leftKeys, KqlPlan right, int[] rightKeys)
{
    public KqlPlan Plan(string kind) => kind switch
    {
        "inner" => Both(() => Inner(left.Rows())),
        "innerunique" => Both(() => Inner(left.Rows().DistinctBy(row => Key(row, leftKeys), KqlKeys.Instance))),
        "leftouter" => Both(LeftOuter),
        "rightouter" => Both(() => Inner(left.Rows()).Concat(Unmatched())),
        "fullouter" => Both(() => LeftOuter().Concat(Unmatched())),
        "leftsemi" => Left(isSemi: true),
        "leftanti" or "anti" or "leftantisemi" => Left(isSemi: false),
        "rightsemi" => new KqlJoin(right, rightKeys, left, leftKeys).Left(isSemi: true),
        "rightanti" or "rightantisemi" => new KqlJoin(right, rightKeys, left, leftKeys).Left(isSemi: false),
        _ => throw KqlException.Semantic($"'join' operator: there is no kind '{kind}'."),
    };

    private KqlPlan Left(bool isSemi) => left with
    {
        Rows = () =>
        {
            var known = Table(right.Rows(), rightKeys);
            return left.Rows().Where(row => known.Contains(Key(row, leftKeys)) == isSemi);
        },
    };

    /// <summary>Columns of both; of the right side's those whose name the left has get a number.</summary>
    private KqlPlan Both(Func<IEnumerable<object?[]>> rows)
    {
        var names = new KqlNames();
        foreach (var column in left.Columns)
        {
            names.Chosen(column.Name);
        }

        return new KqlPlan([.. left.Columns, .. right.Columns.Select(column => column with { Name = names.Found(column.Name) })], rows);
    }

    private IEnumerable<object?[]> Inner(IEnumerable<object?[]> rows)
    {
        var known = Table(right.Rows(), rightKeys);
        return rows.SelectMany(row => known[Key(row, leftKeys)].Select(other => (object?[])[.. row, .. other]));
    }

    private IEnumerable<object?[]> LeftOuter()
    {
        var known = Table(right.Rows(), rightKeys);
        object?[] nothing = [.. right.Columns.Select(static column => column.Type.Nothing())];
        return left.Rows().SelectMany(row => known[Key(row, leftKeys)].DefaultIfEmpty(nothing).Select(other => (object?[])[.. row, .. other]));
    }

    private IEnumerable<object?[]> Unmatched()
    {
        var known = Table(left.Rows(), leftKeys);
        object?[] nothing = [.. left.Columns.Select(static column => column.Type.Nothing())];
        return right.Rows().Where(row => !known.Contains(Key(row, rightKeys))).Select(row => (object?[])[.. nothing, .. row]);
    }

    private static ILookup<object?[], object?[]> Table(IEnumerable<object?[]> rows, int[] keys) => rows.ToLookup(row => Key(row, keys), KqlKeys.Instance);

    private static object?[] Key(object?[] row, int[] places) => Array.ConvertAll(places, place => row[place]
        ?? throw KqlException.Unknown("whether keys of a join that are null are the same"));
}

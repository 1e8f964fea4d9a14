using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A query, read.</summary>
/// <param name="HasId">Whether its rows have an id: without one there is no next page.</param>
internal sealed record GraphQuery(string Table, IReadOnlyList<Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>>> Steps, bool HasId)
{
    public IReadOnlyList<JsonObject> Run(IEnumerable<JsonObject> rows) => [.. Steps.Aggregate(rows, static (r, step) => step(r))];
}

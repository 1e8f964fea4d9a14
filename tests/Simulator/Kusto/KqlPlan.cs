using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>A table's expression that is bound: its columns, and how its rows are made.</summary>
/// <param name="Columns">Known before any row is.</param>
/// <param name="Rows">Makes the rows, each time anew.</param>
internal sealed record KqlPlan(IReadOnlyList<KqlColumn> Columns, Func<IEnumerable<object?[]>> Rows);

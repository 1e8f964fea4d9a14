using System.Linq;
using System.Threading;
using NsgFlow.Simulator;

namespace NsgFlow.SimulatorTests.Kusto;

/// <summary>Asks the engine, and shows what it answers.</summary>
internal static class Kql
{
    public static KqlTable Run(string kql, KqlDatabase? database = null) => KqlEngine.Run(kql, database ?? new KqlDatabase(), CancellationToken.None);

    /// <summary>Rows, one a line, values between bars; null is told from an empty text.</summary>
    public static string Rows(string kql, KqlDatabase? database = null) => string.Join('\n', Run(kql, database).Rows.Select(Row));

    /// <summary>name:type of each column.</summary>
    public static string Columns(string kql, KqlDatabase? database = null) =>
        string.Join(' ', Run(kql, database).Columns.Select(static column => $"{column.Name}:{column.Type.Name()}"));

    private static string Row(object?[] row) => string.Join('|', row.Select(static value => value switch
    {
        null => "null",
        string text => text,
        _ => KqlJson.Text(value).Trim('"'),
    }));
}

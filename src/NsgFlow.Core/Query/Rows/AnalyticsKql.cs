using System;

namespace NsgFlow.Query;

/// <summary>Questions about the rows of Traffic Analytics, in Kusto's language. The text is made of constants and of literals that <see cref="KqlText"/> writes.</summary>
public static class AnalyticsKql
{
    /// <summary>Flows, a row each, in the order of time; malicious ones with what is known of the address.</summary>
    /// <exception cref="NsgFlowException"><c>AnalyticsCannotAnswer</c>: the tables cannot answer it.</exception>
    public static string Rows(AnalyticsQuestion question)
    {
        var script = new KqlScript();
        var rows = NormalRows.Of(question ?? throw new ArgumentNullException(nameof(question)), NormalRows.All, script);
        return script.Text(rows + (question.IsMalicious ? MaliciousRows.Join(question, script) : string.Empty) + "| order by FirstSeen asc\n");
    }

    /// <summary>Rows about the network itself, with all columns that the tables have, in the order in which they came. Only time, scope and tables count.</summary>
    public static string Topology(AnalyticsQuestion question)
    {
        var script = new KqlScript();
        return script.Text(TopologyRows.Of(question ?? throw new ArgumentNullException(nameof(question)), script));
    }
}

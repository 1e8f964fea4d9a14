namespace NsgFlow.Query;

/// <summary>Questions about the rows of Traffic Analytics, in Kusto's language.</summary>
public static class AnalyticsKql
{
    /// <summary>Flows, a row each, in the order of time; malicious ones with what is known of the address.</summary>
    /// <exception cref="NsgFlowException"><see cref="AnalyticsLimits.ErrorId"/>: the tables cannot answer it.</exception>
    public static string Rows(AnalyticsQuestion question)
    {
        var script = new KqlScript();
        return script.Text(NormalRows.Of(question, NormalRows.All, script) + "| order by FirstSeen asc\n");
    }
}

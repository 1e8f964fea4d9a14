namespace NsgFlow.Setup;

/// <summary>Text of commands that messages recommend: it can be pasted.</summary>
internal static class CommandText
{
    /// <summary>How a flow log is written anew. Disabling one switches its Traffic Analytics off, and enabling does not bring that back by itself.</summary>
    public static string Rewritten(FlowLog log) => $"Disable-NsgFlowLog, Enable-NsgFlowLog{(log.TrafficAnalytics ? " -TrafficAnalytics" : string.Empty)}";

    /// <summary>A name or id as an argument: bare when PowerShell takes it so, else in quotes that nothing in it ends.</summary>
    public static string Quoted(string text)
    {
        foreach (var c in text)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '/'))
                return "'" + text.Replace("'", "''") + "'";
        }

        return text.Length == 0 || text[0] == '-' ? "'" + text + "'" : text;
    }
}

namespace NsgFlow.Setup;

/// <summary>Text of commands that messages recommend: it can be pasted.</summary>
internal static class CommandText
{
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

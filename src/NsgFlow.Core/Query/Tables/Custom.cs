namespace NsgFlow.Query;

/// <summary>Columns that a table may not have: a workspace has one of a custom log (<c>…_CL</c>) only once a value for it has come.</summary>
internal static class Custom
{
    public static string Text(string column) => Column(column, "\"\"");

    public static string Number(string column) => "tolong(" + Column(column, "real(null)") + ")";

    public static string Time(string column) => Column(column, "datetime(null)");

    public static string Guid(string column) => "tostring(" + Column(column, "guid(null)") + ")";

    public static string Flag(string column) => Column(column, "bool(null)");

    private static string Column(string name, string otherwise) => $"column_ifexists(\"{name}\", {otherwise})";
}

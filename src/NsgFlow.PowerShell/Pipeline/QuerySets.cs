namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Parameter sets of Invoke-NsgTrafficQuery.</summary>
internal static class QuerySets
{
    /// <summary>The user's own KQL.</summary>
    public const string Query = "Query";

    /// <summary>A question of the catalogue.</summary>
    public const string Question = "Question";
}

namespace NsgFlow.Filtering;

/// <summary>Whether something is in a scope, as far as a name tells.</summary>
public enum ScopeAnswer : byte
{
    /// <summary>The name proves that it is not.</summary>
    No,

    /// <summary>The name does not tell.</summary>
    Maybe,

    /// <summary>The name proves that it is.</summary>
    Yes,
}

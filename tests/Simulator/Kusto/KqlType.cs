namespace NsgFlow.Simulator;

/// <summary>Kusto's scalar types. A value of <c>string</c> is never null; a value of any other type may be.</summary>
public enum KqlType
{
    Bool,
    DateTime,

    /// <summary>null, bool, long, double, string, DateTime, TimeSpan, Guid, an array (<c>object?[]</c>) or a bag (<c>Dictionary&lt;string, object?&gt;</c>) of such.</summary>
    Dynamic,
    Guid,
    Int,
    Long,
    Real,
    String,
    TimeSpan,
}

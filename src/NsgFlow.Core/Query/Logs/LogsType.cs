namespace NsgFlow.Query;

/// <summary>The type of a column, in the service's words.</summary>
public enum LogsType
{
    /// <summary>None of the others; its values are texts.</summary>
    Other,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A time in UTC.</summary>
    DateTime,

    /// <summary>Any JSON, as its text; a plain string is the string itself.</summary>
    Dynamic,

    /// <summary>A GUID.</summary>
    Guid,

    /// <summary>A whole number of 32 bits.</summary>
    Int,

    /// <summary>A whole number of 64 bits.</summary>
    Long,

    /// <summary>A floating-point number; NaN and the infinities are values.</summary>
    Real,

    /// <summary>Text; null is told as the empty one.</summary>
    String,

    /// <summary>A length of time.</summary>
    TimeSpan,

    /// <summary>A decimal number; one that .NET's type cannot hold is its text.</summary>
    Decimal,
}

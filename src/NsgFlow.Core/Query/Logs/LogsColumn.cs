using System;

namespace NsgFlow.Query;

/// <summary>A column of an answer.</summary>
public sealed class LogsColumn
{
    /// <summary>Describes a column.</summary>
    /// <param name="name">Its name; it may be empty, and another column may have the same.</param>
    /// <param name="type">Its type.</param>
    public LogsColumn(string name, LogsType type)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        Type = type;
    }

    /// <summary>Its name; it may be empty, and another column may have the same.</summary>
    public string Name { get; }

    /// <summary>Its type.</summary>
    public LogsType Type { get; }

    /// <summary>Name and type as KQL writes them.</summary>
    public override string ToString() => $"{Name}:{Type}";

    /// <summary>The type of a name, in the service's words or those of .NET (<c>System.Int64</c>), which older answers have.</summary>
    internal static LogsType TypeOf(string? name)
    {
        const string Prefix = "System.";
        var word = (name ?? string.Empty).ToLowerInvariant();
        if (word.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            word = word.Substring(Prefix.Length);
        return word switch
        {
            "bool" or "boolean" or "sbyte" => LogsType.Bool,
            "datetime" or "date" => LogsType.DateTime,
            "dynamic" or "object" => LogsType.Dynamic,
            "guid" or "uuid" or "uniqueid" => LogsType.Guid,
            "int" or "int32" => LogsType.Int,
            "long" or "int64" => LogsType.Long,
            "real" or "double" => LogsType.Real,
            "string" => LogsType.String,
            "timespan" or "time" => LogsType.TimeSpan,
            "decimal" or "sqldecimal" or "data.sqltypes.sqldecimal" => LogsType.Decimal,
            _ => LogsType.Other,
        };
    }
}

using System;
using System.Collections.Generic;

namespace NsgFlow.Query;

/// <summary>A question to Log Analytics.</summary>
public sealed class LogsRequest
{
    /// <summary>What the service waits when nobody says how long.</summary>
    public static readonly TimeSpan DefaultServerTimeout = TimeSpan.FromSeconds(180);

    /// <summary>The longest that the service waits.</summary>
    public static readonly TimeSpan LongestServerTimeout = TimeSpan.FromSeconds(600);

    /// <summary>The most workspaces that one query may read.</summary>
    public const int MostWorkspaces = 100;

    /// <summary>The KQL.</summary>
    public required string Query { get; init; }

    /// <summary>Ids that Log Analytics gave to the workspaces (customer ids: GUIDs), at least one, at most <see cref="MostWorkspaces"/>.</summary>
    public required IReadOnlyList<string> Workspaces { get; init; }

    /// <summary>What people call the workspaces, for errors (<c>workspace law-net</c>); their ids when null.</summary>
    public string? Place { get; init; }

    /// <summary>Rows from then on only, by <c>TimeGenerated</c>; null for all.</summary>
    public DateTime? Start { get; init; }

    /// <summary>Rows before then only, by <c>TimeGenerated</c>; null for all.</summary>
    public DateTime? End { get; init; }

    /// <summary>How long the service may work on it; null for <see cref="DefaultServerTimeout"/>, at most <see cref="LongestServerTimeout"/>.</summary>
    public TimeSpan? ServerTimeout { get; init; }

    /// <summary>A longer answer is not read: its rows are missing, and it is marked as cut. Null to read any.</summary>
    public long? MostBytes { get; init; }

    /// <summary>The KQL.</summary>
    public override string ToString() => Query;
}

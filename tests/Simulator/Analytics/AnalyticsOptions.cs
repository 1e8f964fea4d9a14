using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>How Traffic Analytics is set, and what it knows of the world outside.</summary>
public sealed class AnalyticsOptions
{
    /// <summary>Minutes: 60 or 10.</summary>
    public int Interval { get; init; } = 60;

    public AnalyticsSpelling Spelling { get; init; }

    /// <summary>From the end of an interval until its rows are in the workspace.</summary>
    public TimeSpan Lag { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether the custom logs have only columns for which a value has come, as in a workspace.</summary>
    public bool HasValuesOnly { get; init; } = true;

    /// <summary>Azure's public ranges: a prefix, its region and service.</summary>
    public IReadOnlyList<(string Prefix, string Region, string Service)> Azure { get; init; } =
        [("20.0.0.0/8", "westeurope", "AzureCloud"), ("40.64.0.0/10", "northeurope", "AzureCloud"), ("2603:1000::/24", "westeurope", "AzureCloud")];

    /// <summary>Countries of other public ranges; what is in none is in <c>US</c>.</summary>
    public IReadOnlyList<(string Prefix, string Country)> Countries { get; init; } = [("203.0.113.0/24", "DE"), ("198.51.100.0/24", "NL")];

    /// <summary>Addresses that are reported: address, threat type, description, domain.</summary>
    public IReadOnlyList<(string Address, string Type, string Description, string Domain)> Threats { get; init; } = [];
}

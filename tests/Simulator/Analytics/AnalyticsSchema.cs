using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace NsgFlow.Simulator;

/// <summary>The columns of Traffic Analytics' tables, of the files in Schemas.</summary>
public static class AnalyticsSchema
{
    public const string Nsg = "AzureNetworkAnalytics_CL";
    public const string NsgDetails = "AzureNetworkAnalyticsIPDetails_CL";
    public const string VirtualNetwork = "NTANetAnalytics";
    public const string VirtualNetworkDetails = "NTAIpDetails";
    public const string VirtualNetworkTopology = "NTATopologyDetails";

    /// <exception cref="ArgumentException">There is no such table.</exception>
    public static IReadOnlyList<KqlColumn> Columns(string table)
    {
        using var file = typeof(AnalyticsSchema).Assembly.GetManifestResourceStream($"Schemas.{table}.json")
            ?? throw new ArgumentException($"No schema of '{table}'.", nameof(table));
        var columns = JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
        return [.. columns.Select(static column => new KqlColumn(column.Key, KqlTypes.TryParse(column.Value, out var type) ? type : throw new InvalidOperationException(column.Value)))];
    }
}

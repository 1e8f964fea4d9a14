using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace NsgFlow.KustoTests.Infrastructure;

/// <summary>The tables that a workspace has.</summary>
public sealed class KqlWorkspace
{
    // What every row of the flows' custom log has a value for; an empty text makes no column.
    private static readonly string[] s_sure =
    [
        "TenantId", "SourceSystem", "TimeGenerated", "Type", "SubType_s", "FASchemaVersion_s", "TimeProcessed_t",
        "FlowIntervalStartTime_t", "FlowIntervalEndTime_t", "FlowStartTime_t", "FlowEndTime_t", "FlowType_s",
    ];

    // Microsoft's page of the topology's table is not complete, nor are columns promised that are there: these are those of any table.
    private static readonly string[] s_sureOfTopology = ["TenantId", "TimeGenerated", "Type"];

    private KqlWorkspace(string name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> tables) => (Name, Tables) = (name, tables);

    /// <summary>All tables with all columns.</summary>
    public static KqlWorkspace Full { get; } = new("all columns", Read());

    /// <summary>Custom logs and topology with no column that may be missing.</summary>
    public static KqlWorkspace Young { get; } = new("few columns", Full.Tables.ToDictionary(
        static table => table.Key,
        static table => table.Key.EndsWith("_CL", StringComparison.Ordinal) ? Only(table.Value, s_sure)
            : table.Key == "NTATopologyDetails" ? Only(table.Value, s_sureOfTopology) : table.Value));

    /// <summary>GUIDs of custom logs as text: tables that were moved to data collection rules have them so.</summary>
    public static KqlWorkspace Moved { get; } = new("GUIDs as text", WithType("guid", "string"));

    /// <summary>Whole numbers of 32 bits: the articles and the tables do not agree on which ones have more.</summary>
    public static KqlWorkspace Narrow { get; } = new("numbers as int", WithType("long", "int"));

    /// <summary>Only NSG flow logs.</summary>
    public static KqlWorkspace OnlyNsg { get; } = new("NSG tables", Where(static name => name.EndsWith("_CL", StringComparison.Ordinal)));

    /// <summary>Only virtual-network flow logs.</summary>
    public static KqlWorkspace OnlyVirtualNetwork { get; } = new("virtual-network tables", Where(static name => name.StartsWith("NTA", StringComparison.Ordinal)));

    /// <summary>What it is, for messages.</summary>
    public string Name { get; }

    /// <summary>Tables, their columns and the columns' types.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Tables { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Where(Func<string, bool> name) =>
        Full.Tables.Where(table => name(table.Key)).ToDictionary(static table => table.Key, static table => table.Value);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> WithType(string type, string other) => Full.Tables.ToDictionary(
        static table => table.Key,
        table => (IReadOnlyDictionary<string, string>)table.Value.ToDictionary(static column => column.Key, column => column.Value == type ? other : column.Value));

    private static Dictionary<string, string> Only(IReadOnlyDictionary<string, string> columns, string[] names) =>
        columns.Where(column => names.Contains(column.Key)).ToDictionary(static column => column.Key, static column => column.Value);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Read() =>
        Directory.GetFiles(KustoFiles.Schemas, "*.json").ToDictionary(
            static file => Path.GetFileNameWithoutExtension(file),
            static file => (IReadOnlyDictionary<string, string>)JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!);
}

using System;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Simulator;

namespace NsgFlow.SimulatorTests.Logs;

/// <summary>Worlds whose workspaces have something in them, and answers that no engine made.</summary>
internal static class Workspaces
{
    /// <summary>A simulator whose workspace law-net has the tables given.</summary>
    public static async Task<(AzureSimulator Azure, string Workspace)> StartAsync(params (string Name, KqlTable Table)[] tables)
    {
        var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        return (azure, Fill(azure.World, "law-net", tables));
    }

    /// <summary>Fills a workspace.</summary>
    /// <returns>Its customer id.</returns>
    public static string Fill(SimulatedWorld world, string name, params (string Name, KqlTable Table)[] tables)
    {
        var workspace = world.Workspace(name)!;
        workspace.Database = new KqlDatabase();
        foreach (var (table, rows) in tables)
        {
            workspace.Database.Add(table, rows);
        }

        return workspace.CustomerId;
    }

    /// <summary>A table with columns such as <c>n:long name:string</c>.</summary>
    public static KqlTable Table(string columns, params object?[][] rows) => new([.. columns.Split(' ').Select(Column)], rows);

    private static KqlColumn Column(string text)
    {
        var parts = text.Split(':');
        return KqlTypes.TryParse(parts[1], out var type) ? new KqlColumn(parts[0], type) : throw new ArgumentException($"'{text}' has no type.", nameof(text));
    }
}

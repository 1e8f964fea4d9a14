using System;
using System.Collections.Generic;

namespace NsgFlow.Network;

/// <summary>The virtual machines of inventories, by what network interfaces call them: an id or a name.</summary>
internal sealed class InventoryMachines
{
    private readonly Dictionary<string, InventoryVirtualMachine> _machines = new(StringComparer.OrdinalIgnoreCase);

    public InventoryMachines(IEnumerable<NetworkInventory> inventories)
    {
        foreach (var inventory in inventories)
        {
            foreach (var machine in inventory.VirtualMachines)
            {
                if (InventoryText.Trim(machine.Id) is { } id)
                    _machines[id] = machine;
                if (machine.Name is { Length: > 0 } name && !_machines.ContainsKey(name))
                    _machines[name] = machine;
            }
        }
    }

    /// <summary>The machine of an id or name; null when the inventories tell nothing of it.</summary>
    public InventoryVirtualMachine? Find(string? idOrName) =>
        InventoryText.Trim(idOrName) is { } key && _machines.TryGetValue(key, out var machine) ? machine : null;

    /// <summary>The name that people use: <c>vm1</c>, and of an instance of a scale set <c>set_3</c>, since its own is a number only.</summary>
    public static string? NameOf(string? idOrName)
    {
        var id = new ResourceId(idOrName);
        return id.Segment("virtualMachineScaleSets") is { } set && id.Segment("virtualMachines") is { } instance ? set + "_" + instance : id.Name;
    }
}

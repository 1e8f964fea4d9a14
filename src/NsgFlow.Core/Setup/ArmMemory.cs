using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>ARM asked for each thing once: many flow logs share watcher, storage account and workspace. A refusal is remembered, too. For one thread.</summary>
internal sealed class ArmMemory
{
    private readonly Dictionary<string, Fact<ArmResource>> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Fact<IReadOnlyList<ArmResource>>> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly IArm _arm;

    public ArmMemory(IArm arm) => _arm = arm;

    /// <summary>A resource; an empty id is nothing.</summary>
    public Fact<ArmResource> Get(string? id, string apiVersion, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(id))
            return default;
        if (!_resources.TryGetValue(id!, out var fact))
            _resources[id!] = fact = Fact<ArmResource>.Of(() => _arm.Get(id!, apiVersion, cancellation));
        return fact;
    }

    /// <summary>A list, read to its end.</summary>
    public Fact<IReadOnlyList<ArmResource>> List(string path, string apiVersion, CancellationToken cancellation)
    {
        if (!_lists.TryGetValue(path, out var fact))
            _lists[path] = fact = Fact<IReadOnlyList<ArmResource>>.Of(() => _arm.List(path, apiVersion, cancellation).ToList());
        return fact;
    }

    /// <summary>Forgets a list that was changed.</summary>
    public void Forget(string path) => _lists.Remove(path);
}

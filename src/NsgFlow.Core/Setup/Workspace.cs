using System;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>A Log Analytics workspace, as far as Traffic Analytics has to be told of it.</summary>
public sealed class Workspace
{
    /// <summary>Takes it from the workspace itself: users mix up its three ids, and a wrong region is refused (<c>InvalidTAWorkspaceRegion</c>).</summary>
    public Workspace(ArmResource resource)
    {
        Id = (resource ?? throw new ArgumentNullException(nameof(resource))).Id;
        Name = resource.Name;
        CustomerId = resource.Properties["customerId"].Text ?? string.Empty;
        Location = resource.Location ?? string.Empty;
    }

    /// <summary>The ARM id.</summary>
    public string Id { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The GUID with which it is queried.</summary>
    public string CustomerId { get; }

    /// <summary>The region.</summary>
    public string Location { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id;
}

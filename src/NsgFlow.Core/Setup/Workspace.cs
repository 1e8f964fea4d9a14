using System;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>A Log Analytics workspace, as far as Traffic Analytics and queries have to be told of it.</summary>
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

    /// <summary>One of which only the id for queries is known.</summary>
    /// <param name="customerId">The GUID.</param>
    /// <param name="id">The ARM id, if that is known, too.</param>
    public Workspace(Guid customerId, string? id = null)
    {
        CustomerId = customerId.ToString("D");
        Id = id ?? string.Empty;
        Name = new ResourceId(Id).Name ?? CustomerId;
        Location = string.Empty;
    }

    /// <summary>The ARM id; empty when only the customer id is known.</summary>
    public string Id { get; }

    /// <summary>The name; the customer id when only that is known.</summary>
    public string Name { get; }

    /// <summary>The GUID with which it is queried.</summary>
    public string CustomerId { get; }

    /// <summary>The region; empty when only the customer id is known.</summary>
    public string Location { get; }

    /// <summary>The id.</summary>
    public override string ToString() => Id.Length > 0 ? Id : CustomerId;
}

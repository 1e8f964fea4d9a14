namespace NsgFlow.Network;

/// <summary>Which addresses of an AKS cluster.</summary>
public enum AksRange : byte
{
    /// <summary>Its pods', where they are not those of network interfaces: a range of their own (overlay, kubenet) or a subnet of their own.</summary>
    Pod,

    /// <summary>Its services', which exist inside the cluster only.</summary>
    Service,
}

namespace NsgFlow;

/// <summary>Whose traffic a sample shows.</summary>
public enum FlowSampleScenario : byte
{
    /// <summary>AKS nodes with denied scans, conversations logged at both ends, web, DNS and NTP.</summary>
    Mixed,

    /// <summary>AKS nodes at work: API server, registries, DNS, kubelets, health probes, ingress; hardly anything denied.</summary>
    Aks,

    /// <summary>Mostly denied scans from the internet: sweeps of all ports by one source, and many sources at the usual ports.</summary>
    Scan,

    /// <summary>Mostly traffic between the sample's own network interfaces, logged at both ends.</summary>
    Conversation,

    /// <summary>Machines with little to do: DNS, NTP and heartbeats in bursts, and minutes without an entry.</summary>
    Quiet,
}

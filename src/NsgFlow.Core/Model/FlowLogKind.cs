namespace NsgFlow;

/// <summary>Which of Azure's two flow logs an entry or a blob belongs to.</summary>
public enum FlowLogKind : byte
{
    /// <summary>NSG flow log (category <c>NetworkSecurityGroupFlowEvent</c>, versions 1 and 2).</summary>
    Nsg,

    /// <summary>Virtual network flow log (category <c>FlowLogFlowEvent</c>, version 4), of a virtual network, subnet or network interface.</summary>
    VirtualNetwork,
}

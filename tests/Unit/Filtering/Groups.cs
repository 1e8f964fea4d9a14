namespace NsgFlow.Unit.Filtering;

/// <summary>Groups as the reader makes them.</summary>
internal static class Groups
{
    public const string Subscription = "/subscriptions/11111111-2222-3333-4444-555555555555";
    public const string Nsg1 = Subscription + "/resourceGroups/MC_rg/providers/Microsoft.Network/networkSecurityGroups/aks-agentpool-nsg";
    public const string VNet = Subscription + "/resourceGroups/net-rg/providers/Microsoft.Network/virtualNetworks/hub-vnet";
    public const string Nic = Subscription + "/resourceGroups/net-rg/providers/Microsoft.Network/networkInterfaces/vm1-nic";
    public const string FlowLog = Subscription + "/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_EASTUS/FLOWLOGS/HUB-FLOWLOG";

    public static FlowGroup Nsg(string target = Nsg1, string? rule = "DenyAllInBound", FlowRuleKind kind = FlowRuleKind.Default, string? mac = "000D3AF8801A") => new()
    {
        Entry = new FlowEntry { Kind = FlowLogKind.Nsg, FormatVersion = 2, TargetResourceId = target },
        Rule = rule,
        RuleKind = kind,
        MacAddress = mac,
    };

    public static FlowGroup Virtual(string? target, string? acl = Nsg1) => new()
    {
        Entry = new FlowEntry { Kind = FlowLogKind.VirtualNetwork, FormatVersion = 4, TargetResourceId = target, FlowLogResourceId = FlowLog },
        Rule = "AllowVnet",
        RuleKind = FlowRuleKind.User,
        AclId = acl,
        MacAddress = "7C1E5264840B",
    };
}

namespace NsgFlow;

/// <summary>What kind of rule decided, told by the prefix of the logged rule name.</summary>
public enum FlowRuleKind : byte
{
    /// <summary>The name has no known prefix; in VNet logs these are security admin rules of Virtual Network Manager.</summary>
    Unprefixed,

    /// <summary><c>DefaultRule_…</c>: one of the group's default rules.</summary>
    Default,

    /// <summary><c>UserRule_…</c>: a rule somebody made.</summary>
    User,

    /// <summary><c>PlatformRule</c>: handled by the Azure platform.</summary>
    Platform,

    /// <summary><c>unspecified</c>: dropped by virtual network encryption, no rule applied.</summary>
    Unspecified,
}

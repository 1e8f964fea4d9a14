namespace NsgFlow;

/// <summary>The tuples of one entry that share a rule (and ACL and MAC) hang on one of these; immutable.</summary>
public sealed class FlowGroup
{
    /// <summary>The entry the group belongs to.</summary>
    public required FlowEntry Entry { get; init; }

    /// <summary>Name of the rule that decided, without its prefix; null when missing.</summary>
    public string? Rule { get; init; }

    /// <summary>The kind the prefix told.</summary>
    public FlowRuleKind RuleKind { get; init; }

    /// <summary>VNet logs: the GUID or ARM id of the access control list that decided; null in NSG logs.</summary>
    public string? AclId { get; init; }

    /// <summary>MAC of the logging network interface as 12 upper-case hex digits: the group's own, else the entry's; null when neither has one.</summary>
    public string? MacAddress { get; init; }
}

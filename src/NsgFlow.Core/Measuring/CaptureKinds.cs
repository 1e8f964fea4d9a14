namespace NsgFlow.Measuring;

/// <summary>Who may have captured a flow twice.</summary>
internal enum CaptureKinds
{
    /// <summary>Nobody, or it does not matter: every tuple counts where it stands.</summary>
    Once,

    /// <summary>The network interfaces of both ends, in logs of one kind.</summary>
    TwoEnds,

    /// <summary>Both ends, and an NSG and a VNet flow log at the same end.</summary>
    TwoEndsTwoLogs,
}

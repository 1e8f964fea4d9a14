using System.Collections;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>The parameters that say what a flow log is to be. They are the same on both cmdlets that have them; a test sees to that.</summary>
internal interface IFlowLogSettings
{
    string StorageAccount { get; }

    int RetentionDays { get; }

    int FormatVersion { get; }

    FlowState[] RecordType { get; }

    string FilteringCriteria { get; }

    bool? WithTrafficAnalytics { get; }

    string Workspace { get; }

    int TrafficAnalyticsInterval { get; }

    string Identity { get; }

    IDictionary Tag { get; }
}

using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>All checks, in the order in which somebody would look: first what keeps a flow log from being, then from writing, then from being read.</summary>
internal static class CheckList
{
    private static readonly Func<CheckFacts, FlowLogCheck?>[] _all =
    [
        ServiceChecks.Provider,
        ServiceChecks.NetworkWatcher,
        SettingChecks.Exists,
        SettingChecks.Enabled,
        SettingChecks.Provisioning,
        TargetChecks.Target,
        ServiceChecks.Region,
        SettingChecks.Format,
        SettingChecks.Records,
        StorageChecks.StorageAccount,
        StorageChecks.StorageKind,
        StorageChecks.StorageFirewall,
        StorageChecks.SharedKey,
        StorageChecks.Retention,
        StorageChecks.LifecycleRules,
        ArrivalChecks.ReadAccess,
        ArrivalChecks.Data,
        AnalyticsChecks.TrafficAnalytics,
        AnalyticsChecks.Workspace,
        ServiceChecks.WorkspaceProvider,
        AnalyticsChecks.WorkspaceAccess,
        TargetChecks.DoubleLogging,
        TargetChecks.UnsupportedServices,
        TargetChecks.FlowTimeout,
        TargetChecks.Locks,
        SettingChecks.Retirement,
    ];

    /// <summary>Judges. What does not apply has no row.</summary>
    public static IEnumerable<FlowLogCheck> Run(CheckFacts facts) => _all.Select(check => check(facts)).OfType<FlowLogCheck>();
}

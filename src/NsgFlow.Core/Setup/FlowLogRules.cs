using System;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>What can be said against settings before anything is known of Azure.</summary>
internal static class FlowLogRules
{
    /// <summary>The most days that Azure keeps blobs by itself.</summary>
    public const int MostRetentionDays = 365;

    /// <summary>The most characters of a filter.</summary>
    public const int MostFilterCharacters = 1000;

    /// <summary>Refuses settings that no flow log can have.</summary>
    public static void Check(FlowLogSettings settings)
    {
        if (settings.Name is { } name && !FlowLogName.IsValid(name))
        {
            throw new NsgFlowException(
                "FlowLogNameInvalid",
                $"'{name}' is no name for a flow log.",
                $"Give 1 to {FlowLogName.MostCharacters} letters, digits, '_', '.' and '-'; a letter or digit first, one of these or '_' last.");
        }

        if (settings.RetentionDays is < 0 or > MostRetentionDays)
        {
            throw new NsgFlowException(
                "RetentionInvalid",
                $"Blobs can be kept for 1 to {MostRetentionDays} days, or for ever (0), not for {settings.RetentionDays}.",
                "For longer than a year keep them for ever, and let a lifecycle rule of the storage account delete them.");
        }

        if (settings.TrafficAnalyticsInterval is not (null or 10 or 60))
        {
            throw new NsgFlowException(
                "TrafficAnalyticsIntervalInvalid",
                $"Traffic Analytics runs every 10 or every 60 minutes, not every {settings.TrafficAnalyticsInterval}.",
                "Give 10 or 60.");
        }

        if (settings.RecordTypes?.FirstOrDefault(static type => type is not { Length: 1 } || "BCEDbced".IndexOf(type[0]) < 0) is { } record)
        {
            throw new NsgFlowException(
                "RecordTypeInvalid",
                $"'{record}' is no type of record.",
                "Give letters of B (begin), C (continue), E (end) and D (denied); none for all.");
        }

        if (settings.FilteringCriteria?.Trim().Length > MostFilterCharacters)
        {
            throw new NsgFlowException(
                "FilteringCriteriaTooLong",
                $"The filter has {settings.FilteringCriteria.Trim().Length} characters; Azure takes {MostFilterCharacters}.",
                "Shorten it: ranges and prefixes instead of single addresses.");
        }

        if (settings.FormatVersion is not (null or 1 or 2))
            throw new NsgFlowException("FormatVersionInvalid", $"NSG flow logs have the formats 1 and 2, not {settings.FormatVersion}.", "Give 1 or 2.");

        if (settings is { TrafficAnalytics: false, Workspace: not null } or { TrafficAnalytics: false, TrafficAnalyticsInterval: not null }
            or { Enabled: false, TrafficAnalytics: true } or { Enabled: false, Workspace: not null })
        {
            throw new NsgFlowException(
                "TrafficAnalyticsAmbiguous",
                "Traffic Analytics is to be off, and yet something is said of how it is to be on.",
                "Leave out the workspace and the interval, or switch Traffic Analytics on.");
        }

        if (settings.IdentityId is { Length: > 0 } identity
            && identity.IndexOf("/Microsoft.ManagedIdentity/userAssignedIdentities/", StringComparison.OrdinalIgnoreCase) < 0)
        {
            throw new NsgFlowException(
                "IdentityInvalid",
                $"'{identity}' is no ARM id of a user-assigned managed identity.",
                "Give /subscriptions/…/providers/Microsoft.ManagedIdentity/userAssignedIdentities/…; an empty text takes the identity away.");
        }
    }
}

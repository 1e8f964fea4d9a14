using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Blobs;

namespace NsgFlow.Setup;

/// <summary>Whether the storage account takes what Azure writes, and keeps it as long as wanted.</summary>
internal static class StorageChecks
{
    /// <summary>So many rules a lifecycle policy may have; retention of flow logs lives in them.</summary>
    private const int MostRules = 100;

    public static FlowLogCheck? StorageAccount(CheckFacts facts)
    {
        if (facts.Log is not { } log)
            return null;
        if (facts.Storage.Refusal is { } refusal)
            return facts.Skip(nameof(StorageAccount), $"Storage account {log.StorageAccount}", refusal);
        return facts.Storage.Value is { } account
            ? facts.Pass(nameof(StorageAccount), $"{account.Name} is there.")
            : facts.Fail(
                nameof(StorageAccount),
                $"Storage account {log.StorageId} does not exist any more.",
                $"Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} -StorageAccount with one that exists.");
    }

    public static FlowLogCheck? StorageKind(CheckFacts facts)
    {
        if (facts.Log is not { } log || facts.Storage.Value is not { } account)
            return null;
        var kind = account.Root["kind"].Text ?? "of unknown kind";
        var sku = account.Root["sku"]["name"].Text ?? string.Empty;
        if (sku.StartsWith("Premium", StringComparison.OrdinalIgnoreCase))
            return facts.Fail(nameof(StorageKind), $"{account.Name} is {sku}; flow logs are written to Standard accounts only.", "Set-NsgFlowLog -StorageAccount with a Standard general-purpose v2 account.");
        if (log.RetentionDays > 0 && !string.Equals(kind, "StorageV2", StringComparison.OrdinalIgnoreCase))
            return facts.Warn(nameof(StorageKind), $"{account.Name} is {kind}; retention ({log.RetentionDays} days) works in StorageV2 accounts only.", "Upgrade the account to general-purpose v2, or delete old blobs otherwise.");
        return facts.Pass(nameof(StorageKind), $"{account.Name} is {kind} {sku}.".Replace(" .", "."));
    }

    public static FlowLogCheck? StorageFirewall(CheckFacts facts)
    {
        if (facts.Log is null || facts.Storage.Value is not { } account)
            return null;
        var rules = account.Properties["networkAcls"];
        var isClosed = Is(rules["defaultAction"], "Deny") || Is(account.Properties["publicNetworkAccess"], "Disabled");
        if (!isClosed)
            return facts.Pass(nameof(StorageFirewall), $"{account.Name} has no firewall rules.");
        // A list in one text: "Logging, Metrics, AzureServices".
        return (rules["bypass"].Text ?? string.Empty).Split(',').Any(static part => part.Trim().Equals("AzureServices", StringComparison.OrdinalIgnoreCase))
            ? facts.Pass(nameof(StorageFirewall), $"The firewall of {account.Name} lets trusted Microsoft services in, flow logs among them.")
            : facts.Fail(
                nameof(StorageFirewall),
                $"The firewall of {account.Name} lets nobody in but listed networks: flow logs are not written.",
                $"Allow trusted Microsoft services: Update-AzStorageAccountNetworkRuleSet -ResourceGroupName {CommandText.Quoted(account.ResourceGroup ?? string.Empty)} -Name {account.Name} -Bypass AzureServices.");
    }

    public static FlowLogCheck? SharedKey(CheckFacts facts)
    {
        if (facts.Log is not { } log || facts.Storage.Value is not { } account)
            return null;
        if (account.Properties["allowSharedKeyAccess"].Flag != false)
            return facts.Pass(nameof(SharedKey), $"{account.Name} lets its keys be used.");
        return log.Identity.Count > 0
            ? facts.Pass(nameof(SharedKey), $"{account.Name} forbids its keys; the flow log has an identity of its own.")
            : facts.Warn(
                nameof(SharedKey),
                $"{account.Name} forbids its keys, with which Azure writes flow logs that have no identity.",
                $"If nothing arrives: Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} -Identity with a user-assigned identity that is Storage Blob Data Contributor on the account, or allow the keys.");
    }

    public static FlowLogCheck? Retention(CheckFacts facts)
    {
        if (facts.Log is not { } log)
            return null;
        if (facts.Lifecycle.Refusal is { } refusal)
            return facts.Skip(nameof(Retention), $"The lifecycle policy of {log.StorageAccount}", refusal);
        var rules = Rules(facts).ToList();
        var deleted = Days(rules, "delete");
        var archived = Days(rules, "tierToArchive");
        if (archived is { } archive && (log.RetentionDays == 0 || archive < log.RetentionDays))
            return facts.Warn(nameof(Retention), $"A lifecycle rule of {log.StorageAccount} archives blobs after {archive} days; archived ones cannot be read.", "Exclude the containers insights-logs-* from that rule.");
        if (log.RetentionDays == 0)
        {
            return deleted is { } days
                ? facts.Pass(nameof(Retention), $"A lifecycle rule of {log.StorageAccount} deletes blobs after {days} days.")
                : facts.Warn(nameof(Retention), "Blobs are kept for ever; they will cost more every month.", $"Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} -RetentionDays 30.");
        }

        return deleted is { } sooner && sooner < log.RetentionDays
            ? facts.Warn(nameof(Retention), $"Blobs are to be kept {log.RetentionDays} days, but a lifecycle rule of {log.StorageAccount} deletes them after {sooner}.", "Change that rule, or the retention, so that both say the same.")
            : facts.Pass(nameof(Retention), $"Blobs are kept {log.RetentionDays} days.");
    }

    public static FlowLogCheck? LifecycleRules(CheckFacts facts)
    {
        if (facts.Log is not { RetentionDays: > 0 } log || facts.Lifecycle.Value is not { } policy)
            return null;
        var count = policy.Properties["policy"]["rules"].Items.Count();
        return count < MostRules
            ? facts.Pass(nameof(LifecycleRules), $"The lifecycle policy of {log.StorageAccount} has room: {count} of {MostRules} rules.")
            : facts.Warn(
                nameof(LifecycleRules),
                $"The lifecycle policy of {log.StorageAccount} is full ({count} of {MostRules} rules): retention of more flow logs cannot be put into it.",
                "Write further flow logs to another account, or without retention and with one rule for the whole container.");
    }

    // Azure's own rule for this flow log is among them, and says what the flow log says.
    private static IEnumerable<ArmNode> Rules(CheckFacts facts)
    {
        var container = facts.Log!.Kind == FlowLogKind.Nsg ? FlowContainers.Nsg : FlowContainers.VirtualNetwork;
        return (facts.Lifecycle.Value?.Properties["policy"]["rules"].Items ?? [])
            .Where(rule => rule["enabled"].Flag != false && Covers(rule["definition"]["filters"]["prefixMatch"], container)).Select(static rule => rule["definition"]);
    }

    // Only rules for the whole container: one for a part of it may be another flow log's.
    private static bool Covers(ArmNode prefixes, string container) =>
        !prefixes.Items.Any() || prefixes.Items.Any(prefix => prefix.Text is { } text && (container + "/").StartsWith(text, StringComparison.Ordinal));

    private static long? Days(List<ArmNode> rules, string action) => rules
        .Select(rule => rule["actions"]["baseBlob"][action])
        .Select(static to => to["daysAfterModificationGreaterThan"].Number ?? to["daysAfterCreationGreaterThan"].Number)
        .Where(static days => days is not null).DefaultIfEmpty().Min();

    private static bool Is(ArmNode node, string text) => string.Equals(node.Text, text, StringComparison.OrdinalIgnoreCase);
}

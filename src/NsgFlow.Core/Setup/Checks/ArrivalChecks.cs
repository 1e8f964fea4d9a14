using System;
using System.Globalization;

namespace NsgFlow.Setup;

/// <summary>Whether flows arrive, and whether the caller may read them.</summary>
internal static class ArrivalChecks
{
    private const string ReadBlobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read";
    private const string Reader = "Storage Blob Data Reader";

    /// <summary>A block each minute, up to five for the first, and some for clocks and the service.</summary>
    private static readonly TimeSpan _prompt = TimeSpan.FromMinutes(10);

    /// <summary>Networks may sleep at night; a day without one flow is none that people want logged.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);

    public static FlowLogCheck? ReadAccess(CheckFacts facts)
    {
        if (facts.Log is not { } log || (facts.Storage.Value is null && facts.Storage.Refusal is null))
            return null;
        var hasRole = facts.StorageRights.Value?.AllowData(ReadBlobs);
        if (facts.Arrival.Refusal is { } refusal)
        {
            if (refusal.ErrorId is not ("StorageAccessDenied" or "StorageUnauthorized"))
                return facts.Skip(nameof(ReadAccess), $"Blobs of {log.StorageAccount}", refusal);
            var why = hasRole switch
            {
                true => " You have a role that reads blobs, so it is the firewall, or the role is new and not in force yet.",
                false => $" You have no role that reads blobs (Owner and Contributor do not include it): {Reader} on {log.StorageId}.",
                null => string.Empty,
            };
            return facts.Fail(nameof(ReadAccess), $"You cannot read the blobs: {refusal.Message}", refusal.RecommendedAction + why);
        }

        if (facts.Arrival.Value is not null)
            return facts.Pass(nameof(ReadAccess), $"You can list the blobs of {log.StorageAccount}.");
        if (facts.StorageRights.Refusal is { } hidden)
            return facts.Skip(nameof(ReadAccess), $"Your roles on {log.StorageAccount}", hidden);
        return hasRole switch
        {
            true => facts.Pass(nameof(ReadAccess), $"You have a role that reads the blobs of {log.StorageAccount}."),
            false => facts.Warn(nameof(ReadAccess), $"You have no role that reads the blobs of {log.StorageAccount}; one on the container alone is not seen here.", $"{Reader} on {log.StorageId}."),
            null => null,
        };
    }

    public static FlowLogCheck? Data(CheckFacts facts)
    {
        // Nothing is to arrive from what does not write.
        if (facts.Log is not { Enabled: true } log)
            return null;
        if (facts.Arrival.Refusal is { } refusal)
            return facts.Skip(nameof(Data), $"Whether blobs arrive in {log.StorageAccount}", refusal);
        if (facts.Arrival.Value is not { } arrival)
            return null;
        if (!arrival.HasContainer)
        {
            return facts.Fail(
                nameof(Data),
                $"{log.StorageAccount} has no container for this kind of flow log: nothing was ever written.",
                "The first blob comes some five minutes after a flow log is enabled, and with the first flow. After that, mend what else fails here.");
        }

        if (arrival.Newest is not { LastModified: { } last })
        {
            return facts.Fail(
                nameof(Data),
                $"{log.StorageAccount} has no blob of this flow log of the last {Words(arrival.LookedBack)}.",
                $"Is there traffic? If so, mend what else fails here. Keys of the account that were rotated stop a flow log: {CommandText.Rewritten(log)}.");
        }

        var age = facts.Now - last;
        var when = $"The last block was written {Words(age)} ago ({last.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)}).";
        if (age <= _prompt)
            return facts.Pass(nameof(Data), when);
        var fix = $"Without traffic nothing is written. If there is some: keys of the account that were rotated stop a flow log ({CommandText.Rewritten(log)}); else mend what else fails here.";
        return age <= _longest ? facts.Warn(nameof(Data), when, fix) : facts.Fail(nameof(Data), when, fix);
    }

    private static string Words(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? $"{Math.Max(0, (int)time.TotalSeconds)} seconds"
        : time < TimeSpan.FromHours(2) ? $"{(int)time.TotalMinutes} minutes"
        : time < TimeSpan.FromDays(2) ? $"{(int)time.TotalHours} hours"
        : $"{(int)time.TotalDays} days";
}

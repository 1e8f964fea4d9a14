using System;
using System.Collections.Generic;
using System.Linq;
using Azure.Storage.Blobs.Models;
using NsgFlow.Blobs;

namespace NsgFlow.Azure.Storage;

/// <summary>
/// Finds what is logged in a container by walking the folders of its names, leaving out whole trees that the query excludes. Names are
/// never built for VNet flow logs; for NSGs the fixed parts of an ARM id are guessed, since each right guess saves a request, and when there is
/// nothing under a guess (a copy in another case) the folders are asked for. Only ids in two cases beside each other in one container, which
/// nobody writes, would be missed.
/// </summary>
internal sealed class TargetWalk(ContainerListing listing, FlowBlobQuery query)
{
    private const string NsgRoot = "resourceId=/";
    private const string NsgFolders = "PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/";

    /// <summary>Prefixes of targets, up to and including the slash before <c>y=</c>.</summary>
    public List<string> Targets { get; } = [];

    /// <summary>Folders that are no part of a flow log's name: what lies in them must be listed whole.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Blobs that lie in no folder of a target.</summary>
    public List<BlobItem> Loose { get; } = [];

    /// <summary>Walks the container.</summary>
    public void Run()
    {
        // One request for what else may be in the container; it also tells whether the container exists.
        foreach (var item in listing.Level(string.Empty))
        {
            if (item.IsBlob)
            {
                Loose.Add(item.Blob);
            }
            else if (item.Prefix.Equals(NsgRoot, StringComparison.OrdinalIgnoreCase))
            {
                WalkNsgs(item.Prefix);
            }
            else if (FlowBlobName.Parse(item.Prefix).Kind == FlowLogKind.VirtualNetwork)
            {
                Walk(item.Prefix, default);
            }
            else
            {
                Others.Add(item.Prefix);
            }
        }
    }

    private void WalkNsgs(string root)
    {
        if (!TryNamed(root))
        {
            Walk(root, ["SUBSCRIPTIONS/", "RESOURCEGROUPS/", NsgFolders]);
        }
    }

    /// <summary>When the ids of NSGs are given, their groups need not be looked for.</summary>
    private bool TryNamed(string root)
    {
        var texts = query.FlowLogs.Count > 0 ? query.FlowLogs.Select(static log => log.TargetResourceId) : query.Scope.ResourceId;
        var ids = texts.Select(static text => new ResourceId(text)).ToArray();
        if (ids.Length == 0 || ids.Any(static id => id.Nsg is null || id.SubscriptionId is null || id.ResourceGroup is null || HasWildcard(id.Text)))
        {
            return false;
        }

        var groups = ids
            .Select(id => $"{root}SUBSCRIPTIONS/{id.SubscriptionId!.ToUpperInvariant()}/RESOURCEGROUPS/{id.ResourceGroup!.ToUpperInvariant()}/{NsgFolders}")
            .Distinct(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var group in groups)
        {
            var level = listing.Level(group);
            if (level.Count == 0)
            {
                // Not there, or written in another way: only a walk can tell.
                return false;
            }

            found.AddRange(level.Where(item => item.IsPrefix && !query.Excludes(FlowBlobName.Parse(item.Prefix))).Select(static item => item.Prefix));
        }

        Targets.AddRange(found);
        return true;
    }

    private static bool HasWildcard(string text) => text.IndexOfAny(['*', '?', '[', '`']) >= 0;

    /// <summary>Goes down from a folder.</summary>
    /// <param name="prefix">The folder.</param>
    /// <param name="guesses">What stands before the next values, before those under them, and so on; empty to look.</param>
    private void Walk(string prefix, ReadOnlySpan<string> guesses)
    {
        if (guesses.Length > 0)
        {
            var guessed = listing.Level(prefix + guesses[0]);
            if (guessed.Count > 0)
            {
                Follow(guessed, guesses.Slice(1));
                return;
            }
        }

        Follow(listing.Level(prefix), default);
    }

    private void Follow(IReadOnlyList<BlobHierarchyItem> level, ReadOnlySpan<string> guesses)
    {
        foreach (var item in level)
        {
            if (item.IsBlob)
            {
                Loose.Add(item.Blob);
                continue;
            }

            var name = FlowBlobName.Parse(item.Prefix);
            if (name.Kind is null || query.Excludes(name))
            {
                // Not wanted, or another resource's log in the same layout.
                continue;
            }

            if (name.Target is not null)
            {
                Targets.Add(item.Prefix);
            }
            else if (name.PeriodStart is not null)
            {
                // A time without a target: taken blob by blob.
                Others.Add(item.Prefix);
            }
            else
            {
                Walk(item.Prefix, guesses);
            }
        }
    }
}

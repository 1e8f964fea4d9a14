using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Azure;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Completion;

/// <summary>
/// Names of resources in Azure, for tab completion: with a sign-in that this runspace has used already, and a token that is at hand. A Tab signs nobody in, starts
/// nothing, and waits two seconds at most; what comes later is there for the next Tab.
/// </summary>
internal static class AzureNames
{
    // Of one sign-in each, so that nobody is shown another's names; and it goes when the sign-in does.
    private static readonly ConditionalWeakTable<object, LateNames> _caches = new();

    /// <summary>Names, each with region and resource group; narrowed by the groups, subscriptions and networks that were typed already.</summary>
    /// <param name="kind">What has the names.</param>
    /// <param name="start">How they begin: matters where there are more than one answer holds, else one answer does for every start.</param>
    /// <param name="bound">What was typed.</param>
    public static IReadOnlyList<(string Name, string? Tip)> Of(ResourceKind kind, string start, IDictionary bound)
    {
        // Files are read where there may be no Azure.
        if (bound.Contains("Path") || bound.Contains("LiteralPath") || AzureState.Current.Known is not { } access)
            return [];
        return Of(access, kind, start, bound);
    }

    // In a method of its own: only running it loads NsgFlow.Azure.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IReadOnlyList<(string Name, string? Tip)> Of(AzureAccess access, ResourceKind kind, string start, IDictionary bound)
    {
        var connection = access.Connection;
        if (!connection.SignIn.HasToken(connection.Cloud.ResourceManagerAudience))
            return [];
        var names = Ask(connection, kind, kind == ResourceKind.Subnet ? Texts(bound, "VirtualNetwork", "VirtualNetworkName", "VNet").ConvertAll(static name => name + "/*") : [], bound);
        // Subnets are listed by their networks, and subscriptions all at once.
        var isCut = names.Count >= ResourceFinder.OnePage && start.Length > 0 && kind != ResourceKind.Subnet && kind != ResourceKind.Subscription;
        return isCut ? [.. names, .. Ask(connection, kind, [WildcardPattern.Escape(start) + "*"], bound)] : names;
    }

    private static IReadOnlyList<(string Name, string? Tip)> Ask(AzureConnection connection, ResourceKind kind, IReadOnlyList<string> names, IDictionary bound)
    {
        var question = new ResourceQuestion
        {
            Kind = kind,
            Names = names,
            ResourceGroups = kind == ResourceKind.ResourceGroup ? [] : Texts(bound, "ResourceGroupName", "ResourceGroup"),
            Subscriptions = kind == ResourceKind.Subscription ? [] : Texts(bound, "SubscriptionId", "Subscription"),
        };
        var key = string.Join("\n", new[] { kind.Type }.Concat(question.Names).Append("in").Concat(question.ResourceGroups).Append("of").Concat(question.Subscriptions));
        return _caches.GetOrCreateValue(connection).Get(key, cancellation => Ask(connection.OpenArm(null), connection.Subscriptions, question, cancellation));
    }

    private static IReadOnlyList<(string Name, string? Tip)> Ask(IArm arm, IReadOnlyList<string> subscriptions, ResourceQuestion question, CancellationToken cancellation) =>
        [.. new ResourceFinder(arm) { DefaultSubscriptions = subscriptions }.FirstPage(question, cancellation).Select(one => Shown(question.Kind, one)).OrderBy(static one => one.Name, StringComparer.OrdinalIgnoreCase)];

    private static (string Name, string? Tip) Shown(ResourceKind kind, ArmResource one)
    {
        if (kind == ResourceKind.Subscription)
            return (one.Root["displayName"].Text ?? one.Name, one.SubscriptionId);
        var place = kind == ResourceKind.Subnet ? one.ResourceId.VirtualNetwork : one.Location;
        return (one.Name, string.Join(", ", new[] { place, one.ResourceGroup }.Where(static text => !string.IsNullOrEmpty(text))));
    }

    private static List<string> Texts(IDictionary bound, params string[] names)
    {
        var value = names.Select(name => bound[name]).FirstOrDefault(static value => value is not null);
        return value switch
        {
            null => [],
            string text => [text],
            IEnumerable list => [.. list.Cast<object>().Select(LanguagePrimitives.ConvertTo<string>)],
            _ => [LanguagePrimitives.ConvertTo<string>(value)],
        };
    }
}

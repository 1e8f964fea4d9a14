using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Arm;
using NsgFlow.Resources;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Turns parameters into settings; what was not given stays open.</summary>
internal sealed class SettingsReader<TCmdlet>(TCmdlet cmdlet)
    where TCmdlet : FlowLogCmdlet, IFlowLogSettings
{
    private FlowLogSettings? _complete;
    private FlowLogSettings? _told;

    /// <summary>All that can be said without asking Azure. Nonsense is refused here.</summary>
    /// <exception cref="NsgFlowException">Nonsense.</exception>
    public FlowLogSettings Plain(bool? enabled, string? name)
    {
        var settings = new FlowLogSettings
        {
            Enabled = enabled,
            Name = name,
            RetentionDays = cmdlet.Has(nameof(cmdlet.RetentionDays)) ? cmdlet.RetentionDays : null,
            FormatVersion = cmdlet.Has(nameof(cmdlet.FormatVersion)) ? cmdlet.FormatVersion : null,
            RecordTypes = cmdlet.Has(nameof(cmdlet.RecordType)) ? [.. cmdlet.RecordType.Select(Letter)] : null,
            FilteringCriteria = cmdlet.Has(nameof(cmdlet.FilteringCriteria)) ? cmdlet.FilteringCriteria : null,
            TrafficAnalytics = cmdlet.WithTrafficAnalytics,
            TrafficAnalyticsInterval = cmdlet.Has(nameof(cmdlet.TrafficAnalyticsInterval)) ? cmdlet.TrafficAnalyticsInterval : null,
            IdentityId = cmdlet.Has(nameof(cmdlet.Identity)) ? cmdlet.Identity : null,
            Tags = cmdlet.Has(nameof(cmdlet.Tag)) ? TagsOf(cmdlet.Tag) : null,
        };
        FlowLogPlanner.Check(settings);
        return settings;
    }

    /// <summary>The same with the account and the workspace, which are looked up once.</summary>
    public FlowLogSettings Complete(FlowLogSettings plain) => _complete ??= Completed(plain, cmdlet.Needed);

    /// <summary>The same for what is only told: without what cannot be found, since what it is for is refused for a better reason.</summary>
    public FlowLogSettings Told(FlowLogSettings plain) => _complete ?? (_told ??= Completed(plain, static (_, find) =>
    {
        try
        {
            return find();
        }
        catch (NsgFlowException)
        {
            return null;
        }
    }));

    private FlowLogSettings Completed(FlowLogSettings plain, Func<string, Func<ArmResource?>, ArmResource?> guard)
    {
        var storage = Find(ResourceKind.StorageAccount, nameof(cmdlet.StorageAccount), cmdlet.StorageAccount);
        var workspace = Find(ResourceKind.Workspace, nameof(cmdlet.Workspace), cmdlet.Workspace);
        return plain with { StorageId = storage?.Id, Workspace = workspace is null ? null : new Workspace(workspace) };

        ArmResource? Find(ResourceKind kind, string parameter, string name) => cmdlet.Has(parameter)
            ? guard(name, () => cmdlet.Finder.FindOne(new ResourceQuestion { Kind = kind, Names = [WildcardPattern.Escape(name)] }, cmdlet.Cancellation))
            : null;
    }

    private static string Letter(FlowState state) => state switch
    {
        FlowState.Begin => "B",
        FlowState.Continue => "C",
        FlowState.End => "E",
        FlowState.Deny => "D",
        _ => state.ToString(),
    };

    private static Dictionary<string, string> TagsOf(IDictionary tags)
    {
        var read = new Dictionary<string, string>();
        foreach (DictionaryEntry tag in tags)
            read[LanguagePrimitives.ConvertTo<string>(tag.Key)] = LanguagePrimitives.ConvertTo<string>(tag.Value);
        return read;
    }
}

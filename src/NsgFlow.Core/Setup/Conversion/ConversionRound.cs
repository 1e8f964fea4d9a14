using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>One attempt to replace some NSG flow logs, all of them whole.</summary>
internal sealed class ConversionRound
{
    private readonly FlowLogPrecedence _networkLogs;
    private readonly bool _allowMore;
    private readonly List<List<ConvertedPlace>> _networks = [];
    private readonly Dictionary<ConvertedPlace, Replacement> _by = [];
    private readonly List<Replacement> _replacements = [];

    public ConversionRound(
        NetworkLayout layout, FlowLogPrecedence networkLogs, IReadOnlyList<FlowLog> nsgLogs, bool allowMore)
    {
        _networkLogs = networkLogs;
        _allowMore = allowMore;
        var byNsg = nsgLogs.ToLookup(static log => new ResourceId(log.TargetResourceId));
        foreach (var network in layout.Networks)
            _networks.Add([.. network.Subnets.SelectMany(subnet => Places(subnet, byNsg))]);
    }

    /// <summary>What takes over, in order of targets.</summary>
    public IReadOnlyList<Replacement> Replacements => _replacements;

    private IEnumerable<ConvertedPlace> All => _networks.SelectMany(static places => places);

    /// <summary>Finds a flow log for each place.</summary>
    public void Run()
    {
        foreach (var places in _networks)
        {
            TakeExisting(places);
            if (places.Count == 0 || TryTake(places[0].Subnet.Network.Id, places))
                continue;
            foreach (var subnet in places.GroupBy(static place => place.Subnet))
            {
                if (TryTake(subnet.Key.Id, [.. subnet]))
                    continue;
                foreach (var place in subnet.Where(static place => place.Nic is { IsOfInstance: false }))
                    TryTake(place.Nic!.Id, [place]);
            }
        }
    }

    /// <summary>What takes over from an NSG flow log.</summary>
    public IReadOnlyList<Replacement> ReplacementsOf(FlowLog log) =>
        [.. Of(log).Select(place => _by[place]).Distinct().OrderBy(static by => by.Target.Id.Text, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Why an NSG flow log cannot be replaced, or null.</summary>
    public string? WhyNot(FlowLog log)
    {
        var places = Of(log).ToList();
        if (places.Count == 0)
            return "the NSG is on no subnet and no network interface, so there is nothing to log in its place";
        var kept = KeptSettings.Of(log);
        if (log.Enabled && places.Find(place => place.Existing is { } existing && KeptSettings.Of(existing).WritesLessThan(kept))?.Existing is { } narrow)
        {
            var less = narrow.FilteringCriteria is null ? $"records {narrow.RecordTypes}" : "what matches its filter";
            return $"{narrow.Name} logs its network interfaces, too, but only {less}; widen that (Set-NsgFlowLog -Name {CommandText.Quoted(narrow.Name)} "
                + "-RecordType @() -FilteringCriteria '') and convert again, or disable this one where so little is enough";
        }

        var open = places.Where(place => !_by.ContainsKey(place)).ToList();
        if (open.Count == 0)
            return null;
        var where = string.Join(", ", open.Select(static place => place.Subnet.ToString()).Distinct().Take(3));
        var what = $"{open.Count} of {places.Count} network interfaces cannot be logged ({where})";
        if (open.Find(place => Own(place) is not null) is { } taken)
            return $"{what}: their flow log {Own(taken)!.Name} is disabled; enable or remove it";
        return $"{what}: instances of scale sets are logged by their subnet only, and that has network interfaces that were not logged, or were logged "
            + "with other settings; -AllowMore logs the first too";
    }

    private static IEnumerable<ConvertedPlace> Places(
        LayoutSubnet subnet, ILookup<ResourceId, FlowLog> byNsg, FlowLogPrecedence networkLogs)
    {
        foreach (var nic in subnet.Nics)
            yield return new ConvertedPlace(subnet, nic, byNsg[subnet.Nsg].Concat(nic.Nsg == subnet.Nsg ? [] : byNsg[nic.Nsg]), networkLogs);
        if (subnet.Nics.Count == 0 && byNsg[subnet.Nsg].Any())
            yield return new ConvertedPlace(subnet, null, byNsg[subnet.Nsg], networkLogs);
    }

    private IEnumerable<ConvertedPlace> Places(LayoutSubnet subnet, ILookup<ResourceId, FlowLog> byNsg) => Places(subnet, byNsg, _networkLogs);

    private IEnumerable<ConvertedPlace> Of(FlowLog log) => All.Where(place => place.Logs.Contains(log));

    private FlowLog? Own(ConvertedPlace place) => _networkLogs.On(place.Nic?.Id ?? place.Subnet.Id);

    private void TakeExisting(List<ConvertedPlace> places)
    {
        foreach (var place in places.Where(static place => place.Settings is not null && place.Existing is not null))
        {
            var taken = _replacements.Find(replacement => replacement.Existing == place.Existing);
            if (taken is null)
                _replacements.Add(taken = new Replacement(place.Existing!));
            taken.Take(place);
            _by[place] = taken;
        }
    }

    /// <returns>Whether nothing is left open in the places.</returns>
    private bool TryTake(ResourceId target, List<ConvertedPlace> places)
    {
        var open = places.FindAll(static place => place.IsOpen);
        if (open.Count == 0)
            return true;
        // A target has one flow log at most.
        if (_networkLogs.On(target) is not null)
            return false;
        // That a network has nothing but empty subnets says nothing of what will come into its others.
        if (FlowLog.KindOf(target) == FlowLogTargetKind.VirtualNetwork && !open.Exists(static place => place.Nic is not null))
            return false;
        var settings = open[0].Settings!;
        if (open.Exists(place => place.Settings != settings))
            return false;
        var added = places.Count(static place => place.IsUnlogged);
        if (added > 0 && !_allowMore)
            return false;
        var replacement = new Replacement(new FlowLogTarget(target.Text, places[0].Subnet.Network.Location), settings, open, added);
        _replacements.Add(replacement);
        open.ForEach(place => _by[place] = replacement);
        return true;
    }
}

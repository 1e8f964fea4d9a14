using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Conversion;

/// <summary>
/// The conversion against trying everything, on small random networks. The oracle knows nothing of the module's code: it has its own description of
/// the network, and looks at every set of targets for the smallest that logs exactly what was logged.
/// </summary>
public class ConversionOracleTests
{
    [Fact]
    public void TheFewestLogsThatLogTheSame()
    {
        var converted = 0;
        var kept = 0;
        for (var seed = 1; seed <= 1000; seed++)
        {
            var world = RandomWorld.Make(new Random(seed));
            var plan = world.Network.Plan();
            var logs = plan.Converted.Select(item => new ResourceId(item.Log.TargetResourceId).Nsg!).ToHashSet();
            converted += logs.Count;
            kept += plan.Kept.Count;

            var wanted = world.Logged(logs);
            var targets = plan.Replacements.Where(replacement => replacement.Existing is null).Select(replacement => replacement.Target.Id.Text).ToList();

            // Exactly what was logged, by settings, and nothing that was not.
            foreach (var nic in world.Nics)
            {
                var by = plan.Replacements.Where(replacement => world.Inside(replacement.Target.Id.Text).Contains(nic.Name)).ToList();
                if (!wanted.TryGetValue(nic.Name, out var settings))
                    Assert.True(by.Count == 0, $"seed {seed}: {nic.Name} was not logged");
                else
                    Assert.True(by.Count == 1 && by[0].Settings.Storage.Name == settings, $"seed {seed}: {nic.Name} was logged to {settings}");
            }

            Assert.True(world.Fewest(wanted) == targets.Count, $"seed {seed}: {targets.Count} logs, {world.Fewest(wanted)} would do");

            // What stays could not be replaced: without it nothing changes for the others, with it there is no way.
            foreach (var (log, _) in plan.Kept)
            {
                var nsg = new ResourceId(log.TargetResourceId).Nsg!;
                Assert.True(
                    world.Covered(nsg).Count == 0 || world.Fewest(world.Logged([.. logs, nsg])) is null || world.Fewest(world.Logged([.. world.Nsgs])) is null,
                    $"seed {seed}: {nsg} could have been replaced");
            }
        }

        // The networks are not all of one sort.
        Assert.InRange(converted, 700, 5000);
        Assert.InRange(kept, 150, 5000);
    }

    [Fact]
    public void ConvertingAgainDoesNothingMore()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var world = RandomWorld.Make(new Random(seed));
            var first = world.Network.Plan();
            foreach (var made in first.Replacements)
                world.Network.WithLog(made.Target.Id.Text, storage: made.Settings.Storage.Name!);

            // Stopped half way: all made, nothing disabled.
            var second = world.Network.Plan();
            Assert.DoesNotContain(second.Replacements, replacement => replacement.Existing is null);
            Assert.Equal(
                first.Converted.Select(item => item.Log.Id),
                second.Steps(verify: true, keepOld: false).Where(step => step.Action == FlowLogConversionAction.Disable).Select(step => step.NsgLog!.Id));
        }
    }

    private sealed record RandomNic(string Name, string Network, string Subnet, string? SubnetNsg, string? OwnNsg);

    private sealed class RandomWorld
    {
        private readonly Dictionary<string, string> _storage = [];
        private readonly HashSet<string> _logged = [];

        public TestNetwork Network { get; } = new();

        public List<RandomNic> Nics { get; } = [];

        public IEnumerable<string> Nsgs => _logged;

        public static RandomWorld Make(Random random)
        {
            var world = new RandomWorld();
            var nsgs = Enumerable.Range(1, random.Next(1, 5)).Select(number => "nsg" + number).ToList();
            var number = 0;
            foreach (var network in Enumerable.Range(1, random.Next(1, 3)).Select(i => "net" + i))
            {
                foreach (var subnet in Enumerable.Range(1, random.Next(1, 4)).Select(i => "sub" + i))
                {
                    var nsg = random.Next(3) > 0 ? nsgs[random.Next(nsgs.Count)] : null;
                    var nics = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (random.Next(4) == 0 ? "ss" : "nic") + new string('x', ++number)).ToArray();
                    world.Network.WithSubnet(network, subnet, nsg, nics);
                    foreach (var nic in nics)
                    {
                        var own = random.Next(3) == 0 ? nsgs[random.Next(nsgs.Count)] : null;
                        if (own is not null)
                            world.Network.WithNsg(own, nic);
                        world.Nics.Add(new RandomNic(nic, network, subnet, nsg, own));
                    }
                }
            }

            foreach (var nsg in nsgs.Where(_ => random.Next(4) > 0))
            {
                world._storage[nsg] = random.Next(4) == 0 ? "st2" : "st1";
                world._logged.Add(nsg);
                world.Network.WithNsg(nsg).WithLog(Nsg(nsg), storage: world._storage[nsg]);
            }

            return world;
        }

        /// <summary>The interfaces that these NSGs' flow logs log, and to which account: the subnet's counts before the interface's own.</summary>
        public Dictionary<string, string> Logged(IReadOnlyCollection<string> nsgs)
        {
            var logged = new Dictionary<string, string>();
            foreach (var nic in Nics)
            {
                if (nic.SubnetNsg is { } of && nsgs.Contains(of))
                    logged[nic.Name] = _storage[of];
                else if (nic.OwnNsg is { } own && nsgs.Contains(own))
                    logged[nic.Name] = _storage[own];
            }

            return logged;
        }

        public List<string> Covered(string nsg) => [.. Nics.Where(nic => nic.SubnetNsg == nsg || nic.OwnNsg == nsg).Select(nic => nic.Name)];

        public HashSet<string> Inside(string target) =>
        [
            .. Nics.Where(nic => target == Net(nic.Network) || target == Subnet(nic.Network, nic.Subnet) || target == NicId(nic.Name)).Select(nic => nic.Name),
        ];

        /// <summary>The least number of targets that cover all of these and no other, each with one account; null when there is no way.</summary>
        public int? Fewest(Dictionary<string, string> wanted)
        {
            var targets = Nics.Select(nic => Net(nic.Network)).Concat(Nics.Select(nic => Subnet(nic.Network, nic.Subnet)))
                .Concat(Nics.Where(nic => !nic.Name.StartsWith("ss", StringComparison.Ordinal)).Select(nic => NicId(nic.Name))).Distinct()
                .Select(Inside).Where(inside => inside.All(wanted.ContainsKey) && inside.Select(nic => wanted[nic]).Distinct().Count() == 1)
                .Select(inside => Bits(inside)).Distinct().ToList();
            var goal = Bits(wanted.Keys);

            // Over sets of interfaces rather than of targets: at most 18 interfaces, so 2^18 sets.
            var least = new Dictionary<int, int> { [0] = 0 };
            var frontier = new List<int> { 0 };
            for (var count = 1; frontier.Count > 0 && !least.ContainsKey(goal); count++)
            {
                var next = new List<int>();
                foreach (var set in frontier)
                {
                    foreach (var target in targets)
                    {
                        if (least.TryAdd(set | target, count))
                            next.Add(set | target);
                    }
                }

                frontier = next;
            }

            return least.TryGetValue(goal, out var fewest) ? fewest : null;
        }

        private int Bits(IEnumerable<string> names) => names.Aggregate(0, (bits, name) => bits | (1 << Nics.FindIndex(nic => nic.Name == name)));
    }
}

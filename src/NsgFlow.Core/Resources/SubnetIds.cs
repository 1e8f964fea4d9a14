using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Resources;

/// <summary>In which subnets something is.</summary>
internal static class SubnetIds
{
    /// <summary>Of a network interface.</summary>
    public static IEnumerable<string> OfInterface(ArmResource nic) => OfConfigurations(nic.Properties["ipConfigurations"]);

    /// <summary>Of the instances of a scale set, by its model.</summary>
    public static IEnumerable<string> OfScaleSet(ArmResource scaleSet) =>
        scaleSet.Properties["virtualMachineProfile"]["networkProfile"]["networkInterfaceConfigurations"].Items
            .SelectMany(static nic => OfConfigurations(nic["properties"]["ipConfigurations"])).Distinct(System.StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> OfConfigurations(ArmNode configurations) =>
        configurations.Items.Select(static one => one["properties"]["subnet"]["id"].Text).OfType<string>();
}

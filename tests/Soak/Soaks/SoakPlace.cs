using System;
using System.IO;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Soaks;

/// <summary>Where flow logs are written to, and how Get-NsgFlowRecord is told.</summary>
/// <param name="Parameter">Name of the parameter.</param>
/// <param name="Address">Its value.</param>
/// <param name="Open">Begins a blob; gives what a checkpoint knows it by, too.</param>
internal sealed record SoakPlace(string Parameter, string Address, Func<NicText, string, (string Key, IGrowingBlob Blob)> Open)
{
    /// <summary>A folder of files that grow in one way or another.</summary>
    public static SoakPlace OfFolder(string folder) => new("-Path", folder, (nic, name) =>
    {
        var path = Path.Combine(folder, nic.Container, name);
        return (path, new GrowingFile(path, (FileGrowth)(nic.Number % 3)));
    });

    /// <summary>An account.</summary>
    public static SoakPlace OfAccount(SoakAccount account) => new("-StorageAccount", account.Url, account.Open);
}

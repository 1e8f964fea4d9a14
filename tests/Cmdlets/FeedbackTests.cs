using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Runtime.Loader;
using System.Threading;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using Xunit;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class FeedbackTests(Azurite azurite, SharedAccount shared)
{
    [AzuriteFact]
    public void Progress_tells_blobs_and_bytes_and_ends()
    {
        var account = shared.On(azurite).Account!;
        using var proxy = new FaultProxy(azurite.Port);

        // The bar moves at most five times a second.
        proxy.OnDownloads([.. Enumerable.Repeat(new Fault(Before: static () => Thread.Sleep(250)), 100)]);
        using var session = SharedAccount.Session(account.EndpointAt(proxy.Port).AbsoluteUri);

        var outcome = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -ThrottleLimit 1").Clean();

        var moves = outcome.Progress.Where(static record => record.Activity == "Reading flow logs").ToList();
        Assert.InRange(moves.Count, 3, 100);
        Assert.All(moves[..^1], static record => Assert.Matches(@"^\d+ blobs, [0-9.,]+ (B|KB|MB)$", record.StatusDescription));
        Assert.Contains(moves[..^1], static record => !record.StatusDescription.Contains(" 0 B", StringComparison.Ordinal));
        Assert.All(moves[..^1], record => Assert.Contains(record.CurrentOperation, shared.RowsByBlob.Keys));
        Assert.Single(moves.Select(static record => record.ActivityId).Distinct());
        Assert.Equal(ProgressRecordType.Completed, moves[^1].RecordType);
        Assert.All(moves[..^1], static record => Assert.Equal(ProgressRecordType.Processing, record.RecordType));
    }

    [AzuriteFact]
    public void Verbose_has_one_line_a_blob_with_its_numbers()
    {
        using var session = SharedAccount.Session(shared.On(azurite).Pool.Account);

        var outcome = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -Verbose").Clean();

        foreach (var (name, rows) in shared.RowsByBlob)
        {
            var line = Assert.Single(outcome.Verbose, line => line.StartsWith(name + ": ", StringComparison.Ordinal));
            Assert.StartsWith($"{name}: {rows.Length} tuples, {rows.Length} passed the filter, ", line, StringComparison.Ordinal);
            Assert.EndsWith(" 0 damaged places", line, StringComparison.Ordinal);
        }

        Assert.Equal(shared.RowsByBlob.Count, outcome.Verbose.Count(static line => line.Contains("damaged places", StringComparison.Ordinal)));
    }

    [AzuriteFact]
    public void The_storage_package_is_the_modules_own_in_its_own_context()
    {
        using var session = SharedAccount.Session(shared.On(azurite).Pool.Account);
        session.Run($"Get-NsgFlowBlob -StorageAccount $url -AccountKey $key {SharedAccount.Hours}").Clean();

        var bin = Path.Combine(BuiltModule.Folder, "bin") + Path.DirectorySeparatorChar;
        var context = Assert.Single(AssemblyLoadContext.All, static context => context.Name == "NsgFlow");
        foreach (var name in new[] { "NsgFlow.PowerShell", "NsgFlow.Azure", "Azure.Core", "Azure.Storage.Blobs", "Azure.Storage.Common" })
        {
            var own = Assert.Single(context.Assemblies, assembly => assembly.GetName().Name == name);
            Assert.StartsWith(bin, own.Location, StringComparison.Ordinal);
        }

        // Of the module, the default context has Core only; the tests' own copy of the package is another one.
        Assert.Equal(
            ["NsgFlow.Core"],
            AssemblyLoadContext.Default.Assemblies.Where(assembly => !assembly.IsDynamic && assembly.Location.StartsWith(bin, StringComparison.Ordinal)).Select(static assembly => assembly.GetName().Name));
        Assert.Contains(AssemblyLoadContext.Default.Assemblies, static assembly => assembly.GetName().Name == "Azure.Storage.Blobs");
        Assert.DoesNotContain(context.Assemblies, static assembly => assembly.GetName().Name == "NsgFlow.Core");
    }
}

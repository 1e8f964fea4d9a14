using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class EmulatorTests(Azurite azurite)
{
    [AzuriteFact]
    public void The_emulators_address_needs_no_key() => Check(azurite.EmulatorAccount.Endpoint.AbsoluteUri, "emulator-by-url");

    [EmulatorPortFact]
    public void The_word_emulator_is_enough()
    {
        using var port = new FaultProxy(azurite.Port, EmulatorPortFactAttribute.Port);
        Check("emulator", "emulator-by-word");
        Assert.NotEmpty(port.Requests);
    }

    private void Check(string account, string container)
    {
        var sample = new StoredSample(azurite.EmulatorAccount, new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 5 }, container);
        using var session = new CmdletSession(("account", account), ("container", container));

        var outcome = session.Run("Get-NsgFlowRecord -StorageAccount $account -Container $container -StartTime 2026-11-01").Clean();

        Assert.Equal(sample.Rows, outcome.Records.Select(static record => SampleRow.From(record)));
    }
}

/// <summary>A test that listens where an emulator does; skipped when something else listens there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EmulatorPortFactAttribute : FactAttribute
{
    public const int Port = 10_000;

    public EmulatorPortFactAttribute()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, Port);
            listener.Start();
            Skip = AzuriteFiles.Missing;
        }
        catch (SocketException)
        {
            Skip = $"port {Port} is taken";
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

[CollectionDefinition(Name)]
public sealed class CmdletGroup : ICollectionFixture<Azurite>, ICollectionFixture<SharedAccount>
{
    public const string Name = "Cmdlets";
}

/// <summary>An account that tests only read: two NSGs and a virtual network, two hours of each.</summary>
public sealed class SharedAccount
{
    public const string Hours = "-StartTime 2026-11-01T00 -EndTime 2026-11-01T02";
    public static readonly DateTime Start = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly object _gate = new();

    public SharedAccount() => BuiltModule.Require();

    internal TestAccount? Account { get; private set; }

    internal StoredSample Pool { get; private set; } = null!;

    internal StoredSample Web { get; private set; } = null!;

    internal StoredSample VNet { get; private set; } = null!;

    internal IReadOnlyList<StoredSample> All => [Pool, Web, VNet];

    internal IReadOnlyDictionary<string, SampleRow[]> RowsByBlob => All.SelectMany(static sample => sample.Rows)
        .GroupBy(static row => row.Blob).ToDictionary(static rows => rows.Key, static rows => rows.ToArray());

    /// <summary>Written when the first test asks.</summary>
    internal SharedAccount On(Azurite azurite)
    {
        lock (_gate)
        {
            if (Account is null)
            {
                var account = azurite.NewAccount();
                Pool = new StoredSample(account, new FlowSampleOptions { Seed = 1, Nsg = "aks-agentpool-nsg", TuplesPerMinute = 15, StartTime = Start });
                Web = new StoredSample(account, new FlowSampleOptions { Seed = 2, Nsg = "web-nsg", Nic = 1, TuplesPerMinute = 10, StartTime = Start });
                VNet = new StoredSample(account, new FlowSampleOptions { Seed = 3, Nsg = "subnet-nsg", Format = FlowSampleFormat.VNet4, TuplesPerMinute = 15, StartTime = Start });
                Account = account;
            }
        }

        return this;
    }

    /// <summary>A session that can open the account with <c>-StorageAccount $url -AccountKey $key</c>.</summary>
    internal static CmdletSession Session(string url, params (string Name, object Value)[] more) => new([("url", url), ("key", TestAccount.Key), .. more]);
}

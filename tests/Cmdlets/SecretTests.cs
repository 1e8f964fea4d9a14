using System;
using System.Text;
using Azure.Storage.Sas;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class SecretTests(Azurite azurite)
{
    private const string Loud = "$VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'; ";
    private static readonly string s_wrongKey = Convert.ToBase64String(Encoding.ASCII.GetBytes("another key, as long as it has to be to look like one, secret!!!"));

    [AzuriteFact]
    public void A_wrong_key_is_told_with_what_to_do_and_never_shown()
    {
        // Azurite has another code for a wrong signature than Azure, so the proxy answers in its place as Azure does.
        var account = azurite.NewAccount();
        using var proxy = new FaultProxy(azurite.Port) { Decide = static _ => new Fault(403, "AuthenticationFailed") };
        using var session = new CmdletSession(
            ("url", account.Endpoint.AbsoluteUri),
            ("azure", account.EndpointAt(proxy.Port).AbsoluteUri),
            ("wrong", s_wrongKey),
            ("connection", $"DefaultEndpointsProtocol=http;AccountName={account.Name};AccountKey={s_wrongKey};BlobEndpoint={account.Endpoint};"));
        foreach (var script in new[]
        {
            "Get-NsgFlowRecord -StorageAccount $url -AccountKey $wrong",
            "Get-NsgFlowRecord -StorageAccount $azure -AccountKey $wrong",
            "Get-NsgFlowBlob -StorageAccount $url -AccountKey $wrong",
            "Get-NsgFlowRecord -ConnectionString $connection",
            "Get-NsgFlowRecord -StorageAccount $url -AccountKey $wrong -Nsg a -Last 3h -Tail 5",
        })
        {
            var outcome = session.Run(Loud + script);

            var error = Assert.Single(outcome.Errors);
            Assert.Equal("StorageAccessDenied", Outcome.Id(error));
            Assert.Contains("HTTP 403, request ", error.Exception.Message, StringComparison.Ordinal);
            Assert.Contains(script.Contains("$azure", StringComparison.Ordinal) ? "Copy the key again" : account.Name, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            Assert.Matches("(1 error kept|errors kept them)", Assert.Single(outcome.Warnings));
            Unseen(outcome, s_wrongKey);

            var stopped = session.Run(Loud + script + " -ErrorAction Stop");
            Assert.NotNull(stopped.Terminating);
            Assert.Contains("StorageAccessDenied", stopped.AllText, StringComparison.Ordinal);
            Unseen(stopped, s_wrongKey);
        }
    }

    [AzuriteFact]
    public void A_sas_is_not_shown_whether_it_is_good_or_not()
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 2 });
        var good = Sas(account, AccountSasPermissions.Read | AccountSasPermissions.List);
        var weak = Sas(account, AccountSasPermissions.Write);


        // Another signature, and not just a piece of the good one: of half an escape at the end Azurite makes a 500.
        var wrong = good[..^Signature(good).Length] + Uri.EscapeDataString(Convert.ToBase64String(Encoding.ASCII.GetBytes("a signature that nobody has made")));
        using var session = new CmdletSession(("url", sample.Account), ("good", good), ("weak", weak), ("wrong", wrong));

        var read = session.Run(Loud + "Get-NsgFlowRecord -StorageAccount $url -SasToken $good -StartTime 2026-11-01").Clean();
        Assert.Equal(sample.Truth.Tuples, read.Records.Count);
        Assert.NotEmpty(read.Verbose);
        Unseen(read, Signature(good));

        foreach (var (name, sas) in new[] { ("weak", weak), ("wrong", wrong) })
        {
            foreach (var way in new[] { $"-StorageAccount $url -SasToken ${name}", $"-StorageAccount \"${{url}}?${name}\"" })
            {
                var refused = session.Run($"{Loud}Get-NsgFlowRecord {way} -StartTime 2026-11-01");
                Assert.Equal("StorageAccessDenied", Outcome.Id(Assert.Single(refused.Errors)));
                Unseen(refused, Signature(sas));
            }
        }
    }

    [AzuriteFact]
    public void A_key_is_not_shown_while_requests_fail_and_are_repeated()
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 2 });
        using var proxy = new FaultProxy(azurite.Port);
        proxy.OnDownloads(new Fault(503));
        using var session = SharedAccount.Session(account.EndpointAt(proxy.Port).AbsoluteUri);

        var outcome = session.Run(Loud + "Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01").Clean();

        Assert.Equal(sample.Truth.Tuples, outcome.Records.Count);
        Assert.Contains(outcome.Verbose, static line => line.Contains("HTTP 503; asking again", StringComparison.Ordinal));
        Unseen(outcome, TestAccount.Key);
    }

    private static string Sas(TestAccount account, AccountSasPermissions permissions) =>
        new AccountSasBuilder(permissions, DateTimeOffset.UtcNow.AddDays(1), AccountSasServices.Blobs, AccountSasResourceTypes.All) { Protocol = SasProtocol.HttpsAndHttp }
            .ToSasQueryParameters(account.SharedKey).ToString();

    private static string Signature(string sas) => sas[(sas.IndexOf("sig=", StringComparison.Ordinal) + 4)..];

    /// <summary>Neither the secret nor its beginning, as it is or unescaped, is anywhere.</summary>
    private static void Unseen(Outcome outcome, string secret)
    {
        foreach (var part in new[] { secret[..12], Uri.UnescapeDataString(secret)[..12], "sig=", "SharedKey " })
        {
            Assert.DoesNotContain(part, outcome.AllText, StringComparison.Ordinal);
        }
    }
}

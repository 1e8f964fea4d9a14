using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using Azure.Storage.Sas;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>Following through a network and an account that fail: whatever happens in one run, the next goes on, and nothing is lost or comes twice.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class FollowFaultTests(Azurite azurite)
{
    private static readonly Dictionary<string, Func<string, bool>> s_requests = new()
    {
        ["listing"] = static line => line.Contains("comp=list", StringComparison.Ordinal) && !line.Contains("blocklist", StringComparison.Ordinal),
        ["block list"] = static line => line.Contains("comp=blocklist", StringComparison.Ordinal),
        ["range"] = static line => line.Contains(".json", StringComparison.Ordinal) && !line.Contains("comp=", StringComparison.Ordinal),
    };

    private static readonly Dictionary<string, Fault> s_faults = new()
    {
        ["429"] = new(429, "TooManyRequests"),
        ["500"] = new(500, "InternalError"),
        ["503"] = new(503),
        ["reset"] = new(DropAfter: 0),
        ["cut body"] = new(DropAfter: 100),
        ["silent body"] = new(HangAfter: 100),
        ["slow body"] = new(Slow: true),
        ["length too large"] = new(LengthOff: 7),
        ["length too small"] = new(LengthOff: -7),
        ["length of another"] = new(Head: static head => Regex.Replace(head, "(?<=Content-Range: bytes [^/]+/)\\d+", "77", RegexOptions.IgnoreCase)),
    };

    [AzuriteTheory]
    [InlineData("listing", "StorageThrottled StorageUnavailable StorageThrottled StorageUnavailable StorageUnavailable StorageUnavailable - StorageUnavailable StorageUnavailable -")]
    [InlineData("block list", "StorageThrottled StorageUnavailable StorageThrottled StorageUnavailable StorageUnavailable StorageUnavailable - StorageUnavailable StorageUnavailable -")]
    [InlineData("range", "StorageThrottled StorageUnavailable StorageThrottled StorageUnavailable StorageUnavailable StorageUnavailable - - BlobHashMismatch BlobHashMismatch")]
    public void Every_kind_of_answer_that_fails_in_any_kind_of_request_is_told_and_made_good(string request, string ids)
    {
        var followed = new FollowedAccount(azurite.NewAccount());
        using var proxy = new FaultProxy(azurite.Port);
        var store = Open(followed, proxy);
        var hasty = Open(followed, proxy, timeout: 0.5);
        Assert.Empty(followed.Run(store));
        var results = new List<string>();
        foreach (var (name, fault) in s_faults)
        {
            followed.Write();
            var met = 0;
            proxy.Decide = line =>
            {
                // A block list is asked for when the state that was listed has gone.
                if (!s_requests[request](line))
                    return request == "block list" && s_requests["range"](line) ? new Fault(412, "ConditionNotMet") : null;
                Interlocked.Increment(ref met);
                return fault;
            };
            var failures = followed.Run(fault.HangAfter is null ? store : hasty);
            Assert.True(met > 0, name);
            results.Add(failures.Count == 0 ? "-" : string.Join("+", failures.Select(static failure => failure.ErrorId).Distinct()));

            proxy.Decide = static _ => null;
            Assert.Empty(followed.Run(store));
            followed.Check(name + " in " + request);
        }

        Assert.Equal(ids, string.Join(" ", results));
    }

    [AzuriteFact]
    public void Answers_that_fail_now_and_then_are_asked_for_again_within_a_run()
    {
        var followed = new FollowedAccount(azurite.NewAccount());
        using var proxy = new FaultProxy(azurite.Port);
        var store = Open(followed, proxy, retries: 5);
        var faults = s_faults.Where(static pair => pair.Key is not "silent body" and not "length too small").Select(static pair => pair.Value).ToArray();
        var requests = 0;
        proxy.Decide = _ => Interlocked.Increment(ref requests) is var number && number % 3 == 0 ? faults[number / 3 % faults.Length] : null;
        for (var minute = 0; minute < 10; minute++)
        {
            Assert.Empty(followed.Run(store));
            followed.Check("minute " + minute.ToString(CultureInfo.InvariantCulture));
            followed.Write();
        }
    }

    [AzuriteFact]
    public void A_SAS_that_expires_is_told_once_and_the_next_goes_on()
    {
        var followed = new FollowedAccount(azurite.NewAccount(), nics: 12);
        var expiry = DateTimeOffset.UtcNow.AddSeconds(3);
        using var proxy = new FaultProxy(azurite.Port);
        var store = Open(followed, proxy, StorageCredential.FromSas(Sas(followed.Account, expiry)));
        Assert.Empty(followed.Run(store));
        followed.Write();

        // After the listing, and then before it.
        var asked = 0;
        proxy.Decide = line => s_requests["range"](line) && Interlocked.Increment(ref asked) > 2
            ? new Fault(Before: () => SpinWait.SpinUntil(() => DateTimeOffset.UtcNow > expiry.AddSeconds(1)))
            : null;
        Assert.Equal("StorageAccessDenied", Assert.Single(followed.Run(store)).ErrorId);
        Assert.InRange(asked, 5, 2 + 5 + 8);
        Assert.Equal("StorageAccessDenied", Assert.Single(followed.Run(store)).ErrorId);

        Assert.Empty(followed.Run(Open(followed, proxy, StorageCredential.FromSas(Sas(followed.Account, DateTimeOffset.UtcNow.AddHours(1))))));
        followed.Check("new SAS");
    }

    [AzuriteFact]
    public void A_token_that_expires_is_renewed_on_the_way_and_one_that_was_given_is_told()
    {
        // One after the other, so that it is known which request is met.
        var followed = new FollowedAccount(azurite.NewAccount(), nics: 1);
        using var gateway = new TokenGateway(followed.Account, Sas(followed.Account, DateTimeOffset.UtcNow.AddHours(1)));
        var signIn = new AzureSignIn(new SignInOptions { Session = _ => gateway.NewToken(TimeSpan.FromSeconds(0.5)) });
        var store = gateway.Open(StorageCredential.FromSignIn(signIn));
        for (var request = 1; request <= 6; request++)
        {
            gateway.ExpireWith = request;
            Assert.Empty(followed.Run(store));
            followed.Check("renewed in request " + request.ToString(CultureInfo.InvariantCulture));
            followed.Write();
        }

        Assert.True(gateway.Tokens > 5, $"{gateway.Tokens} tokens");

        // A given token is not renewed. It is told, also when it is over in the middle, and another goes on.
        for (var request = 1; request <= 4; request++)
        {
            var given = gateway.Open(StorageCredential.FromAccessToken(gateway.NewToken(TimeSpan.Zero).Token));
            gateway.ExpireWith = request;
            Assert.Equal("StorageUnauthorized", Assert.Single(followed.Run(given)).ErrorId);
        }

        Assert.Empty(followed.Run(gateway.Open(StorageCredential.FromAccessToken(gateway.NewToken(TimeSpan.Zero).Token))));
        followed.Check("another token");
    }

    [AzuriteFact]
    public void A_key_that_is_rotated_is_told_and_the_new_one_goes_on()
    {
        var followed = new FollowedAccount(azurite.NewAccount());
        using var proxy = new FaultProxy(azurite.Port);
        Assert.Empty(followed.Run(Open(followed, proxy)));
        followed.Write();
        var old = Open(followed, proxy, StorageCredential.FromKey(Convert.ToBase64String(new byte[64])));
        Assert.Equal("StorageAccessDenied", Assert.Single(followed.Run(old)).ErrorId);

        // Azurite does not say why; Azure does.
        proxy.Decide = static _ => new Fault(403, "AuthenticationFailed");
        var failure = Assert.Single(followed.Run(old));
        Assert.Equal("StorageAccessDenied", failure.ErrorId);
        Assert.Contains("key", failure.Message + failure.RecommendedAction, StringComparison.Ordinal);

        proxy.Decide = static _ => null;
        Assert.Empty(followed.Run(Open(followed, proxy)));
        followed.Check("new key");
    }

    [AzuriteFact]
    public void A_container_that_is_deleted_is_told_and_what_is_written_to_it_later_comes()
    {
        var followed = new FollowedAccount(azurite.NewAccount());
        using var proxy = new FaultProxy(azurite.Port);
        var store = Open(followed, proxy);
        Assert.Empty(followed.Run(store));
        followed.Write();

        // After the listing, then before it.
        proxy.Decide = line => s_requests["range"](line) ? new Fault(404, "ContainerNotFound") : null;
        Assert.Equal("ContainerNotFound", Assert.Single(followed.Run(store)).ErrorId);
        proxy.Decide = static line => new Fault(404, "ContainerNotFound");
        Assert.Equal("ContainerNotFound", Assert.Single(followed.Run(store)).ErrorId);

        proxy.Decide = static _ => null;
        Assert.Empty(followed.Run(store));
        followed.Check("it is there again");
    }

    [AzuriteFact]
    public void Blobs_that_are_deleted_anywhere_on_the_way_are_no_failure_and_the_others_come()
    {
        foreach (var request in s_requests.Keys)
        {
            var followed = new FollowedAccount(azurite.NewAccount(), nics: 2);
            using var proxy = new FaultProxy(azurite.Port);
            var store = Open(followed, proxy);
            var isDeleted = 0;
            proxy.Decide = line => s_requests[request](line)
                ? new Fault(Before: () =>
                {
                    if (Interlocked.Exchange(ref isDeleted, 1) == 0)
                        followed.Container.DeleteBlob(followed.Names[0]);
                })
                : null;
            Assert.Empty(followed.Run(store));
            Assert.Equal(1, isDeleted);
            Assert.Empty(followed.Run(store));
            followed.CheckOnly(followed.Names[1], request);
        }
    }

    [AzuriteTheory]
    [InlineData(5)]
    [InlineData(0.2)]
    [InlineData(-0.1)]
    public void A_clock_that_is_wrong_loses_and_repeats_nothing(double hours)
    {
        var followed = new FollowedAccount(azurite.NewAccount());
        followed.Now = FlowBlobs.Now.AddHours(hours);
        var store = new StorageConnection
        {
            Account = followed.Account.Endpoint.AbsoluteUri,
            Credential = StorageCredential.FromKey(TestAccount.Key),
            Tuning = new StorageTuning { Now = () => followed.Now },
        }.Open();
        for (var minute = 0; minute < 5; minute++)
        {
            Assert.Empty(followed.Run(store));
            followed.Check("minute " + minute.ToString(CultureInfo.InvariantCulture));
            followed.Write();
        }
    }

    [AzuriteFact]
    public void A_clock_that_is_far_behind_gets_everything_later()
    {
        var followed = new FollowedAccount(azurite.NewAccount());
        followed.Now = FlowBlobs.Now.AddHours(-5);
        var store = new StorageConnection
        {
            Account = followed.Account.Endpoint.AbsoluteUri,
            Credential = StorageCredential.FromKey(TestAccount.Key),
            Tuning = new StorageTuning { Now = () => followed.Now },
        }.Open();
        for (var step = 0; step < 12; step++)
        {
            Assert.Empty(followed.Run(store));
            followed.Now = followed.Now.AddMinutes(30);
            followed.Write();
        }

        Assert.Empty(followed.Run(store));
        followed.Check("the clock got there");
    }

    private static BlobStorageStore Open(FollowedAccount followed, FaultProxy proxy, StorageCredential? credential = null, int retries = 0, double timeout = 30) => FlowBlobs.Open(
        followed.Account.EndpointAt(proxy.Port), credential ?? StorageCredential.FromKey(TestAccount.Key), timeout: TimeSpan.FromSeconds(timeout), retries: retries);

    private static string Sas(TestAccount account, DateTimeOffset expires) =>
        new AccountSasBuilder(AccountSasPermissions.Read | AccountSasPermissions.List, expires, AccountSasServices.Blobs, AccountSasResourceTypes.All) { Protocol = SasProtocol.HttpsAndHttp }
            .ToSasQueryParameters(account.SharedKey).ToString();
}

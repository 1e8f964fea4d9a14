using System;
using System.Linq;
using System.Net;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Storage;

/// <summary>What an account's text means: endpoint, name, and what else a URL may carry.</summary>
internal sealed class StorageAddress
{
    private const string EmulatorName = "devstoreaccount1";

    // Accounts with a DNS zone: name.z01.blob.storage.azure.net.
    private const string DnsZones = "storage.azure.net";

    private StorageAddress(Uri endpoint, string account)
    {
        Endpoint = endpoint;
        Account = account;
    }

    /// <summary>Blob endpoint, without container and query.</summary>
    public Uri Endpoint { get; }

    /// <summary>Name of the account; for a domain of one's own, the host.</summary>
    public string Account { get; }

    /// <summary>Container in the URL, or null.</summary>
    public string? Container { get; private init; }

    /// <summary>Blob in the URL, or null.</summary>
    public string? Blob { get; private init; }

    /// <summary>SAS in the URL, or null.</summary>
    public string? Sas { get; private init; }

    /// <summary>Whether it is the local emulator with its well-known account.</summary>
    public bool IsEmulator => Account == EmulatorName && Endpoint.IsLoopback;

    /// <summary>
    /// Whether the host belongs to Azure Storage in the cloud, or is this machine. A token opens all accounts of the identity, so no other
    /// host may see it. All of Azure's own clouds count, since whoever gives a token need not have said which cloud it is for.
    /// </summary>
    public bool IsOfAzure(AzureCloud cloud) => Endpoint.IsLoopback || AzureCloud.All.Append(cloud).Any(one => IsUnder(one.StorageSuffix)) || IsUnder(DnsZones);

    /// <summary>Reads name, ARM id, host, URL or "emulator".</summary>
    public static StorageAddress Parse(string? text, AzureCloud cloud)
    {
        var given = text?.Trim() ?? string.Empty;
        if (IsEmulatorText(given))
        {
            return new StorageAddress(new Uri("http://127.0.0.1:10000/" + EmulatorName), EmulatorName);
        }

        if (given.IndexOf("/storageAccounts/", StringComparison.OrdinalIgnoreCase) >= 0 && given[0] == '/')
        {
            given = new ResourceId(given).Segment("storageAccounts") ?? string.Empty;
        }

        if (given.IndexOf("://", StringComparison.Ordinal) >= 0)
        {
            return FromUrl(given);
        }

        if (given.IndexOf('.') > 0)
        {
            return FromUrl("https://" + given);
        }

        return IsAccountName(given)
            ? new StorageAddress(new Uri($"https://{given.ToLowerInvariant()}.blob.{cloud.StorageSuffix}"), given.ToLowerInvariant())
            : throw Invalid(given);
    }

    /// <summary>The account's text fit for a message.</summary>
    public static string Describe(string? text)
    {
        var given = text?.Trim() ?? string.Empty;
        var query = given.IndexOfAny(['?', '#']);
        given = query < 0 ? given : given.Substring(0, query);

        // Somebody who mistook the parameter may have given a connection string; a user name in a URL may go with a password.
        return given.IndexOf(';') >= 0 || given.IndexOf('@') >= 0 || given.Length > 300 ? "(not shown)" : given;
    }

    /// <summary>Whether it is another word for the emulator.</summary>
    public static bool IsEmulatorText(string text) =>
        text.Equals("emulator", StringComparison.OrdinalIgnoreCase)
        || text.TrimEnd(';').Equals("UseDevelopmentStorage=true", StringComparison.OrdinalIgnoreCase)
        || text.Equals(EmulatorName, StringComparison.OrdinalIgnoreCase);

    // A custom cloud's suffix may have a port.
    private bool IsUnder(string suffix) =>
        (suffix.IndexOf(':') < 0 ? Endpoint.Host : Endpoint.Authority).EndsWith(".blob." + suffix, StringComparison.OrdinalIgnoreCase);

    private static bool IsAccountName(string text) =>
        text.Length is >= 3 and <= 24 && text.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'));

    private static StorageAddress FromUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            throw Invalid(text);
        }

        var segments = url.AbsolutePath.Split(['/'], StringSplitOptions.RemoveEmptyEntries);

        // An address instead of a name: the account is the first part of the path, as in http://127.0.0.1:10000/devstoreaccount1.
        var isPathStyle = IPAddress.TryParse(url.Host.Trim('[', ']'), out _) || url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
        if (isPathStyle && segments.Length == 0)
        {
            throw Invalid(text);
        }

        // The SDK knows "localhost" as path style only with the emulator's own port.
        var host = url.Scheme == "http" && url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" : url.Host;
        var root = $"{url.Scheme}://{host}{(url.IsDefaultPort ? string.Empty : $":{url.Port}")}";
        var rest = isPathStyle ? segments.Skip(1).ToArray() : segments;
        var blobSuffix = url.Host.IndexOf(".blob.", StringComparison.OrdinalIgnoreCase);
        var account = isPathStyle ? segments[0] : blobSuffix > 0 ? url.Host.Substring(0, blobSuffix) : url.Host;
        var query = url.Query.TrimStart('?');
        return new StorageAddress(new Uri(isPathStyle ? $"{root}/{account}" : root), account)
        {
            Container = rest.Length > 0 ? Uri.UnescapeDataString(rest[0]) : null,
            Blob = rest.Length > 1 ? Uri.UnescapeDataString(string.Join("/", rest.Skip(1))) : null,
            Sas = SasOf(query),
        };
    }

    // Without its signature it would be ignored, and another credential used. A shell may have cut it at an "&".
    private static string? SasOf(string query)
    {
        var names = query.Split('&').Where(static part => part.IndexOf('=') < part.Length - 1).Select(static part => part.Split('=')[0].ToLowerInvariant()).ToArray();
        return names.Contains("sig") ? query
            : !names.Any(static name => name is "sv" or "sp" or "se" or "st" or "sr" or "ss" or "srt" or "si" or "spr" or "sip") ? null
            : throw new NsgFlowException(
                "InvalidStorageCredential", "The SAS in the URL is cut: it has no signature (sig).", "Copy the URL again, whole, and put it into quotation marks.");
    }

    private static NsgFlowException Invalid(string text) => new(
        "InvalidStorageAccount",
        $"'{Describe(text)}' is not a storage account.",
        "Give the account's name (3 to 24 letters and digits), its ARM id, its blob URL (https://name.blob.core.windows.net), or 'emulator'.");
}

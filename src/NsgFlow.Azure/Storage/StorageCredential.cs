using System;
using System.Globalization;
using System.Linq;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Storage;

/// <summary>What a storage account is opened with. Its text names the kind, never the secret.</summary>
public sealed class StorageCredential
{
    private StorageCredential(StorageCredentialKind kind, string? secret, AzureSignIn? signIn)
    {
        Kind = kind;
        Secret = secret;
        SignIn = signIn;
    }

    /// <summary>Which kind.</summary>
    public StorageCredentialKind Kind { get; }

    /// <summary>The secret; null for a sign-in.</summary>
    internal string? Secret { get; }

    /// <summary>The sign-in; null for the others.</summary>
    internal AzureSignIn? SignIn { get; }

    /// <summary>A shared access signature, with or without the leading <c>?</c>.</summary>
    public static StorageCredential FromSas(string sas) =>
        new(StorageCredentialKind.Sas, NotEmpty(sas, nameof(sas)).Trim().TrimStart('?'), null);

    /// <summary>One of the account's two keys.</summary>
    public static StorageCredential FromKey(string key) => new(StorageCredentialKind.Key, NotEmpty(key, nameof(key)).Trim(), null);

    /// <summary>A connection string; it names the account too.</summary>
    public static StorageCredential FromConnectionString(string connectionString) =>
        new(StorageCredentialKind.ConnectionString, NotEmpty(connectionString, nameof(connectionString)).Trim(), null);

    /// <summary>An Entra token for <see cref="AzureSignIn.StorageResource"/>; it is not renewed.</summary>
    public static StorageCredential FromAccessToken(string token)
    {
        var given = new SignInToken(NotEmpty(token, nameof(token)).Trim(), DateTimeOffset.MaxValue);
        var signIn = new AzureSignIn(new SignInOptions { AccessToken = given, Method = SignInMethod.AccessToken });
        return new(StorageCredentialKind.AccessToken, null, signIn);
    }

    /// <summary>An Entra sign-in.</summary>
    public static StorageCredential FromSignIn(AzureSignIn signIn) =>
        new(StorageCredentialKind.SignIn, null, signIn ?? throw new ArgumentNullException(nameof(signIn)));

    /// <summary>When the SAS expires, as its <c>se</c> says; null when there is none or it cannot be read.</summary>
    internal DateTimeOffset? SasExpiry() =>
        DateTimeOffset.TryParse(SasField("se"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiry) ? expiry : null;

    /// <summary>Whether the SAS says itself that it does not permit what must be done.</summary>
    internal bool IsSasTooWeak(StorageRights rights) => SasField("sp") is { } permissions && rights.Letters.Any(letter => permissions.IndexOf(letter) < 0);

    private string? SasField(string name)
    {
        foreach (var part in Kind == StorageCredentialKind.Sas ? Secret!.Split('&') : [])
        {
            if (part.StartsWith(name + "=", StringComparison.Ordinal))
            {
                return Uri.UnescapeDataString(part.Substring(name.Length + 1));
            }
        }

        return null;
    }

    /// <summary>The kind.</summary>
    public override string ToString() => Kind switch
    {
        StorageCredentialKind.Sas => "SAS",
        StorageCredentialKind.Key => "account key",
        StorageCredentialKind.ConnectionString => "connection string",
        StorageCredentialKind.AccessToken => "access token",
        _ => "Entra sign-in",
    };

    private static string NotEmpty(string? value, string name) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException("The value is empty.", name) : value!;
}

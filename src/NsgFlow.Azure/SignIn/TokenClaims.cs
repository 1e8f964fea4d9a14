using System;
using System.Text;
using System.Text.Json;

namespace NsgFlow.Azure.SignIn;

/// <summary>What an Entra access token says of its owner, for display only: nothing here is verified, the services do that.</summary>
internal sealed class TokenClaims
{
    private static readonly string[] s_accounts = ["upn", "preferred_username", "unique_name", "email", "appid", "azp", "oid"];

    /// <summary>A user's name, else an application's id; null when the token does not say.</summary>
    public string? Account { get; private init; }

    /// <summary>The tenant; null when the token does not say.</summary>
    public string? TenantId { get; private init; }

    /// <summary>Until when it is good; null when the token does not say.</summary>
    public DateTimeOffset? ExpiresOn { get; private init; }

    /// <summary>Reads a token; one that is no JWT says nothing.</summary>
    public static TokenClaims Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return new TokenClaims();
        }

        try
        {
            var text = parts[1].Replace('-', '+').Replace('_', '/');
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='))));
            var claims = document.RootElement;
            string? account = null;
            foreach (var name in s_accounts)
            {
                account ??= Text(claims, name);
            }

            return new TokenClaims { Account = account, TenantId = Text(claims, "tid"), ExpiresOn = Expiry(claims) };
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException or ArgumentException)
        {
            // Entra may change the form of tokens at any time; they are the services' business.
            return new TokenClaims();
        }
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static DateTimeOffset? Expiry(JsonElement claims) =>
        claims.TryGetProperty("exp", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

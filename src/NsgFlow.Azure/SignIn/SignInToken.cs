using System;

namespace NsgFlow.Azure.SignIn;

/// <summary>An Entra access token. Its text never shows the token.</summary>
public sealed class SignInToken
{
    /// <summary>Wraps a token.</summary>
    /// <param name="token">The bearer token itself, without "Bearer".</param>
    /// <param name="expiresOn">Until when it is accepted; <see cref="DateTimeOffset.MaxValue"/> when that is not known.</param>
    public SignInToken(string token, DateTimeOffset expiresOn)
    {
        if (string.IsNullOrWhiteSpace(token))
        {
            throw new ArgumentException("The token is empty.", nameof(token));
        }

        Token = token;
        ExpiresOn = expiresOn;
    }

    /// <summary>A token that somebody gave, with the expiry that it says itself; "Bearer" before it does no harm.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static SignInToken Parse(string text)
    {
        const string Scheme = "Bearer ";
        var token = text.Trim();
        token = token.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? token.Substring(Scheme.Length).Trim() : token;
        return new SignInToken(token, TokenClaims.Read(token).ExpiresOn ?? DateTimeOffset.MaxValue);
    }

    /// <summary>The secret.</summary>
    public string Token { get; }

    /// <summary>Until when it is accepted.</summary>
    public DateTimeOffset ExpiresOn { get; }

    /// <summary>Says what it is and until when, never the token.</summary>
    public override string ToString() =>
        ExpiresOn == DateTimeOffset.MaxValue ? "access token" : $"access token, expires {ExpiresOn.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}";
}

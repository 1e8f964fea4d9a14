using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Makes tokens and knows its own again. The issuer's name is Entra's, so that Azurite's <c>--oauth basic</c> takes them.</summary>
internal sealed class TokenIssuer(SimulatedWorld world, Func<TimeSpan> lifetime)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public (string Token, DateTimeOffset Expires) Issue(string resource, Principal principal)
    {
        var now = DateTimeOffset.UtcNow;
        var expires = now + lifetime();
        var header = Encode(Json.Object(new { typ = "JWT", alg = "HS256" }));
        var payload = Encode(Json.Object(new
        {
            aud = resource,
            iss = $"https://sts.windows.net/{world.TenantId}/",
            // A minute early: clocks of two processes differ.
            iat = now.AddMinutes(-1).ToUnixTimeSeconds(),
            nbf = now.AddMinutes(-1).ToUnixTimeSeconds(),
            exp = expires.ToUnixTimeSeconds(),
            appid = principal.ClientId,
            oid = principal.ObjectId,
            sub = principal.ObjectId,
            tid = world.TenantId,
            idtyp = "app",
            ver = "1.0",
        }));
        return ($"{header}.{payload}.{Sign($"{header}.{payload}")}", expires);
    }

    /// <summary>Who a request is from.</summary>
    public Principal Check(string? authorization, IReadOnlyCollection<string> audiences)
    {
        if (authorization is null || !authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            throw Refused("AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.", "invalid_request");
        }

        var parts = authorization["Bearer ".Length..].Trim().Split('.');
        if (parts.Length != 3 || parts[2] != Sign($"{parts[0]}.{parts[1]}"))
        {
            throw Refused("InvalidAuthenticationToken", "The access token is invalid.", "invalid_token");
        }

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        if (DateTimeOffset.FromUnixTimeSeconds(claims["exp"]!.GetValue<long>()) <= DateTimeOffset.UtcNow)
        {
            throw Refused("ExpiredAuthenticationToken", "The access token expiry UTC time is earlier than "
                + "current UTC time.", "invalid_token");
        }

        var audience = claims.Text("aud")!;
        if (!audiences.Contains(audience.TrimEnd('/'), StringComparer.OrdinalIgnoreCase))
        {
            throw Refused(
                "InvalidAuthenticationTokenAudience",
                $"The access token has been obtained for wrong audience or resource '{audience}'. It should exactly match with one of "
                    + $"the allowed audiences '{string.Join("','", audiences)}'.",
                "invalid_token");
        }

        return world.Principals.FirstOrDefault(p => p.ClientId == claims.Text("appid"))
            ?? throw Refused("InvalidAuthenticationToken", "The access token is of nobody in this tenant.", "invalid_token");
    }

    private static string Encode(JsonObject value) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value.ToJsonString()));

    private string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text)));

    private ArmException Refused(string code, string message, string error) => new(401, code, message)
    {
        Headers = new Dictionary<string, string>
        {
            ["WWW-Authenticate"] = $"Bearer authorization_uri=\"https://login.windows.net/{world.TenantId}\", error=\"{error}\", "
                + $"error_description=\"{message}\"",
        },
    };
}

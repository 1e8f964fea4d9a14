using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace NsgFlow.Simulator;

/// <summary>Entra's token endpoint for programs, a managed identity's endpoint, and what clients ask before either.</summary>
internal sealed class SignInService(SimulatedWorld world, TokenIssuer issuer)
{
    /// <summary>What a managed identity must show: the value of IDENTITY_HEADER.</summary>
    public string IdentityHeader { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    /// <summary>The answer; null when the path is none of these.</summary>
    public ArmResponse? Answer(ArmRequest request) => (request.Method, request.Path.ToLowerInvariant()) switch
    {
        ("GET", "/msi/token") => Identity(request),
        ("GET", "/metadata/endpoints") => Endpoints(request),
        ("GET", "/common/discovery/instance") => Discovery(request),
        ("GET", var path) when path.EndsWith("/.well-known/openid-configuration", StringComparison.Ordinal) => Configuration(request),
        ("POST", var path) when path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) => Token(request),
        ("POST", var path) when path.EndsWith("/oauth2/token", StringComparison.Ordinal) => Token(request),
        _ => null,
    };

    private ArmResponse Token(ArmRequest request)
    {
        var form = new FormReader(Encoding.UTF8.GetString(request.Body)).ReadForm().ToDictionary(static f => f.Key, static f => f.Value.ToString());
        var tenant = request.Path.Split('/')[1];
        if (!ResourceId.Same(tenant, world.TenantId))
        {
            return Refuse(400, "invalid_request", 90002, $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant "
                + "ID and are signing into the correct cloud.");
        }

        if (form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            return Refuse(400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type "
                + $"'{form.GetValueOrDefault("grant_type")}'.");
        }

        var client = form.GetValueOrDefault("client_id");
        if (world.Principals.FirstOrDefault(p => ResourceId.Same(p.ClientId, client)) is not { } principal)
        {
            return Refuse(400, "unauthorized_client", 700016, $"Application with identifier '{client}' was not found in the "
                + "directory 'Contoso'.");
        }

        // An assertion is taken as it is: whose signature it has is not what is tested here.
        if (form.GetValueOrDefault("client_secret") != principal.Secret && string.IsNullOrEmpty(form.GetValueOrDefault("client_assertion")))
        {
            return Refuse(401, "invalid_client", 7000215, $"Invalid client secret provided. Ensure the secret being sent in the request "
                + $"is the client secret value, not the client secret ID, for a secret added to app '{client}'.");
        }

        var resource = form.GetValueOrDefault("scope") is { } scope ? Resource(scope) : form.GetValueOrDefault("resource");
        if (string.IsNullOrEmpty(resource))
        {
            return Refuse(400, "invalid_scope", 70011, "The provided request must include a 'scope' input parameter.");
        }

        var (token, expires) = issuer.Issue(resource, principal);
        var left = Left(expires);
        return ArmResponse.Ok(Json.Object(new { token_type = "Bearer", expires_in = left, ext_expires_in = left, access_token = token }));
    }

    /// <summary>Of <c>https://management.azure.com/.default</c> what is before the last slash.</summary>
    private static string? Resource(string scope)
    {
        const string Default = "/.default";
        return scope.Split(' ').FirstOrDefault(static s => s.EndsWith(Default, StringComparison.Ordinal))?[..^Default.Length];
    }

    private ArmResponse Identity(ArmRequest request)
    {
        if (request.Header("Metadata")?.ToLowerInvariant() != "true" || request.Header("X-IDENTITY-HEADER") != IdentityHeader)
        {
            return IdentityRefused(401, "The request has no valid X-IDENTITY-HEADER or Metadata header.");
        }

        var client = request.QueryValue("client_id");
        var principal = client is null ? world.ManagedIdentity : world.Principals.FirstOrDefault(p => ResourceId.Same(p.ClientId, client));
        if (principal is null)
        {
            return IdentityRefused(400, "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.");
        }

        if (request.QueryValue("resource") is not { Length: > 0 } resource)
        {
            return IdentityRefused(400, "The parameter resource is missing.");
        }

        var (token, expires) = issuer.Issue(resource, principal);
        return ArmResponse.Ok(Json.Object(new
        {
            access_token = token,
            expires_on = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            resource,
            token_type = "Bearer",
            client_id = principal.ClientId,
        }));
    }

    private static ArmResponse IdentityRefused(int statusCode, string message) => new(statusCode, Json.Object(new { statusCode, message }));

    private ArmResponse Configuration(ArmRequest request)
    {
        var tenant = request.Endpoint.AbsoluteUri + world.TenantId;
        return ArmResponse.Ok(Json.Object(new
        {
            token_endpoint = tenant + "/oauth2/v2.0/token",
            token_endpoint_auth_methods_supported = new[] { "client_secret_post", "private_key_jwt", "client_secret_basic" },
            jwks_uri = tenant + "/discovery/v2.0/keys",
            issuer = tenant + "/v2.0",
            authorization_endpoint = tenant + "/oauth2/v2.0/authorize",
            response_types_supported = new[] { "code", "id_token" },
            subject_types_supported = new[] { "pairwise" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
            tenant_region_scope = "EU",
            cloud_instance_name = request.Endpoint.Authority,
        }));
    }

    private ArmResponse Discovery(ArmRequest request) => ArmResponse.Ok(new JsonObject
    {
        ["tenant_discovery_endpoint"] = $"{request.Endpoint.AbsoluteUri}{world.TenantId}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = Json.Array(Json.Object(new
        {
            preferred_network = request.Endpoint.Authority,
            preferred_cache = request.Endpoint.Authority,
            aliases = new[] { request.Endpoint.Authority },
        })),
    });

    /// <summary>What a cloud says of itself: <c>Add-AzEnvironment -ARMEndpoint</c> asks it.</summary>
    private static ArmResponse Endpoints(ArmRequest request) => ArmResponse.Ok(Json.Array(Json.Object(new
    {
        name = "Simulator",
        portal = request.Endpoint.AbsoluteUri,
        resourceManager = request.Endpoint.AbsoluteUri,
        authentication = new
        {
            loginEndpoint = request.Endpoint.AbsoluteUri,
            audiences = new[] { "https://management.core.windows.net/", "https://management.azure.com/" },
            tenant = "common",
            identityProvider = "AAD",
        },
        logAnalyticsResourceId = "https://api.loganalytics.io",
        suffixes = new { storage = "core.windows.net" },
    })));

    private static int Left(DateTimeOffset expires) => (int)(expires - DateTimeOffset.UtcNow).TotalSeconds;

    private static ArmResponse Refuse(int status, string error, int code, string message) => new(status, Json.Object(new
    {
        error,
        error_description = $"AADSTS{code.ToString(CultureInfo.InvariantCulture)}: {message}",
        error_codes = new[] { code },
        timestamp = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ssZ", CultureInfo.InvariantCulture),
        trace_id = Guid.NewGuid(),
        correlation_id = Guid.NewGuid(),
    }));
}

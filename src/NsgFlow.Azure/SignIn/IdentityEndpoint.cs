using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace NsgFlow.Azure.SignIn;

/// <summary>The token endpoint that a host puts into the environment, in its three dialects.</summary>
internal sealed class IdentityEndpoint
{
    private readonly SignInOptions _options;
    private readonly HttpPipeline _pipeline;

    public IdentityEndpoint(SignInOptions options)
    {
        _options = options;
        var transport = new TransportOptions();
        transport.Retry.MaxRetries = 0;
        if (options.Transport is not null)
        {
            transport.Transport = options.Transport;
        }

        _pipeline = HttpPipelineBuilder.Build(transport);
    }

    /// <summary>Whether the environment names an endpoint we can ask ourselves.</summary>
    public static bool IsAnnounced(Func<string, string?> variable) =>
        (IsSet(variable("IDENTITY_ENDPOINT")) && IsSet(variable("IDENTITY_HEADER"))) || IsSet(variable("MSI_ENDPOINT"));

    /// <summary>Asks once.</summary>
    public SignInToken GetToken(string resource, CancellationToken cancellation)
    {
        using var message = _pipeline.CreateMessage();
        Fill(message.Request, resource);
        try
        {
            // Asynchronous even here: on .NET Framework only that way ends when it is cancelled.
            _pipeline.SendAsync(message, cancellation).AsTask().GetAwaiter().GetResult();
        }
        catch (RequestFailedException failure)
        {
            throw new SignInStepException($"the endpoint cannot be reached ({SafeText.FirstLine(failure.Message, Secrets())})");
        }

        var response = message.Response;
        var body = response.Content.ToString();
        return response.Status == 200
            ? Read(body, _options.Now())
            : throw new SignInStepException($"the endpoint answered HTTP {response.Status}{Reason(body)}");
    }

    /// <summary>Reads an answer; hosts disagree on how they write the expiry.</summary>
    internal static SignInToken Read(string body, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var token = root.TryGetProperty("access_token", out var value) ? value.GetString() : null;
            if (string.IsNullOrEmpty(token))
            {
                throw new SignInStepException("the endpoint's answer holds no token");
            }

            return new SignInToken(token!, Expiry(root, now));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // The body may hold a token, so nothing of it is shown.
            throw new SignInStepException("the endpoint's answer is not the JSON expected");
        }
    }

    private static bool IsSet(string? value) => !string.IsNullOrEmpty(value);

    private static DateTimeOffset Expiry(JsonElement root, DateTimeOffset now)
    {
        if (root.TryGetProperty("expires_on", out var on))
        {
            var text = on.ToString();
            if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var seconds))
            {
                return DateTimeOffset.FromUnixTimeSeconds(seconds);
            }

            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
            {
                return date;
            }
        }

        if (root.TryGetProperty("expires_in", out var span)
            && long.TryParse(span.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var left))
        {
            return now.AddSeconds(left);
        }

        // Unknown: short enough to be safe, long enough not to ask for every request.
        return now.AddMinutes(10);
    }

    private void Fill(Request request, string resource)
    {
        var client = _options.ManagedIdentityClientId;
        var header = _options.Variable("IDENTITY_HEADER");
        var endpoint = _options.Variable("IDENTITY_ENDPOINT");
        request.Headers.Add("Metadata", "true");
        if (IsSet(endpoint) && IsSet(header))
        {
            request.Method = RequestMethod.Get;
            request.Headers.Add("X-IDENTITY-HEADER", header!);
            request.Uri.Reset(Address(endpoint!));
            request.Uri.AppendQuery("api-version", "2019-08-01");
            request.Uri.AppendQuery("resource", resource);
            Client(request, "client_id", client);
            return;
        }

        request.Uri.Reset(Address(_options.Variable("MSI_ENDPOINT")!));
        var secret = _options.Variable("MSI_SECRET");
        if (IsSet(secret))
        {
            request.Method = RequestMethod.Get;
            request.Headers.Add("secret", secret!);
            request.Uri.AppendQuery("api-version", "2017-09-01");
            request.Uri.AppendQuery("resource", resource);
            Client(request, "clientid", client);
            return;
        }

        request.Method = RequestMethod.Post;
        request.Headers.Add("Content-Type", "application/x-www-form-urlencoded");
        var form = "resource=" + Uri.EscapeDataString(resource) + (IsSet(client) ? "&client_id=" + Uri.EscapeDataString(client!) : string.Empty);
        request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(form));
    }

    private static void Client(Request request, string name, string? client)
    {
        if (IsSet(client))
        {
            request.Uri.AppendQuery(name, client!);
        }
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : throw new SignInStepException("the endpoint in the environment is not a URL");

    private string Reason(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            foreach (var name in new[] { "error_description", "message", "error" })
            {
                if (document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                {
                    return ": " + SafeText.FirstLine(value.GetString(), Secrets());
                }
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // A proxy's HTML page says nothing more than the status does.
            return string.Empty;
        }

        return string.Empty;
    }

    private string?[] Secrets() => [_options.Variable("IDENTITY_HEADER"), _options.Variable("MSI_SECRET")];

    private sealed class TransportOptions : ClientOptions;
}

using System;
using System.Globalization;
using Azure;
using NsgFlow.Arm;
using NsgFlow.Azure.SignIn;

namespace NsgFlow.Azure.Http;

/// <summary>What a service answered, whatever the status.</summary>
internal sealed class ServiceAnswer
{
    private readonly Response _response;

    /// <summary>Reads an answer.</summary>
    /// <param name="response">The answer, its content in memory.</param>
    /// <param name="secret">The token that was sent: an answer that repeats it must not get into a message.</param>
    public ServiceAnswer(Response response, string? secret)
    {
        _response = response;
        try
        {
            var content = response.Content.ToMemory();
            IsEmpty = content.IsEmpty;
            if (!IsEmpty)
                Body = IsFailure && !string.IsNullOrEmpty(secret) ? ArmNode.Parse(response.Content.ToString().Replace(secret!, "***")) : ArmNode.Parse(content.ToArray());
        }
        catch (FormatException)
        {
            IsGarbage = true;
        }
    }

    public int Status => _response.Status;

    /// <summary>Whether the request was sent more than once.</summary>
    public bool IsRepeated { get; init; }

    public bool IsFailure => Status is < 200 or >= 300;

    /// <summary>The JSON; an empty node when there is none.</summary>
    public ArmNode Body { get; }

    public bool IsEmpty { get; }

    /// <summary>Whether there is something that is no JSON: a proxy's page.</summary>
    public bool IsGarbage { get; }

    /// <summary>The id by which Microsoft finds the request.</summary>
    public string? RequestId => Header("x-ms-correlation-request-id") ?? Header("x-ms-request-id");

    /// <summary>How long the service wants to be left alone, or null.</summary>
    public TimeSpan? RetryAfter(DateTimeOffset now) => RetryAfter(_response, now);

    /// <summary>A header, whatever the case of its name; one line.</summary>
    public string? Header(string name) => _response.Headers.TryGetValue(name, out var value) && value.Length > 0 ? SafeText.FirstLine(value) : null;

    /// <summary>A header that is an address; those may be long.</summary>
    public string? Link(string name) => _response.Headers.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>How long a service wants to be left alone: seconds or a date, or Resource Graph's own header.</summary>
    public static TimeSpan? RetryAfter(Response response, DateTimeOffset now)
    {
        TimeSpan? wait = null;
        if (response.Headers.TryGetValue("Retry-After", out var after))
        {
            wait = int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
                : DateTimeOffset.TryParse(after, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - now
                : null;
        }
        else if (response.Status == 429 && response.Headers.TryGetValue("x-ms-user-quota-resets-after", out var quota)
            && TimeSpan.TryParse(quota, CultureInfo.InvariantCulture, out var span))
        {
            wait = span;
        }

        return wait is { } given && given < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}

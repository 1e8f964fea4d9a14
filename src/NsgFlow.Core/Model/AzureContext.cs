using System;
using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow;

/// <summary>Who is signed in to which cloud, and how. It holds no secret.</summary>
public sealed class AzureContext
{
    /// <summary>Who: a user's name, or the id of an application or identity; null when the token does not say.</summary>
    public string? Account { get; init; }

    /// <summary>The tenant that issued the token; null when the token does not say.</summary>
    public string? TenantId { get; init; }

    /// <summary>How the token was had.</summary>
    public required SignInMethod Method { get; init; }

    /// <summary>The cloud's name: <c>AzureCloud</c>, <c>AzureUSGovernment</c>, <c>AzureChinaCloud</c>, or that of a custom one.</summary>
    public required string Environment { get; init; }

    /// <summary>Subscriptions that are looked at when a cmdlet is not told which, by id or name, wildcards included; empty for all that the account sees.</summary>
    public IReadOnlyList<string> Subscriptions { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Where Azure Resource Manager is asked.</summary>
    public required Uri ResourceManagerUrl { get; init; }

    /// <summary>Until when the token is good (UTC); it is renewed before, unless it was given as such. Null when not known.</summary>
    public DateTime? ExpiresOn { get; init; }

    /// <summary>Whether Connect-NsgFlow made it; false when it was found without.</summary>
    public bool IsConnected { get; init; }

    /// <summary>Account and cloud.</summary>
    public override string ToString() => $"{Account ?? "unknown account"} in {Environment}";
}

using System;
using System.Collections.Generic;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Azure.Arm;
using NsgFlow.Azure.Logs;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;

namespace NsgFlow.Azure;

/// <summary>A cloud, a sign-in to it, and what part of it is meant. Its text shows no secret.</summary>
public sealed class AzureConnection
{
    /// <summary>Puts them together; nothing is asked yet.</summary>
    /// <param name="cloud">Where to ask.</param>
    /// <param name="signIn">Who asks.</param>
    public AzureConnection(AzureCloud cloud, AzureSignIn signIn)
    {
        Cloud = cloud ?? throw new ArgumentNullException(nameof(cloud));
        SignIn = signIn ?? throw new ArgumentNullException(nameof(signIn));
    }

    /// <summary>Where to ask.</summary>
    public AzureCloud Cloud { get; }

    /// <summary>Who asks.</summary>
    public AzureSignIn SignIn { get; }

    /// <summary>Subscriptions that are meant when nobody says which, by id or name, wildcards included; empty for all that the caller sees.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>The tenant that was asked for; null when none was.</summary>
    public string? TenantId { get; init; }

    /// <summary>Azure Resource Manager.</summary>
    /// <param name="verbose">Told of requests and of the sign-in, never a secret; may be called on any thread.</param>
    public IArm OpenArm(Action<string>? verbose) => new ArmAdapter(this, verbose);

    /// <summary>The query service of Log Analytics.</summary>
    /// <param name="verbose">Told of requests and of the sign-in, never a secret nor a query; may be called on any thread.</param>
    public ILogs OpenLogs(Action<string>? verbose) => new LogsAdapter(this, verbose);

    /// <summary>Who is signed in; asks for a token.</summary>
    /// <param name="resource">What to ask a token for: what the connection is used for, since a token that was given is good for one resource only.</param>
    /// <param name="isConnected">Whether somebody connected on purpose.</param>
    /// <param name="verbose">Told each step, never a secret.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException"><c>NotSignedIn</c>.</exception>
    public AzureContext Describe(string resource, bool isConnected, Action<string>? verbose, CancellationToken cancellation)
    {
        var token = SignIn.GetToken(resource, cancellation, verbose);
        var claims = TokenClaims.Read(token.Token);
        return new AzureContext
        {
            Account = claims.Account,
            TenantId = claims.TenantId ?? TenantId,
            Method = SignIn.Method!.Value,
            Environment = Cloud.Name,
            Subscriptions = Subscriptions,
            ResourceManagerUrl = Cloud.ResourceManager,
            ExpiresOn = token.ExpiresOn == DateTimeOffset.MaxValue ? null : token.ExpiresOn.UtcDateTime,
            IsConnected = isConnected,
        };
    }

    /// <summary>Cloud and way of signing in.</summary>
    public override string ToString() => $"{Cloud}, {SignIn}";
}

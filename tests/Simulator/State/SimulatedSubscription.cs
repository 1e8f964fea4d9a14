using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A subscription and the resource providers it is registered with.</summary>
public sealed class SimulatedSubscription(string id, string name, string tenant)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public string Tenant { get; } = tenant;

    /// <summary><c>Enabled</c>, <c>Disabled</c>, <c>Warned</c>, <c>PastDue</c> or <c>Deleted</c>.</summary>
    public string State { get; set; } = "Enabled";

    public string Scope => "/subscriptions/" + Id;

    /// <summary><c>Registered</c>, <c>Registering</c> or <c>NotRegistered</c>, by namespace; what is not in it is registered.</summary>
    public IDictionary<string, string> Registrations { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public string RegistrationOf(string provider) => Registrations.TryGetValue(provider, out var state) ? state : "Registered";

    internal JsonObject ToJson() => Json.Object(new
    {
        id = Scope,
        authorizationSource = "RoleBased",
        managedByTenants = System.Array.Empty<string>(),
        subscriptionId = Id,
        tenantId = Tenant,
        displayName = Name,
        state = State,
        subscriptionPolicies = new { locationPlacementId = "Public_2014-09-01", quotaId = "PayAsYouGo_2014-09-01", spendingLimit = "Off" },
    });
}

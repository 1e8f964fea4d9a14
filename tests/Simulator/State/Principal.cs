using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Who signs in: a service principal or a managed identity, and what it may do where.</summary>
public sealed class Principal(string name, string clientId, string objectId, string secret)
{
    private readonly List<RoleGrant> _grants = [];

    public string Name { get; } = name;

    public string ClientId { get; } = clientId;

    public string ObjectId { get; } = objectId;

    public string Secret { get; } = secret;

    public IReadOnlyList<RoleGrant> Grants => _grants;

    /// <summary>Gives it a role at a scope and everything under it.</summary>
    public Principal Grant(string role, string scope)
    {
        _grants.Add(new RoleGrant(Guid.NewGuid().ToString("D"), RoleDefinition.Find(role), scope));
        return this;
    }

    /// <summary>Takes all its roles at a scope away again.</summary>
    public Principal Revoke(string scope)
    {
        _grants.RemoveAll(grant => ResourceId.Same(grant.Scope, scope));
        return this;
    }

    /// <summary>Whether it may do that there.</summary>
    public bool May(string action, string scope) => _grants.Any(grant => ResourceId.IsUnder(scope, grant.Scope) && grant.Role.Allows(action));

    /// <summary>Whether it may read anything at or under a scope.</summary>
    public bool SeesSomethingIn(string scope) => _grants.Any(grant =>
        ResourceId.IsUnder(scope, grant.Scope) || (ResourceId.IsUnder(grant.Scope, scope) && grant.Role.Actions.Count > 0));

    public override string ToString() => Name;
}

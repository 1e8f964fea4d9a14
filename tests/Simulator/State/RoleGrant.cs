namespace NsgFlow.Simulator;

/// <summary>A role at a scope: Azure's role assignment.</summary>
public sealed record RoleGrant(string Id, RoleDefinition Role, string Scope);

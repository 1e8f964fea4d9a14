using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Setup;

/// <summary>What the caller may do at a scope, as ARM sums it up from roles at the scope and above.</summary>
internal sealed class CallerRights
{
    private readonly List<ArmNode> _permissions;

    /// <param name="permissions">The answer of <c>{scope}/providers/Microsoft.Authorization/permissions</c>.</param>
    public CallerRights(IEnumerable<ArmResource> permissions) => _permissions = [.. permissions.Select(static permission => permission.Root)];

    /// <summary>Whether an action of ARM is allowed (<c>Microsoft.Storage/storageAccounts/read</c>).</summary>
    public bool Allow(string action) => Allow(action, "actions", "notActions");

    /// <summary>Whether an action on data is allowed; Owner and Contributor have none.</summary>
    public bool AllowData(string action) => Allow(action, "dataActions", "notDataActions");

    // What one role takes out another may give.
    private bool Allow(string action, string given, string taken) =>
        _permissions.Exists(permission => Has(permission[given], action) && !Has(permission[taken], action));

    private static bool Has(ArmNode patterns, string action) =>
        patterns.Items.Any(pattern => pattern.Text is { } text && new NamePattern(text).Matches(action));
}

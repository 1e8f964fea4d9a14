using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Resource Graph: queries over all subscriptions.</summary>
internal sealed class ResourceGraph(ArmContext azure)
{
    private const int DefaultPage = 100;
    private const int MostPerPage = 1000;

    public ArmResponse Answer(ArmRequest request)
    {
        if (request.Method != "POST")
        {
            throw ArmContext.NotAllowed(request);
        }

        var body = request.Json();
        var text = body.Text("query") ?? throw Bad("InvalidQuery", "The query must not be empty.");
        var options = body.Child("options");
        if (options.Text("resultFormat") is { } format && !ResourceId.Same(format, "objectArray"))
        {
            throw Bad("InvalidResultFormat", $"The simulator answers in the format objectArray, not in '{format}'.");
        }

        var (rows, hasId) = Run(text, Subscriptions(request, body.List("subscriptions")));
        return Page(rows, hasId, text, options);
    }

    private static ArmResponse Page(IReadOnlyList<JsonObject> rows, bool hasId, string text, JsonObject? options)
    {
        var size = options.Number("$top") ?? DefaultPage;
        if (size is < 1 or > MostPerPage)
        {
            throw Bad("InvalidTopValue", $"The value of $top must be between 1 and {MostPerPage}.");
        }

        var offset = Offset(options.Text("$skipToken"), text) ?? options.Number("$skip") ?? 0;
        var page = rows.Skip(offset).Take(size).ToArray();
        var isTruncated = offset + page.Length < rows.Count;
        var answer = new JsonObject
        {
            ["totalRecords"] = rows.Count,
            ["count"] = page.Length,
            ["data"] = Json.Array([.. page.Select(static r => r.DeepClone())]),
            ["facets"] = new JsonArray(),
            ["resultTruncated"] = isTruncated ? "true" : "false",
        };
        if (isTruncated && hasId)
        {
            var token = FormattableString.Invariant($"{offset + page.Length}|{Guids.From(text)}");
            answer["$skipToken"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(token));
        }

        return ArmResponse.Ok(answer).With("x-ms-user-quota-remaining", "14").With("x-ms-user-quota-resets-after", "00:00:05");
    }

    private static (IReadOnlyList<JsonObject> Rows, bool HasId) Run(
        string text, IReadOnlyList<(SimulatedSubscription Subscription, IEnumerable<JsonObject> Resources)> sources)
    {
        try
        {
            var query = new GraphParser(text).Parse();
            var rows = sources.SelectMany(source => query.Table == "resources"
                ? source.Resources.Where(static r => r.Text("type") != SimulatedWorld.GroupType).Select(r => Row(r, source.Subscription))
                : Containers(source.Subscription, source.Resources));
            return (query.Run(rows), query.HasId);
        }
        catch (GraphQueryException failure)
        {
            throw Bad(failure.Code, failure.Message);
        }
    }

    /// <summary>The subscriptions asked for, all when none is, with what one may see of each.</summary>
    private List<(SimulatedSubscription Subscription, IEnumerable<JsonObject> Resources)> Subscriptions(ArmRequest request, JsonArray asked)
    {
        var names = asked.Select(static s => s!.GetValue<string>()).ToArray();
        var visible = azure.State.Subscriptions.Where(s =>
            request.Principal!.SeesSomethingIn(s.Scope) && (names.Length == 0 || names.Contains(s.Id, StringComparer.OrdinalIgnoreCase))).ToArray();
        return visible.Length == 0
            ? throw Bad("NoValidSubscriptionsInQueryRequest", $"There must be at least one subscription that is eligible to contain "
                + $"resources. Given: '{string.Join(", ", names)}'.")
            : [.. visible.Select(s => (s, GenericResources.Visible(request, azure.State.List(s.Scope, IsIn))))];
    }

    /// <summary>Which resources are in the graph: not the inside of scale sets, nor parts such as subnets, nor locks.</summary>
    private static bool IsIn(ResourceId id) =>
        id.Namespace is null || (!ResourceId.Same(id.Namespace, "Microsoft.Authorization") && (!id.IsChild || id.IsType(FlowLogs.Type)));

    private static JsonObject Row(JsonObject resource, SimulatedSubscription subscription)
    {
        var id = resource.Text("id")!;
        var row = new JsonObject
        {
            ["id"] = id,
            ["name"] = resource.Text("name"),
            ["type"] = resource.Text("type")?.ToLowerInvariant(),
            ["tenantId"] = subscription.Tenant,
            ["kind"] = resource.Text("kind") ?? string.Empty,
            ["location"] = resource.Text("location") ?? string.Empty,
            ["resourceGroup"] = ResourceId.Parse(id).Group?.ToLowerInvariant() ?? string.Empty,
            ["subscriptionId"] = subscription.Id,
            ["managedBy"] = resource.Text("managedBy") ?? string.Empty,
        };
        foreach (var name in new[] { "sku", "plan", "properties", "tags", "identity", "zones", "extendedLocation" })
        {
            row[name] = resource[name]?.DeepClone();
        }

        return row;
    }

    private static IEnumerable<JsonObject> Containers(SimulatedSubscription subscription, IEnumerable<JsonObject> resources)
    {
        var own = new JsonObject
        {
            ["id"] = subscription.Scope,
            ["name"] = subscription.Name,
            ["type"] = "microsoft.resources/subscriptions",
            ["properties"] = Json.Object(new { state = subscription.State }),
        };
        yield return Row(own, subscription);
        foreach (var group in resources.Where(static r => r.Text("type") == SimulatedWorld.GroupType))
        {
            var row = Row(group, subscription);
            row["type"] = "microsoft.resources/subscriptions/resourcegroups";
            yield return row;
        }
    }

    private static int? Offset(string? token, string text)
    {
        if (token is null)
        {
            return null;
        }

        var bytes = new byte[token.Length];
        if (Convert.TryFromBase64String(token, bytes, out var count))
        {
            var parts = Encoding.UTF8.GetString(bytes, 0, count).Split('|');
            if (parts.Length == 2 && parts[1] == Guids.From(text) && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var offset))
            {
                return offset;
            }
        }

        throw Bad("InvalidSkipToken", "The skip token is invalid, or of another query.");
    }

    private static ArmException Bad(string code, string message) => new(
        400,
        "BadRequest",
        FormattableString.Invariant(
            $"Please provide below info when asking for support: timestamp = {DateTime.UtcNow:O}, correlationId = {Guid.NewGuid():D}."))
    {
        Details =
        [
            ("InvalidQuery", "Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error "
                + "before retrying."),
            (code, message),
        ],
    };
}

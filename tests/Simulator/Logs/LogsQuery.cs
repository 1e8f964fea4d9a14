using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>What a request asks.</summary>
internal sealed class LogsQuery
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    /// <summary>The query's text without a <c>render</c> at its end.</summary>
    public required string Text { get; init; }

    /// <summary>The drawing that the query asks for; null for none.</summary>
    public required RenderClause? Render { get; init; }

    /// <summary>The timespans of the body and of the URL; rows have to be in all of them.</summary>
    public required IReadOnlyList<LogsTimespan> Timespans { get; init; }

    /// <summary>Workspaces besides the one in the path.</summary>
    public required IReadOnlyList<string> Workspaces { get; init; }

    /// <summary>How long the service may take.</summary>
    public required TimeSpan Wait { get; init; }

    public required bool WantsStatistics { get; init; }

    public required bool WantsRender { get; init; }

    public static LogsQuery Read(ArmRequest request)
    {
        var body = request.Method == "GET" ? null : Body(request);
        var text = body.Text("query") ?? request.QueryValue("query");
        if (string.IsNullOrWhiteSpace(text))
        {
            throw LogsException.BadArgument("ArgumentError", "The request has no query.");
        }

        string?[] timespans = [body.Text("timespan"), request.QueryValue("timespan")];
        var preferences = Preferences(request.Header("Prefer"));
        var (query, render) = RenderClause.Split(text);
        return new LogsQuery
        {
            Text = query,
            Render = render,
            Timespans = [.. timespans.Where(static t => !string.IsNullOrEmpty(t)).Select(static t => LogsTimespan.Parse(t!, DateTime.UtcNow))],
            Workspaces = [.. body.List("workspaces").Select(static w => w!.ToString()), .. request.QueryValue("workspaces")?.Split(',') ?? []],
            Wait = WaitOf(preferences),
            WantsStatistics = preferences.GetValueOrDefault("include-statistics") == "true",
            WantsRender = preferences.GetValueOrDefault("include-render") == "true",
        };
    }

    private static JsonObject Body(ArmRequest request)
    {
        try
        {
            return Json.Parse(request.Body) as JsonObject ?? throw LogsException.BadArgument("ArgumentError", "The request's body is not an object.");
        }
        catch (JsonException failure)
        {
            throw LogsException.BadArgument("ArgumentError", failure.Message);
        }
    }

    // What is not understood is not preferred.
    private static Dictionary<string, string> Preferences(string? header)
    {
        var preferences = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in (header ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            preferences[equals < 0 ? part : part[..equals].Trim()] = equals < 0 ? string.Empty : part[(equals + 1)..].Trim().ToLowerInvariant();
        }

        return preferences;
    }

    private static TimeSpan WaitOf(Dictionary<string, string> preferences)
    {
        if (!preferences.TryGetValue("wait", out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromMinutes(3);
        }

        return seconds > s_longest.TotalSeconds ? s_longest : TimeSpan.FromSeconds(seconds);
    }
}

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Simulator;

/// <summary>The query service of Log Analytics: what api.loganalytics.io and api.loganalytics.azure.com answer under <c>/v1</c>.</summary>
internal sealed class LogsService(AzureSimulator simulator, TokenIssuer issuer)
{
    private const string Right = "Microsoft.OperationalInsights/workspaces/query/read";
    private const int MostWorkspaces = 100;

    private readonly LogsQueue _queue = new(simulator.Options.Logs);

    public static bool Serves(string path) => path.StartsWith("/v1/", StringComparison.OrdinalIgnoreCase);

    public async Task<WebAnswer> AnswerAsync(ArmRequest request, CancellationToken cancellation)
    {
        try
        {
            return await QueryAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (LogsException refused)
        {
            return new WebAnswer(refused.Status, refused.ToJson(), refused.Headers);
        }
        catch (KqlException unknown) when (unknown.Code == KqlException.NotSimulated)
        {
            // Not the query's fault, and no answer of Azure's.
            return new WebAnswer(501, new LogsException(501, unknown.Code, unknown.Message).ToJson());
        }
        catch (KqlException wrong)
        {
            return new WebAnswer(400, new LogsException(400, LogsError.OfQuery(wrong)).ToJson());
        }
    }

    private async Task<WebAnswer> QueryAsync(ArmRequest request, CancellationToken cancellation)
    {
        var principal = Authenticate(request);
        var asked = Path(request);
        if (request.Method == "POST" && (request.Body.Length == 0 || request.Header("Content-Type") is null))
        {
            // As documented: no error, just nothing.
            return new WebAnswer(200, [], []);
        }

        var query = LogsQuery.Read(request);
        var database = Open(asked, query, principal);
        if (database is null)
        {
            return new WebAnswer(204, [], []);
        }

        using var turn = await _queue.EnterAsync(principal, cancellation).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var table = await RunAsync(query, database, cancellation).ConfigureAwait(false);
        return new WebAnswer(200, new LogsWriter(simulator.Options.Logs).Write(table, query, watch.Elapsed, simulator.Faults.TakeQuery()), []);
    }

    private async Task<KqlTable> RunAsync(LogsQuery query, KqlDatabase database, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(query.Wait);
        try
        {
            await Task.Delay(simulator.Options.Logs.QueryTime, limit.Token).ConfigureAwait(false);
            return await Task.Run(() => simulator.Options.Logs.Engine(query.Text, database, limit.Token), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new LogsException(504, new LogsError("GatewayTimeout", "Gateway timeout", new LogsError("GatewayTimeout", "Unable to unzip response")));
        }
    }

    private Principal Authenticate(ArmRequest request)
    {
        string[] audiences = ["https://api.loganalytics.io", "https://api.loganalytics.azure.com", simulator.LogAnalytics.AbsoluteUri.TrimEnd('/')];
        try
        {
            lock (simulator.World.State.Sync)
            {
                return issuer.Check(request.Header("Authorization"), audiences);
            }
        }
        catch (ArmException refused)
        {
            // Unlike Resource Manager's, its page of errors has 403 for a token that is not good.
            throw new LogsException(refused.Code == "AuthenticationFailed" ? 401 : 403, refused.Code, refused.Message) { Headers = refused.Headers };
        }
    }

    /// <summary>The workspace that a path names: <c>/v1/workspaces/{customerId}/query</c> or <c>/v1/{resourceId}/query</c>.</summary>
    private static string Path(ArmRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var isQuery = parts.Length >= 4 && request.Method is "GET" or "POST" && ResourceId.Same(parts[^1], "query");
        if (isQuery && parts.Length == 4 && ResourceId.Same(parts[1], "workspaces") && Guid.TryParse(parts[2], out _))
        {
            return parts[2];
        }

        return isQuery && ResourceId.Same(parts[1], "subscriptions")
            ? "/" + string.Join('/', parts[1..^1])
            : throw new LogsException(404, "PathNotFoundError", "The requested path does not exist");
    }

    /// <summary>What a query sees; null when there is nothing in any of its workspaces.</summary>
    private KqlDatabase? Open(string asked, LogsQuery query, Principal principal)
    {
        lock (simulator.World.State.Sync)
        {
            var first = simulator.World.Workspace(asked) ?? throw new LogsException(404, "WorkspaceNotFoundError", "The workspace could not be found");
            List<SimulatedWorkspace> workspaces = [first];
            foreach (var name in query.Workspaces)
            {
                var other = simulator.World.Workspace(name)
                    ?? throw LogsException.BadArgument("WorkspaceNotFoundError", $"The workspace '{name}' could not be found");
                if (!workspaces.Contains(other))
                {
                    workspaces.Add(other);
                }
            }

            if (workspaces.Count > MostWorkspaces)
            {
                throw LogsException.BadArgument("ArgumentError", $"A query is over {MostWorkspaces} workspaces at most.");
            }

            workspaces.ForEach(workspace => Authorize(workspace, principal));
            KqlDatabase[] databases = [.. workspaces.Select(static w => w.Database).OfType<KqlDatabase>().Where(static d => d.Tables.Count > 0)];
            return databases.Length == 0 ? null : LogsTables.Of(databases, query.Timespans);
        }
    }

    private static void Authorize(SimulatedWorkspace workspace, Principal principal)
    {
        const string Message = "The provided credentials have insufficient access to perform the requested operation";
        if (!workspace.IsOpen)
        {
            throw new LogsException(403, new LogsError(
                "InsufficientAccessError", Message, new LogsError("NspValidationFailedError", $"Access to workspace '{workspace.Name}' from '127.0.0.1' is denied")));
        }

        if (!principal.May(Right, workspace.Id))
        {
            throw new LogsException(403, "InsufficientAccessError", Message);
        }
    }
}

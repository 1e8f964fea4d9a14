using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>The network provider's long-running operations.</summary>
internal sealed class Operations(ArmContext azure)
{
    private readonly Dictionary<string, Operation> _all = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts one on what is under a network watcher.</summary>
    /// <param name="done">What happens when it ends; it is told whether it succeeded.</param>
    /// <returns>Its id.</returns>
    public string Start(string watcher, (string Code, string Message)? failure, Action<bool> done)
    {
        var id = Guid.NewGuid().ToString("D");
        var end = DateTime.UtcNow + azure.Options.OperationTime;
        _all[id] = new Operation(watcher, azure.Options.OperationPolls, end, azure.Faults.TakeOperation() ?? failure, done);
        return id;
    }

    /// <summary>The operation that still runs under a network watcher.</summary>
    public string? Running(string watcher)
    {
        EndOverdue();
        return _all.FirstOrDefault(o => !o.Value.Ended && ResourceId.Same(o.Value.Watcher, watcher)).Key;
    }

    public static string Link(ArmRequest request, string location, string kind, string operation) =>
        $"{request.Endpoint.AbsoluteUri}subscriptions/{request.Target.Subscription}/providers/Microsoft.Network/locations/{location}"
            + $"/{kind}/{operation}?api-version={request.ApiVersion}";

    /// <summary>Ends what nobody asked about.</summary>
    public void EndOverdue() => EndAll(DateTime.UtcNow);

    /// <summary>Ends what is due at a time.</summary>
    public void EndAll(DateTime time)
    {
        foreach (var operation in _all.Values.Where(o => !o.Ended && o.End <= time).ToArray())
        {
            operation.Finish();
        }
    }

    public ArmResponse Answer(ArmRequest request, ResourceId id)
    {
        EndOverdue();
        if (!_all.TryGetValue(id.Name, out var operation))
        {
            throw new ArmException(404, "OperationNotFound", $"The operation '{id.Name}' was not found.");
        }

        var running = !operation.Poll();
        var isResult = ResourceId.Same(id.Types[^1], "operationResults");
        if (isResult)
        {
            return running
                ? new ArmResponse(202).With("Location", $"{request.Endpoint.AbsoluteUri.TrimEnd('/')}{request.Path}?api-version={request.ApiVersion}")
                : new ArmResponse(204);
        }

        var body = new JsonObject { ["status"] = running ? "InProgress" : operation.Failure is null ? "Succeeded" : "Failed" };
        if (!running && operation.Failure is { } failure)
        {
            body["error"] = ArmException.Error(failure.Code, failure.Message, []);
        }

        return ArmResponse.Ok(body);
    }

    private sealed class Operation(string watcher, int polls, DateTime end, (string Code, string Message)? failure, Action<bool> done)
    {
        private int _polls = polls;

        public string Watcher => watcher;

        public DateTime End => end;

        public (string Code, string Message)? Failure => failure;

        public bool Ended { get; private set; }

        /// <summary>Somebody asks; whether it has ended.</summary>
        public bool Poll()
        {
            if (!Ended && _polls-- <= 0)
            {
                Finish();
            }

            return Ended;
        }

        public void Finish()
        {
            Ended = true;
            done(failure is null);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace NsgFlow.Simulator;

/// <summary>What shall go wrong.</summary>
public sealed class Faults
{
    private readonly Lock _sync = new();
    private readonly List<Fault> _faults = [];
    private readonly Queue<(string Code, string Message)> _operations = new();
    private readonly Queue<(string Code, string Message)> _queries = new();

    public Fault Add(Fault fault)
    {
        lock (_sync)
        {
            _faults.Add(fault);
        }

        return fault;
    }

    /// <summary>The next requests of a kind fail.</summary>
    /// <param name="retryAfter">Seconds that the answer says to wait; none when null.</param>
    public Fault Fail(
        string? method, string path, int status, string code = "InternalServerError", string message = "An error occurred.", int times = 1,
        int? retryAfter = null) => Add(new Fault
        {
            Method = method,
            Path = path,
            Status = status,
            Code = code,
            Message = message,
            Times = times,
            Headers = retryAfter is { } seconds
                ? new Dictionary<string, string> { ["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture) }
                : new Dictionary<string, string>(),
        });

    /// <summary>The next requests of a kind are throttled, and the answer says until when, as a date.</summary>
    public Fault ThrottleUntil(string? method, string path, DateTimeOffset until, int times = 1) => Add(new Fault
    {
        Method = method,
        Path = path,
        Status = 429,
        Code = "TooManyRequests",
        Message = "The request is being throttled.",
        Times = times,
        Headers = new Dictionary<string, string> { ["Retry-After"] = until.ToString("R", CultureInfo.InvariantCulture) },
    });

    /// <summary>The next connections with requests of a kind are cut.</summary>
    public Fault Cut(string? method, string path, int times = 1) => Add(new Fault { Method = method, Path = path, Cut = true, Times = times });

    /// <summary>The next requests of a kind are answered late.</summary>
    public Fault Delay(string? method, string path, TimeSpan delay, int times = 1) =>
        Add(new Fault { Method = method, Path = path, Delay = delay, Times = times });

    /// <summary>The next operation that is started fails in the end, with HTTP 200 and a status that says so.</summary>
    public void FailOperation(string code, string message)
    {
        lock (_sync)
        {
            _operations.Enqueue((code, message));
        }
    }

    /// <summary>The next query of Log Analytics fails in part: its rows come, and an error beside them.</summary>
    public void FailQueryPartly(string code, string message)
    {
        lock (_sync)
        {
            _queries.Enqueue((code, message));
        }
    }

    public void Clear()
    {
        lock (_sync)
        {
            _faults.Clear();
            _operations.Clear();
            _queries.Clear();
        }
    }

    internal Fault? Take(string method, string path)
    {
        lock (_sync)
        {
            foreach (var fault in _faults.Where(f => f.Met < f.Times && f.Fits(method, path)))
            {
                if (fault.Passed < fault.After)
                {
                    fault.Passed++;
                    continue;
                }

                fault.Met++;
                return fault;
            }

            return null;
        }
    }

    internal (string Code, string Message)? TakeOperation()
    {
        lock (_sync)
        {
            return _operations.TryDequeue(out var failure) ? failure : null;
        }
    }

    internal (string Code, string Message)? TakeQuery()
    {
        lock (_sync)
        {
            return _queries.TryDequeue(out var failure) ? failure : null;
        }
    }
}

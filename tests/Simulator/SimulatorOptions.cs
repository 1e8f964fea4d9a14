using System;

namespace NsgFlow.Simulator;

/// <summary>How the simulator behaves.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Where the CA certificate is or will be; null for what SSL_CERT_FILE says.</summary>
    public string? CaFile { get; init; }

    /// <summary>How many a list has on one page. Azure's own number differs from provider to provider.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>How often an operation says <c>InProgress</c> before it ends.</summary>
    public int OperationPolls { get; set; } = 1;

    /// <summary>When an operation ends though nobody asks about it.</summary>
    public TimeSpan OperationTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What a second write under one network watcher is told while the first still runs. Users' logs show all three.</summary>
    public BusyAnswer Busy { get; set; }

    /// <summary>Whether NSGs get no new flow logs, as since 2025-06-30.</summary>
    public bool BlocksNsgFlowLogs { get; set; } = true;

    /// <summary>Whether ids come back in other cases than they were written in, as Azure's do.</summary>
    public bool VaryIdCase { get; set; }

    /// <summary>How long tokens are good for.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How Log Analytics behaves.</summary>
    public LogsOptions Logs { get; } = new();
}

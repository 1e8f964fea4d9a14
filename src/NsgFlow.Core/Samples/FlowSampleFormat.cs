namespace NsgFlow;

/// <summary>The log format a sample is written in.</summary>
public enum FlowSampleFormat : byte
{
    /// <summary>NSG flow log, version 1: eight fields, one tuple a flow, no counters.</summary>
    Nsg1,

    /// <summary>NSG flow log, version 2: states and counters, time in seconds.</summary>
    Nsg2,

    /// <summary>Virtual network flow log, version 4: time in milliseconds, encryption, state <c>D</c> for denied.</summary>
    VNet4,
}

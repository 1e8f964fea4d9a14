namespace NsgFlow.Bench.Data;

/// <summary>The three shapes a flow log has.</summary>
public enum LogFormat
{
    Nsg1,
    Nsg2,
    VNet4,
}

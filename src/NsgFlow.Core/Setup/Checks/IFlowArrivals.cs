using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>Looks into storage accounts for what flow logs have written.</summary>
public interface IFlowArrivals
{
    /// <summary>What is there of a flow log.</summary>
    /// <param name="log">The flow log.</param>
    /// <param name="account">Its storage account; null when ARM would not tell.</param>
    /// <param name="cancellation">Ends the looking.</param>
    /// <exception cref="NsgFlowException"><c>StorageAccessDenied</c> or another failure of the storage account.</exception>
    FlowArrival Look(FlowLog log, ArmResource? account, CancellationToken cancellation);
}

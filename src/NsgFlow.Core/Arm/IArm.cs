using System.Collections.Generic;
using System.Threading;

namespace NsgFlow.Arm;

/// <summary>
/// Azure Resource Manager as the rest of the module sees it: resources by their ids, lists, Resource Graph, long operations. Safe for many threads.
/// Throttling, 5xx and "another operation in progress" are asked again before they become errors. Every failure is a <see cref="NsgFlowException"/>.
/// </summary>
public interface IArm
{
    /// <summary>A resource; null when it (or what it lies in) does not exist.</summary>
    /// <exception cref="NsgFlowException"><c>ArmAccessDenied</c>, <c>ArmUnauthorized</c>, <c>ArmThrottled</c>, <c>ArmUnavailable</c>, <c>ArmRequestFailed</c>, <c>NotSignedIn</c>.</exception>
    ArmResource? Get(string id, string apiVersion, CancellationToken cancellation);

    /// <summary>The resources that a path lists, page by page, as they are enumerated (<c>/subscriptions/{s}/providers/Microsoft.Network/networkWatchers</c>).</summary>
    /// <exception cref="NsgFlowException">As for <see cref="Get"/>; also <c>ResourceNotFound</c> when what is listed does not exist.</exception>
    IEnumerable<ArmResource> List(string path, string apiVersion, CancellationToken cancellation);

    /// <summary>The rows of a Resource Graph query, page by page, as they are enumerated.</summary>
    /// <exception cref="NsgFlowException">As for <see cref="Get"/>.</exception>
    IEnumerable<ArmResource> Query(GraphQuery query, CancellationToken cancellation);

    /// <summary>Creates or replaces a resource.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="apiVersion">Which form the body has.</param>
    /// <param name="body">The whole resource as JSON.</param>
    /// <param name="wait">Whether and how to wait until Azure has done it.</param>
    /// <param name="cancellation">Ends the waiting; what Azure does goes on.</param>
    /// <returns>The resource as it is afterwards; without waiting, as Azure took it in.</returns>
    /// <exception cref="NsgFlowException">As for <see cref="Get"/>, what the service refuses (with its code), and a long operation that failed.</exception>
    ArmResource Put(string id, string apiVersion, string body, ArmWait wait, CancellationToken cancellation);

    /// <summary>Deletes a resource; one that does not exist is no error.</summary>
    /// <returns>False when there was nothing to delete.</returns>
    /// <exception cref="NsgFlowException">As for <see cref="Put"/>.</exception>
    bool Delete(string id, string apiVersion, ArmWait wait, CancellationToken cancellation);

    /// <summary>An action, such as registering a provider.</summary>
    /// <param name="path">What is posted to.</param>
    /// <param name="apiVersion">The form of body and answer.</param>
    /// <param name="body">JSON, or null for none.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The answer; empty when there is none.</returns>
    /// <exception cref="NsgFlowException">As for <see cref="Put"/>.</exception>
    ArmNode Post(string path, string apiVersion, string? body, CancellationToken cancellation);
}

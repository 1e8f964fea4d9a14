using System.Collections.Generic;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Resources;

/// <summary>Finds resources by what people call them, over all subscriptions that the caller sees.</summary>
public interface IResourceFinder
{
    /// <summary>
    /// The resources that match, each once, by id. A name without wildcards, or an id, that finds nothing is an error; a wildcard that finds nothing is not.
    /// </summary>
    /// <exception cref="NsgFlowException"><c>ResourceNotFound</c>, or any failure of <see cref="IArm"/>.</exception>
    IReadOnlyList<ArmResource> Find(ResourceQuestion question, CancellationToken cancellation);

    /// <summary>The one resource of a name or id.</summary>
    /// <exception cref="NsgFlowException"><c>ResourceNotFound</c>; <c>ResourceAmbiguous</c>, with the candidates' ids in the message; or any failure of <see cref="IArm"/>.</exception>
    ArmResource FindOne(ResourceQuestion question, CancellationToken cancellation);
}

using System;

namespace NsgFlow.Simulator;

/// <summary>Azure Resource Manager: who may ask, and who answers.</summary>
internal sealed class ArmService
{
    private readonly ArmContext _azure;
    private readonly Operations _operations;
    private readonly FlowLogs _flowLogs;
    private readonly GenericResources _resources;
    private readonly Authorization _authorization;
    private readonly ScaleSets _scaleSets;
    private readonly Subscriptions _subscriptions;
    private readonly ResourceGraph _graph;

    public ArmService(ArmContext azure)
    {
        _azure = azure;
        _operations = new Operations(azure);
        _flowLogs = new FlowLogs(azure, _operations);
        _resources = new GenericResources(azure);
        _authorization = new Authorization(azure, _resources);
        _scaleSets = new ScaleSets(azure);
        _subscriptions = new Subscriptions(azure);
        _graph = new ResourceGraph(azure);
    }

    public ArmResponse Answer(ArmRequest request)
    {
        var id = request.Target;
        if (id.Namespace is null)
        {
            ResourceProvider.CheckVersion(request.ApiVersion, "Microsoft.Resources", ["subscriptions"], null);
            return request.Path.ToLowerInvariant() switch
            {
                "/subscriptions" => _subscriptions.List(request),
                "/tenants" => _subscriptions.Tenants(request),
                _ when id.Subscription is not null => _subscriptions.Answer(request, id),
                _ => throw new ArmException(404, "InvalidResourceType", $"The path '{request.Path}' is not known."),
            };
        }

        if (id.Types.Count == 0 || (id.Names.Count == 0 && request.Method == "POST" && id.Types[0].ToLowerInvariant() is "register" or "unregister"))
        {
            ResourceProvider.CheckVersion(request.ApiVersion, "Microsoft.Resources", ["providers"], null);
            return _subscriptions.Provider(request, id);
        }

        return AnswerResource(request, id);
    }

    public void EndOperations() => _operations.EndAll(DateTime.MaxValue);

    private ArmResponse AnswerResource(ArmRequest request, ResourceId id)
    {
        // An action's name is no type: what counts is what it is done to.
        var isAction = request.Method == "POST" && id.EndsInType && id.IsChild;
        var subject = isAction ? id.Parent : id;
        ResourceProvider.CheckVersion(request.ApiVersion, id.Namespace!, subject.Types, _azure.State.Find(subject.Text).Text("location"));
        if (ResourceId.Same(id.Namespace, "Microsoft.ResourceGraph"))
        {
            return _graph.Answer(request);
        }

        _ = _azure.Subscription(request);
        if (id.IsType("Microsoft.Network/locations/operations") || id.IsType("Microsoft.Network/locations/operationResults"))
        {
            return _operations.Answer(request, id);
        }

        Authorize(request, id);
        if (ResourceId.Same(id.Namespace, "Microsoft.Authorization"))
        {
            return _authorization.Answer(request, id);
        }

        return id.IsType(FlowLogs.Type) ? _flowLogs.Answer(request, id)
            : ScaleSets.Has(id) ? _scaleSets.Answer(request, id)
            : _resources.Answer(request, id);
    }

    private void Authorize(ArmRequest request, ResourceId id)
    {
        var isAuthorization = ResourceId.Same(id.Namespace, "Microsoft.Authorization");

        // What extends a resource, and a list in a scope, is a matter of that; a list of parts and an action one of their owner.
        var scope = isAuthorization || (id.EndsInType && !id.IsChild) ? id.Scope
            : id.EndsInType ? id.Parent.Text
            : id.Text;

        // Lists leave out what one may not see, so whoever sees anything may ask.
        var isFiltered = request.Method == "GET" && id.EndsInType && !id.IsChild && !isAuthorization && request.Principal!.SeesSomethingIn(id.Scope);
        if (!isFiltered && !id.IsType("Microsoft.Authorization/permissions"))
        {
            ArmContext.Require(request, ArmContext.Action(request, id), scope);
        }

        if (request.Writes)
        {
            _azure.RequireUnlocked(request, scope);
        }
    }
}

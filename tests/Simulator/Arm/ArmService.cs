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

        var subscription = _azure.Subscription(request);
        if (id.IsType("Microsoft.Network/locations/operations") || id.IsType("Microsoft.Network/locations/operationResults"))
        {
            return _operations.Answer(request, id);
        }

        Authorize(request, id, subscription, isAction);
        if (ResourceId.Same(id.Namespace, "Microsoft.Authorization"))
        {
            return _authorization.Answer(request, id);
        }

        if (isAction && ResourceId.Same(id.Types[^1], "listKeys") | ResourceId.Same(id.Types[^1], "sharedKeys"))
        {
            return _resources.Answer(request, id);
        }

        return isAction ? throw new ArmException(404, "InvalidResourceType", $"The action '{id.Types[^1]}' is not known.")
            : id.IsType(FlowLogs.Type) ? _flowLogs.Answer(request, id)
            : ScaleSets.Has(id) ? _scaleSets.Answer(request, id)
            : _resources.Answer(request, id);
    }

    private void Authorize(ArmRequest request, ResourceId id, SimulatedSubscription subscription, bool isAction)
    {
        var isAboutOneself = id.IsType("Microsoft.Authorization/permissions");
        var isFilteredList = request.Method == "GET" && id.EndsInType && !id.IsChild && request.Principal!.SeesSomethingIn(id.Scope);
        if (!isAboutOneself && !isFilteredList)
        {
            ArmContext.Require(request, ArmContext.Action(request, id), ResourceId.Same(id.Namespace, "Microsoft.Authorization") ? id.Scope : isAction || id.EndsInType ? id.IsChild ? id.Parent.Text : id.Scope : id.Text);
        }

        if (request.Writes)
        {
            _azure.RequireUnlocked(request, isAction ? id.Parent.Text : id.Text);
            _ = subscription;
        }
    }
}

namespace NsgFlow.Simulator;

/// <summary>What is inside a virtual machine scale set: in no list of a subscription and not in Resource Graph.</summary>
internal sealed class ScaleSets(ArmContext azure)
{
    public const string Type = "Microsoft.Compute/virtualMachineScaleSets";
    public const string MachineType = Type + "/virtualMachines";
    public const string InterfaceType = MachineType + "/networkInterfaces";

    /// <summary>Whether the path is one of those that this answers.</summary>
    public static bool Has(ResourceId id) => id.IsType(MachineType) || id.IsType(InterfaceType) || id.IsType(Type + "/networkInterfaces");

    public ArmResponse Answer(ArmRequest request, ResourceId id)
    {
        azure.RequireGroup(id);
        if (request.Method != "GET")
        {
            throw ArmContext.NotAllowed(request);
        }

        if (!id.EndsInType)
        {
            return ArmResponse.Ok((azure.State.Find(id.Text) ?? throw ArmContext.NotFound(id)).DeepClone());
        }

        var owner = azure.State.Find(id.Parent.Text) is null ? throw ArmContext.NotFound(id.Parent) : id.Parent.Text;
        return Paging.Page(request, azure.State.OfType(id.IsType(MachineType) ? MachineType : InterfaceType, owner), azure.Options.PageSize);
    }
}

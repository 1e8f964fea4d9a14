namespace NsgFlow.Simulator;

/// <summary>A Log Analytics workspace of a world, as the query service sees it.</summary>
public sealed class SimulatedWorkspace
{
    internal SimulatedWorkspace(string id, string customerId)
    {
        Id = id;
        CustomerId = customerId;
    }

    /// <summary>Its id in Resource Manager.</summary>
    public string Id { get; }

    public string Name => ResourceId.Parse(Id).Name;

    /// <summary>What queries call it.</summary>
    public string CustomerId { get; }

    /// <summary>What is in it; null when nothing ever was.</summary>
    public KqlDatabase? Database { get; set; }

    /// <summary>Whether queries may come from the internet.</summary>
    internal bool IsOpen { get; set; } = true;
}

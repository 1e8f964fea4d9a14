namespace NsgFlow.Network;

/// <summary>What has a name, or an ARM id that ends in one.</summary>
internal interface INamedResource
{
    string? Id { get; }

    string? Name { get; }
}

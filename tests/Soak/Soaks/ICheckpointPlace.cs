namespace NsgFlow.Soak.Soaks;

/// <summary>Where readers have their checkpoint.</summary>
internal interface ICheckpointPlace
{
    /// <summary>For people.</summary>
    string Kind { get; }

    /// <summary>As -Checkpoint takes it.</summary>
    string Address { get; }

    /// <summary>Tells one save from another.</summary>
    string? Version { get; }

    /// <summary>Copies it as it is now that its reader has ended, if there is one, and lets the next reader have it.</summary>
    void Keep(string path);
}

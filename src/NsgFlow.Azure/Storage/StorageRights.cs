namespace NsgFlow.Azure.Storage;

/// <summary>What somebody must be allowed to do, as the role and the SAS that allow it.</summary>
internal sealed class StorageRights
{
    private StorageRights(string role, string letters, string sas) => (Role, Letters, Sas) = (role, letters, sas);

    /// <summary>To list and read flow logs.</summary>
    public static StorageRights Reading { get; } = new("Storage Blob Data Reader", "rl", "read and list, for containers and objects (sp=rl, ss=b, srt=co)");

    /// <summary>To keep a checkpoint.</summary>
    public static StorageRights Writing { get; } = new("Storage Blob Data Contributor", "rw", "read, create and write, for objects (sp=rcw, ss=b, srt=o)");

    /// <summary>The role, as Azure calls it.</summary>
    public string Role { get; }

    /// <summary>Permissions of a SAS without which it cannot do.</summary>
    public string Letters { get; }

    /// <summary>The permissions to ask for, in words.</summary>
    public string Sas { get; }
}

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Names of the parameter sets: each says how the flow logs are found.</summary>
internal static class SourceSets
{
    /// <summary>By the names of Azure resources alone.</summary>
    public const string Name = "Name";

    /// <summary>Flow logs from Get-NsgFlowLog.</summary>
    public const string FlowLog = "FlowLog";

    /// <summary>Files and folders, wildcards allowed.</summary>
    public const string Path = "Path";

    /// <summary>Files and folders, taken as they are.</summary>
    public const string LiteralPath = "LiteralPath";

    /// <summary>A storage account.</summary>
    public const string Storage = "Storage";

    /// <summary>A storage account by its connection string.</summary>
    public const string ConnectionString = "ConnectionString";

    /// <summary>Traffic Analytics' tables in Log Analytics workspaces.</summary>
    public const string Workspace = "Workspace";

    /// <summary>Blobs from Get-NsgFlowBlob.</summary>
    public const string Blob = "Blob";

    /// <summary>Flow records from Get-NsgFlowRecord or ConvertFrom-NsgFlowJson.</summary>
    public const string Record = "Record";
}

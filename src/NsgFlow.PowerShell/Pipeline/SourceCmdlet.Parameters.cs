using System.Management.Automation;
using System.Security;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;

namespace NsgFlow.PowerShell.Pipeline;

// Where the blobs are: the same on every cmdlet that finds blobs.
public abstract partial class SourceCmdlet
{
    private string[] _paths = [];

    /// <summary>Files or folders with flow logs, wildcards allowed. Folders are searched with everything below them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SourceSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathTransformation]
    public virtual string[] Path { get => _paths; set => _paths = value; }

    /// <summary>Files or folders with flow logs, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get => _paths; set => _paths = value; }

    /// <summary>Name, URL or ARM id of the storage account that the flow logs are written to; emulator for a local Azurite.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Storage, ValueFromPipelineByPropertyName = true)]
    [Alias("StorageAccountName", "StorageId", "StorageAccountId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StorageAccountCompleter))]
    public virtual string StorageAccount { get; set; } = string.Empty;

    /// <summary>Containers; both that Azure writes flow logs to when not given.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [Parameter(ParameterSetName = SourceSets.ConnectionString)]
    [Alias("ContainerName")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerCompleter))]
    public string[] Container { get; set; } = [];

    /// <summary>Shared access signature with the rights to list and read.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? SasToken { get; set; }

    /// <summary>A key of the storage account.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? AccountKey { get; set; }

    /// <summary>An Entra access token for https://storage.azure.com/.</summary>
    [Parameter(ParameterSetName = SourceSets.Storage)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>Connection string of the storage account.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.ConnectionString)]
    [SecretTransformation]
    [ValidateNotNull]
    public SecureString? ConnectionString { get; set; }

    /// <summary>Flow logs from Get-NsgFlowLog: what they wrote.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.FlowLog, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public FlowLog[] FlowLog { get; set; } = [];

    /// <summary>ARM ids of targets, or of what they lie in.</summary>
    // Not by property name with blobs, whose ResourceId is not always a target's.
    [Parameter(ParameterSetName = SourceSets.Name, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.Path, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.LiteralPath)]
    [Parameter(ParameterSetName = SourceSets.Storage, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.ConnectionString, ValueFromPipelineByPropertyName = true)]
    [Alias("TargetResourceId", "Id")]
    [ValidateNotNullOrEmpty]
    [ResourceIdTransformation]
    public override string[] ResourceId { get; set; } = [];
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using NsgFlow.Measuring;
using NsgFlow.Parsing;

namespace NsgFlow.PowerShell.Errors;

/// <summary>Makes every error record of the module. The ids are part of its interface; docs/errors.md lists them.</summary>
internal static class FlowErrors
{
    // What has no row here is a failure to read.
    private static readonly Dictionary<string, ErrorCategory> _categories = new(StringComparer.Ordinal)
    {
        ["NotSignedIn"] = ErrorCategory.AuthenticationError,
        ["CertificateUnusable"] = ErrorCategory.InvalidArgument,
        ["EnvironmentInvalid"] = ErrorCategory.InvalidArgument,
        ["StorageUnauthorized"] = ErrorCategory.AuthenticationError,
        ["StorageAccessDenied"] = ErrorCategory.PermissionDenied,
        ["FileAccessDenied"] = ErrorCategory.PermissionDenied,
        ["StorageAccountNotFound"] = ErrorCategory.ObjectNotFound,
        ["ContainerNotFound"] = ErrorCategory.ObjectNotFound,
        ["BlobNotFound"] = ErrorCategory.ObjectNotFound,
        ["PathNotFound"] = ErrorCategory.ObjectNotFound,
        ["StorageThrottled"] = ErrorCategory.LimitsExceeded,
        ["StorageUnavailable"] = ErrorCategory.ResourceUnavailable,
        ["BlobArchived"] = ErrorCategory.ResourceUnavailable,
        ["BlobNameUnsafe"] = ErrorCategory.SecurityError,
        ["BlobNameCollides"] = ErrorCategory.ResourceExists,
        ["BlobHashMismatch"] = ErrorCategory.InvalidData,
        ["MirrorLinkRefused"] = ErrorCategory.SecurityError,
        ["MirrorBusy"] = ErrorCategory.ResourceBusy,
        ["MirrorWriteFailed"] = ErrorCategory.WriteError,
        ["DiskFull"] = ErrorCategory.LimitsExceeded,
        ["BlobGivenUp"] = ErrorCategory.ResourceUnavailable,
        ["CheckpointBusy"] = ErrorCategory.ResourceBusy,
        ["CheckpointDamaged"] = ErrorCategory.InvalidData,
        ["CheckpointTooNew"] = ErrorCategory.InvalidData,
        ["CheckpointOfAnother"] = ErrorCategory.InvalidArgument,
        ["CheckpointLost"] = ErrorCategory.ResourceUnavailable,
        ["CheckpointUnusable"] = ErrorCategory.OpenError,
        ["StorageRequestFailed"] = ErrorCategory.InvalidOperation,
        ["ArmUnauthorized"] = ErrorCategory.AuthenticationError,
        ["ArmAccessDenied"] = ErrorCategory.PermissionDenied,
        ["ResourceNotFound"] = ErrorCategory.ObjectNotFound,
        ["ResourceAmbiguous"] = ErrorCategory.InvalidArgument,
        ["FlowLogNotFound"] = ErrorCategory.ObjectNotFound,
        ["NetworkWatcherMissing"] = ErrorCategory.ObjectNotFound,
        ["ArmThrottled"] = ErrorCategory.LimitsExceeded,
        ["ArmUnavailable"] = ErrorCategory.ResourceUnavailable,
        ["AnotherOperationInProgress"] = ErrorCategory.ResourceBusy,
        ["ArmRequestFailed"] = ErrorCategory.InvalidOperation,
        ["ArmOperationFailed"] = ErrorCategory.InvalidResult,
        ["ProviderNotRegistered"] = ErrorCategory.InvalidOperation,
        ["NsgFlowLogCreationBlocked"] = ErrorCategory.InvalidOperation,
        ["FlowLogExists"] = ErrorCategory.ResourceExists,
        ["FlowLogBeingDeleted"] = ErrorCategory.ResourceBusy,
        ["FlowLogNameTaken"] = ErrorCategory.ResourceExists,
        ["FlowLogDisabled"] = ErrorCategory.InvalidOperation,
        ["FlowLogNotAsAsked"] = ErrorCategory.InvalidResult,
        ["FlowLogNameInvalid"] = ErrorCategory.InvalidArgument,
        ["FlowLogTargetUnsupported"] = ErrorCategory.InvalidArgument,
        ["FlowLogRegionUnknown"] = ErrorCategory.InvalidArgument,
        ["FlowLogStorageMissing"] = ErrorCategory.InvalidArgument,
        ["FormatVersionInvalid"] = ErrorCategory.InvalidArgument,
        ["FormatVersionUnsupported"] = ErrorCategory.InvalidArgument,
        ["RetentionInvalid"] = ErrorCategory.InvalidArgument,
        ["RecordTypeInvalid"] = ErrorCategory.InvalidArgument,
        ["FilteringCriteriaTooLong"] = ErrorCategory.InvalidArgument,
        ["IdentityInvalid"] = ErrorCategory.InvalidArgument,
        ["NetworkWatcherRegionMismatch"] = ErrorCategory.InvalidArgument,
        ["StorageRegionMismatch"] = ErrorCategory.InvalidArgument,
        ["StorageTenantMismatch"] = ErrorCategory.InvalidArgument,
        ["StorageTierUnsupported"] = ErrorCategory.InvalidArgument,
        ["StorageRetentionUnsupported"] = ErrorCategory.InvalidArgument,
        ["TrafficAnalyticsAmbiguous"] = ErrorCategory.InvalidArgument,
        ["TrafficAnalyticsIntervalInvalid"] = ErrorCategory.InvalidArgument,
        ["TrafficAnalyticsOff"] = ErrorCategory.InvalidArgument,
        ["WorkspaceMissing"] = ErrorCategory.InvalidArgument,
        ["WorkspaceIncomplete"] = ErrorCategory.InvalidArgument,
        ["WorkspaceNotFound"] = ErrorCategory.ObjectNotFound,
        ["WorkspacesTooMany"] = ErrorCategory.LimitsExceeded,
        ["AnalyticsOff"] = ErrorCategory.ObjectNotFound,
        ["AnalyticsTableMissing"] = ErrorCategory.ObjectNotFound,
        ["AnalyticsCannotAnswer"] = ErrorCategory.InvalidArgument,
        ["AddressMissing"] = ErrorCategory.InvalidArgument,
        ["LogsUnauthorized"] = ErrorCategory.AuthenticationError,
        ["LogsAccessDenied"] = ErrorCategory.PermissionDenied,
        ["LogsQueryInvalid"] = ErrorCategory.ParserError,
        ["LogsTimeout"] = ErrorCategory.OperationTimeout,
        ["LogsThrottled"] = ErrorCategory.LimitsExceeded,
        ["LogsUnavailable"] = ErrorCategory.ResourceUnavailable,
        ["LogsLimitExceeded"] = ErrorCategory.LimitsExceeded,
        ["LogsRequestFailed"] = ErrorCategory.InvalidOperation,
        ["LogsPartial"] = ErrorCategory.InvalidResult,
        ["LogsWindowTooLarge"] = ErrorCategory.LimitsExceeded,
        ["InvalidResourceId"] = ErrorCategory.InvalidArgument,
        ["InvalidStorageAccount"] = ErrorCategory.InvalidArgument,
        ["InvalidStorageCredential"] = ErrorCategory.InvalidArgument,
        ["InsecureStorageUrl"] = ErrorCategory.SecurityError,
    };

    private static readonly Dictionary<FlowIssueKind, (ErrorCategory Category, string Action)> _issues = new()
    {
        [FlowIssueKind.FlowTupleInvalid] = (ErrorCategory.InvalidData, "The tuple was left out and everything else was read. Look at the blob at that byte."),
        [FlowIssueKind.FlowEntryDamaged] = (ErrorCategory.InvalidData, "The damaged part was left out and reading went on at the next entry. Fetch the blob again if this is a copy."),
        [FlowIssueKind.FlowBlobTruncated] = (ErrorCategory.InvalidData, "Everything before the cut was read. Fetch the blob again, whole; a copy made while Azure was writing can end like this."),
        [FlowIssueKind.NotFlowLog] = (ErrorCategory.InvalidData, "Give PT1H.json files of NSG or virtual network flow logs, or a folder of them."),
        [FlowIssueKind.FlowLimitExceeded] = (ErrorCategory.LimitsExceeded, "The part beyond the limit was left out. Azure does not write such logs; look where the file comes from."),
        [FlowIssueKind.FlowIssuesSuppressed] = (ErrorCategory.InvalidData, "The blob is damaged in many places. Fetch it again, or look at the first errors of this blob."),
    };

    private static readonly Dictionary<string, string> _network = new(StringComparer.Ordinal)
    {
        ["InventoryUnreadable"] = "Give a JSON file as about_NsgFlow_Network describes it, or an object like it.",
        ["ServiceTagUnreadable"] = "Give the JSON file that Microsoft publishes (ServiceTags_Public_….json).",
        ["ThreatListUnreadable"] = "Give text files with an address or prefix in each line, or CSV with a header.",
    };

    /// <summary>Damage in a blob; the id is the kind's name, the target the blob.</summary>
    public static ErrorRecord Damage(FlowIssue issue)
    {
        var (category, action) = _issues[issue.Kind];
        return Make(new InvalidDataException(issue.ToString()), issue.Kind.ToString(), category, issue.Blob, action);
    }

    /// <summary>What kept a blob or a store from being read or listed.</summary>
    public static ErrorRecord Failure(Exception failure, object? target) => failure switch
    {
        NsgFlowException store => Make(store, store.ErrorId, CategoryOf(store.ErrorId), target, store.RecommendedAction),
        UnauthorizedAccessException => Make(failure, "FileAccessDenied", ErrorCategory.PermissionDenied, target, "Check the permissions of the file."),
        InvalidDataException => Make(failure, "BlobDamaged", ErrorCategory.InvalidData, target, "The file cannot be unpacked to its end. Fetch it again."),
        _ => Make(failure, "FlowBlobUnreadable", ErrorCategory.ReadError, target, string.Empty),
    };

    /// <summary>A path that leads to nothing.</summary>
    public static ErrorRecord PathNotFound(string path, Exception? cause = null) => Make(
        cause ?? new ItemNotFoundException($"Cannot find path '{path}' because it does not exist."),
        "PathNotFound",
        ErrorCategory.ObjectNotFound,
        path,
        "Check the path; wildcards in -LiteralPath are taken as they are.");

    /// <summary>A path of a provider that has no files.</summary>
    public static ErrorRecord NotFileSystem(string path, string provider) => Make(
        new ArgumentException($"'{path}' is a path of the {provider} provider; flow logs are read from the file system only."),
        "PathNotFileSystem",
        ErrorCategory.InvalidArgument,
        path,
        "Give a path of files or folders.");

    /// <summary>Neither a name nor a place.</summary>
    public static ErrorRecord SourceMissing(string cmdlet) => Make(
        new ArgumentException(
            $"{cmdlet} does not know what to read: name what is logged (-Nsg, -VirtualNetwork, -Subnet, -NetworkInterface, -AksCluster, -ResourceId, or all of a "
            + "-ResourceGroupName or -SubscriptionId), or say where the flow logs are (-StorageAccount, or -Path for files and folders with PT1H.json)."),
        "SourceMissing",
        ErrorCategory.InvalidArgument,
        null,
        "Add -Nsg or another name (that needs a sign-in to Azure), -StorageAccount or -Path.");

    /// <summary>A Log Analytics workspace where flow logs are wanted.</summary>
    public static ErrorRecord WorkspaceIsNoSource(string id) => Make(
        new ArgumentException($"'{id}' is a Log Analytics workspace: it has no flow logs, but what Traffic Analytics made of them."),
        "SourceMissing",
        ErrorCategory.InvalidArgument,
        id,
        "Measure-NsgTraffic -Workspace measures what is there, Get-NsgTrafficAnalytics -Workspace lists it.");

    /// <summary>More than one secret for one storage account.</summary>
    public static ErrorRecord CredentialAmbiguous() => Make(
        new ArgumentException("Give one of -SasToken, -AccountKey, -ConnectionString and -AccessToken, not several."),
        "CredentialAmbiguous",
        ErrorCategory.InvalidArgument,
        null,
        "Leave all but one out; without any, the sign-in of the session or machine is used.");

    /// <summary>Arguments that contradict each other, or mean nothing together.</summary>
    public static ErrorRecord BadArguments(string id, string message, object? target, string action = "") =>
        Make(new ArgumentException(message), id, ErrorCategory.InvalidArgument, target, action);

    /// <summary>A blob object that no store gave out, such as one that went through a file or a remote session.</summary>
    public static ErrorRecord BlobWithoutStore(FlowBlob blob) => Make(
        new InvalidOperationException($"'{blob.Name}' cannot be read: the object did not come from Get-NsgFlowBlob in this session."),
        "BlobWithoutStore",
        ErrorCategory.InvalidArgument,
        blob.Name,
        "Pipe Get-NsgFlowBlob into the cmdlet, or give -Path or -StorageAccount.");

    /// <summary>An inventory, service-tag file or threat list that cannot be read: without it the answer would be wrong.</summary>
    public static ErrorRecord NetworkUnreadable(string id, string what, string? target, Exception failure)
    {
        var about = target is null ? $"The {what} cannot be used" : $"The {what} '{target}' cannot be used";
        var category = failure switch
        {
            FormatException or ArgumentException => ErrorCategory.InvalidData,
            UnauthorizedAccessException => ErrorCategory.PermissionDenied,
            FileNotFoundException or ItemNotFoundException => ErrorCategory.ObjectNotFound,
            _ => ErrorCategory.ReadError,
        };
        return Make(new InvalidDataException($"{about}: {failure.Message}", failure), id, category, target, _network[id]);
    }

    /// <summary>An inventory's file is there already.</summary>
    public static ErrorRecord InventoryExists(string path) => Make(
        new IOException($"The file '{path}' exists."),
        "InventoryExists",
        ErrorCategory.ResourceExists,
        path,
        "Give another path, or -Force to replace it.");

    /// <summary>An inventory with nothing in it is not written.</summary>
    public static ErrorRecord InventoryEmpty(string path, string message) => Make(
        new ItemNotFoundException($"{message} The file '{path}' is not written."),
        "InventoryEmpty",
        ErrorCategory.ObjectNotFound,
        path,
        "Check what you are signed in to and the parameters; a file that was there is as it was.");

    /// <summary>An inventory's file cannot be written.</summary>
    public static ErrorRecord InventoryNotWritten(string path, Exception failure)
    {
        const string Action = "Give a file in a folder that exists, to which you may write, on a disk with room.";
        return failure is UnauthorizedAccessException
            ? Make(failure, "InventoryWriteFailed", ErrorCategory.PermissionDenied, path, Action)
            : Make(failure, "InventoryWriteFailed", ErrorCategory.WriteError, path, Action);
    }

    /// <summary>What did not fit into memory could not be put into a temporary file.</summary>
    public static ErrorRecord SpillFailed(Exception failure) => Make(
        failure,
        "TemporaryFileFailed",
        ErrorCategory.WriteError,
        null,
        "Make room on the disk of temporary files, let the variable TMPDIR (Windows: TEMP) name a folder on another disk, raise -MemoryLimit, or ask for fewer fields or less time.");

    /// <summary>More time buckets than can be filled.</summary>
    public static ErrorRecord BucketsTooMany(TrafficBucketsException e, object? bucket) => Make(
        e, "BucketsTooMany", ErrorCategory.LimitsExceeded, bucket, "Give a longer -Bucket, or less time with -StartTime and -EndTime.");

    /// <summary>A cmdlet that writes, and no word of what to.</summary>
    public static ErrorRecord FlowLogUnnamed(string cmdlet) => BadArguments(
        "FlowLogUnnamed",
        $"{cmdlet} does not know which flow log is meant.",
        null,
        "Name the flow log, or what it logs (-VirtualNetwork, -Subnet, -NetworkInterface, -Nsg, -ResourceId); wildcards can name many.");

    /// <summary>Flow logs to change, and no word of what is to change.</summary>
    public static ErrorRecord FlowLogUnset() => BadArguments(
        "FlowLogUnset",
        "Nothing to change was given.",
        null,
        "Say what is to be otherwise (-RetentionDays, -StorageAccount, -TrafficAnalytics …); Enable-NsgFlowLog switches on, Disable-NsgFlowLog switches off.");

    /// <summary>Something other than a flow record where sessions are made of these; what it is is named by its type.</summary>
    public static ErrorRecord NotFlowRecord(PSObject input)
    {
        var type = input.TypeNames.Count > 0 ? input.TypeNames[0] : input.BaseObject.GetType().FullName!;
        var (what, action) = input.BaseObject switch
        {
            FlowBlob => ("a blob", "Pipe blobs into Get-NsgFlowRecord, and its records here."),
            FileSystemInfo => ("a file or folder", "Pipe files into Get-NsgFlowRecord, and its records here."),
            string => ("text", "Pipe text into ConvertFrom-NsgFlowJson, and its records here."),
            FlowSession => ("a session, which is merged already", "Pipe flow records."),
            _ when type.StartsWith("Deserialized.", StringComparison.Ordinal) => (
                $"a copy ({type}), as a file, a job or a remote session gives back",
                "Merge where the records are read, and save or send the sessions."),
            _ => ("a " + type, "Pipe what Get-NsgFlowRecord or ConvertFrom-NsgFlowJson gives."),
        };
        return BadArguments("InputNotFlowRecord", $"The input is no flow record but {what}.", input.BaseObject is string ? null : input, action);
    }

    /// <summary>A sample that cannot be written.</summary>
    public static ErrorRecord SampleFailure(Exception failure, string path) => failure switch
    {
        ArgumentException e => Make(new ArgumentException(Sentence(e), e), "SampleOptionInvalid", ErrorCategory.InvalidArgument, path, "Change the value the message names."),
        UnauthorizedAccessException => Make(failure, "SampleWriteFailed", ErrorCategory.PermissionDenied, path, "Choose a folder you may write to."),
        _ => Make(failure, "SampleWriteFailed", ErrorCategory.WriteError, path, "Choose a folder on a disk with room."),
    };

    /// <summary>A file where a sample's folder should be.</summary>
    public static ErrorRecord SamplePathIsFile(string path) => Make(
        new IOException($"'{path}' is a file; a sample is written to a folder."),
        "SampleWriteFailed",
        ErrorCategory.InvalidArgument,
        path,
        "Give a folder; one that is not there is made.");

    /// <summary>The message without what .NET adds: the parameter's name and the value, in the wording of its version.</summary>
    private static string Sentence(ArgumentException e)
    {
        var end = e.Message.IndexOfAny(['\r', '\n']);
        var line = end < 0 ? e.Message : e.Message.Substring(0, end);
        var suffix = line.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? line : line.Substring(0, suffix);
    }

    private static ErrorCategory CategoryOf(string id) => _categories.TryGetValue(id, out var category) ? category : ErrorCategory.ReadError;

    private static ErrorRecord Make(Exception exception, string id, ErrorCategory category, object? target, string action)
    {
        var record = new ErrorRecord(exception, id, category, target);
        if (action.Length > 0)
            record.ErrorDetails = new ErrorDetails(exception.Message) { RecommendedAction = action };
        return record;
    }
}

using System.Management.Automation;

namespace NsgFlow.Host.Pester;

internal static class Errors
{
    /// <summary>The record as `catch { $_ }` would see it.</summary>
    public static ErrorRecord Of(RuntimeException error) =>
        error.ErrorRecord.Exception is ParentContainsErrorRecordException ? new ErrorRecord(error.ErrorRecord, error) : error.ErrorRecord;
}

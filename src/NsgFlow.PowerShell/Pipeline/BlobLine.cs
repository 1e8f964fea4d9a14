using NsgFlow.Display;
using NsgFlow.Parsing;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>The line that -Verbose has for each blob.</summary>
internal static class BlobLine
{
    public static string Of(FlowBlob blob, in FlowReadCounts counts) =>
        $"{blob.Name}: {FlowFormat.Count(counts.Tuples)} tuples, {FlowFormat.Count(counts.Kept)} passed the filter, {FlowFormat.Size(counts.Bytes)} read, "
        + $"{FlowFormat.Count(counts.Issues)} damaged places";
}

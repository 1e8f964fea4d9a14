using System;
using System.Linq;
using System.Text;

namespace NsgFlow.Saving;

/// <summary>
/// Turns the name of a blob into the path of its copy, relative to the mirror. Names come from a service that others write to, so
/// whatever could leave the folder, reach a device, or mean another file on some system is refused on all of them.
/// </summary>
internal static class MirrorName
{
    /// <summary>What is added to the path of a packed copy.</summary>
    public const string Packed = ".gz";

    /// <summary>What is added to the path of a copy for the file with its blocks.</summary>
    public const string State = ".blocks";

    /// <summary>What is added to a path while the file is written.</summary>
    public const string Partial = ".partial";

    // What file systems give a name of one folder or file, less the endings that are added.
    private const int LongestSegment = 255 - 24;
    private static readonly UTF8Encoding s_strict = new(false, true);
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"];

    /// <summary>The segments of the path.</summary>
    /// <exception cref="NsgFlowException"><c>BlobNameUnsafe</c>.</exception>
    public static string[] Segments(FlowBlob blob)
    {
        var (container, name) = blob.Container is { } own ? (own, blob.Name) : OfFile(blob);
        string[] segments = [container, .. name.Split('/')];
        foreach (var segment in segments)
        {
            if (Fault(segment) is { } fault)
                throw Unsafe(blob, fault);
        }

        return segments;
    }

    /// <summary>A file of another mirror: the container's layout begins where its first folder does.</summary>
    private static (string Container, string Name) OfFile(FlowBlob blob)
    {
        var name = blob.Name.Replace('\\', '/');
        var at = Math.Max(
            name.LastIndexOf("/resourceId=", StringComparison.OrdinalIgnoreCase), name.LastIndexOf("/flowLogResourceID=", StringComparison.OrdinalIgnoreCase));
        return at < 0 || blob.Kind is not { } kind
            ? throw Unsafe(blob, "it is no path of a flow log's blob, from 'resourceId=' or 'flowLogResourceID=' on")
            : (kind == FlowLogKind.Nsg ? Blobs.FlowContainers.Nsg : Blobs.FlowContainers.VirtualNetwork, name.Substring(at + 1));
    }

    /// <summary>Why a segment cannot be a folder's or a file's name; null when it can.</summary>
    private static string? Fault(string segment)
    {
        if (segment.Length == 0)
            return "it has an empty folder name (//)";
        if (segment is "." or "..")
            return "it goes up in the tree ('.' or '..')";
        if (segment.Any(static c => c < ' ' || c is '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' or (>= '\u007F' and <= '\u009F')))
            return "it has a character that no file name may have on every system";
        if (segment[segment.Length - 1] is '.' or ' ')
            return "a part of it ends with a dot or a space, which Windows leaves out";
        if (IsDevice(segment))
            return $"'{segment}' is the name of a device on Windows";
        if (segment.EndsWith(State, StringComparison.OrdinalIgnoreCase) || segment.EndsWith(Partial, StringComparison.OrdinalIgnoreCase))
            return $"it ends as the mirror's own files do ('{State}', '{Partial}')";
        try
        {
            return s_strict.GetByteCount(segment) > LongestSegment ? "a part of it is too long for a file name" : null;
        }
        catch (EncoderFallbackException)
        {
            return "it is no valid text";
        }
    }

    // With any extension, and with spaces before it: "nul .txt" is the device, too.
    private static bool IsDevice(string segment)
    {
        var dot = segment.IndexOf('.');
        var stem = (dot < 0 ? segment : segment.Substring(0, dot)).TrimEnd(' ').ToUpperInvariant();
        return s_devices.Contains(stem)
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
                && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3');
    }

    private static NsgFlowException Unsafe(FlowBlob blob, string why) => new(
        "BlobNameUnsafe",
        $"Blob '{Display.ShownText.Clean(blob.Name)}' is not saved: {why}.",
        "Azure gives flow logs no such names: find out who else writes to the container, and read the blob with Get-NsgFlowRecord if it is meant.");
}

using System;
using System.IO;
using System.Threading;
using NsgFlow.Compat;

namespace NsgFlow.Saving;

/// <summary>The copy of a blob as it was found.</summary>
internal sealed class MirrorCopy
{
    private readonly string _path;

    private MirrorCopy(string path, MirrorState? state, bool wasTouched, string? fault)
    {
        _path = path;
        State = state;
        WasTouched = wasTouched;
        Fault = fault;
    }

    /// <summary>What is known of it; null when there is none, or it cannot be used.</summary>
    public MirrorState? State { get; }

    /// <summary>Whether its time is another one than it was given, so that only its bytes tell whether it is what it was.</summary>
    public bool WasTouched { get; }

    /// <summary>Why it cannot be used; null when it can, or there is none.</summary>
    public string? Fault { get; }

    /// <summary>Looks.</summary>
    /// <exception cref="NsgFlowException"><c>BlobNameCollides</c>.</exception>
    public static MirrorCopy Look(FlowBlob blob, MirrorPlace place)
    {
        var file = new FileInfo(FilePaths.ForOpening(place.Path));
        if (!file.Exists)
            return new(place.Path, null, false, null);
        MirrorState? state;
        try
        {
            state = MirrorState.Read(place.StatePath);
        }
        catch (FormatException e)
        {
            return new(place.Path, null, false, "what was known of the copy cannot be read: " + e.Message);
        }

        if (state is null)
            return new(place.Path, null, false, "nothing was known of the file in its place");
        if (!state.IsOf(blob, place.Container))
            throw MirrorErrors.Taken(blob, place.Path, $"{state.Account}/{state.Container}/{state.Blob}");
        return file.Length == state.FileLength
            ? new(place.Path, state, file.LastWriteTimeUtc != state.Written, null)
            : new(place.Path, null, false, "the copy had another length than it should");
    }

    /// <summary>Whether it is what the blob was when it was listed, so that there is nothing to do.</summary>
    public bool IsCurrent(FlowBlob blob) => State is not null && !WasTouched && State.IsState(blob);

    /// <summary>Whether its bytes are what they were.</summary>
    public bool IsIntact(CancellationToken cancellation)
    {
        using var hashed = new HashedStream(Stream.Null);
        return MirrorPart.TryCopy(_path, State!.Parts, hashed, cancellation);
    }

    /// <summary>What is told of it.</summary>
    public static SavedFlowBlob Result(FlowBlob blob, MirrorPlace place, MirrorState state, SavedFlowBlobStatus status, string? reason, long bytes) => new()
    {
        Path = place.Path,
        Blob = blob.Name,
        Account = blob.Account,
        Container = place.Container,
        Status = status,
        Reason = reason,
        BytesDownloaded = bytes,
        Length = state.Length,
        FileLength = state.FileLength,
        Kind = blob.Kind,
        Target = blob.Target,
        MacAddress = blob.MacAddress,
        Hour = blob.Hour,
        LastModified = state.LastModified,
        IsOpen = blob.IsOpen,
    };
}

using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.PowerShell.Commands;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;
using NsgFlow.Following;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Opens the checkpoint that a parameter names: a URL is a blob, all else a file.</summary>
internal static class CheckpointOpener
{
    /// <param name="cmdlet">Whose paths, and whose access to the account that is read.</param>
    /// <param name="checkpoint">What was given.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="access">Called for a blob only.</param>
    /// <param name="verbose">May be called on any thread.</param>
    /// <param name="cancellation">Ends the opening; afterwards what is being saved gets a few seconds more.</param>
    /// <exception cref="NsgFlowException">The checkpoint's, or the account's.</exception>
    public static Checkpoint Open(
        SourceCmdlet cmdlet, string checkpoint, string question, Func<AzureAccess> access, Action<string> verbose, CancellationToken cancellation) =>
        IsUrl(checkpoint) ? InBlob(cmdlet, checkpoint, question, access, verbose, cancellation) : InFile(cmdlet, checkpoint, question);

    /// <summary>What was given as the target of an error: a URL may carry a SAS.</summary>
    public static string Shown(string checkpoint) => IsUrl(checkpoint) ? checkpoint.Split('?', '#')[0] : checkpoint;

    private static bool IsUrl(string checkpoint) =>
        checkpoint.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || checkpoint.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static Checkpoint InFile(SourceCmdlet cmdlet, string checkpoint, string question)
    {
        // A variable that was never set, in quotes; on Unix a file can have this name.
        if (string.IsNullOrWhiteSpace(checkpoint))
            throw new NsgFlowException("CheckpointUnusable", "The checkpoint has no name: -Checkpoint is blank.", "Give a file, or the URL of a blob.");
        var file = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(checkpoint, out var provider, out _);
        if (provider.ImplementingType != typeof(FileSystemProvider))
            cmdlet.ThrowTerminatingError(FlowErrors.NotFileSystem(checkpoint, provider.Name));
        return Checkpoint.Open(CheckpointFile.Open(Path.GetFullPath(file)), question);
    }

    // In a method of its own, since it needs Azure's packages, which a file does not.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Checkpoint InBlob(
        SourceCmdlet cmdlet, string url, string question, Func<AzureAccess> access, Action<string> verbose, CancellationToken cancellation)
    {
        var connection = new CheckpointConnection(url)
        {
            Reading = cmdlet.ParameterSetName is SourceSets.Storage or SourceSets.ConnectionString ? StorageOpener.Connect(cmdlet, access(), verbose) : null,
            SignIn = () => SignIn(access()),
            Cloud = access().Connection.Cloud,
            Verbose = verbose,
        };
        return Checkpoint.Open(connection.Open(cancellation), question);
    }

    private static AzureSignIn SignIn(AzureAccess access)
    {
        access.Prepare(AzureSignIn.StorageResource);
        return access.Connection.SignIn;
    }
}

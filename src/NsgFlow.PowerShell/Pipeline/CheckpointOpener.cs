using NsgFlow.Following;

namespace NsgFlow.PowerShell.Pipeline;

internal static class CheckpointOpener
{
    public static Checkpoint Open(SourceCmdlet cmdlet, string checkpoint, string question) =>
        Checkpoint.Open(CheckpointFile.Open(cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(checkpoint)), question);
}

namespace NsgFlow.Soak.Judging;

/// <summary>What a reader left.</summary>
/// <param name="Name">For messages.</param>
/// <param name="End">How it ended.</param>
/// <param name="Output">File with what it handed on.</param>
/// <param name="Checkpoint">Copy of the checkpoint as it was then; there is no such file when there was none yet.</param>
internal sealed record ReaderRun(string Name, ReaderEnd End, string Output, string Checkpoint);

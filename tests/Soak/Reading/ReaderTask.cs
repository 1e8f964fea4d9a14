using System;
using System.Text.Json;

namespace NsgFlow.Soak.Reading;

/// <summary>What a reader is to do, as its one argument.</summary>
/// <param name="Account">URL of the account.</param>
/// <param name="Key">The account's key.</param>
/// <param name="Clock">File of the clock.</param>
/// <param name="Checkpoint">File of the checkpoint.</param>
/// <param name="Output">File it writes to.</param>
/// <param name="Figures">File it counts in.</param>
/// <param name="Pause">Between two polls.</param>
/// <param name="Work">What it takes to hand on a batch.</param>
internal sealed record ReaderTask(string Account, string Key, string Clock, string Checkpoint, string Output, string Figures, TimeSpan Pause, TimeSpan Work)
{
    public string ToText() => JsonSerializer.Serialize(this);

    public static ReaderTask Parse(string text) => JsonSerializer.Deserialize<ReaderTask>(text) ?? throw new ArgumentException("The task is null.", nameof(text));
}

using System.Collections;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Questions of the catalogue, each with what it answers.</summary>
internal sealed class QuestionCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
        AnalyticsQuestions.All.Select(static one => (one.Name, (string?)(one.NeedsAddress ? one.Description + " Needs -Address." : one.Description)));
}

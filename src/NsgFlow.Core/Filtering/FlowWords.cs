using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>
/// The words people and logs use for directions, decisions and states: the letters of the tuples, the words of the portal,
/// of Traffic Analytics, and of other clouds' tools. Case does not matter.
/// </summary>
public static class FlowWords
{
    private static readonly Dictionary<string, FlowDirection> _directions = Table(
        (FlowDirection.Inbound, "I In Inbound Ingress"),
        (FlowDirection.Outbound, "O Out Outbound Egress"));

    private static readonly Dictionary<string, FlowDecision> _decisions = Table(
        (FlowDecision.Allow, "A Allow Allowed Accept Accepted Forwarded"),
        (FlowDecision.Deny, "D Deny Denied Drop Dropped Block Blocked Reject Rejected"));

    private static readonly Dictionary<string, FlowState> _states = Table(
        (FlowState.Begin, "B Begin Began"),
        (FlowState.Continue, "C Continue Continuing"),
        (FlowState.End, "E End Ended"),
        (FlowState.Deny, "D Deny Denied"));

    /// <summary>Reads a direction.</summary>
    /// <param name="text">A letter or word.</param>
    /// <param name="direction">What it means.</param>
    /// <param name="error">Why it means nothing, as a sentence for people; null on success.</param>
    public static bool TryParseDirection(string? text, out FlowDirection direction, out string? error) =>
        TryFind(_directions, text, "a direction: give Inbound (I, In, Ingress) or Outbound (O, Out, Egress)", out direction, out error);

    /// <summary>Reads a decision.</summary>
    /// <param name="text">A letter or word.</param>
    /// <param name="decision">What it means.</param>
    /// <param name="error">Why it means nothing, as a sentence for people; null on success.</param>
    public static bool TryParseDecision(string? text, out FlowDecision decision, out string? error) =>
        TryFind(_decisions, text, "a decision: give Allow (A, Allowed) or Deny (D, Denied)", out decision, out error);

    /// <summary>Reads a flow state.</summary>
    /// <param name="text">A letter or word.</param>
    /// <param name="state">What it means; never <see cref="FlowState.None"/>.</param>
    /// <param name="error">Why it means nothing, as a sentence for people; null on success.</param>
    public static bool TryParseState(string? text, out FlowState state, out string? error) =>
        TryFind(_states, text, "a flow state: give Begin (B), Continue (C), End (E) or Deny (D)", out state, out error);

    private static bool TryFind<T>(Dictionary<string, T> table, string? text, string expected, out T value, out string? error)
    {
        var trimmed = (text ?? string.Empty).Trim();
        var isFound = table.TryGetValue(trimmed, out value!);
        error = isFound ? null : $"{Shown.Text(trimmed)} is not {expected}.";
        return isFound;
    }

    private static Dictionary<string, T> Table<T>(params (T Value, string Words)[] rows)
    {
        var table = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (value, words) in rows)
        {
            foreach (var word in words.Split(' '))
            {
                table.Add(word, value);
            }
        }

        return table;
    }
}

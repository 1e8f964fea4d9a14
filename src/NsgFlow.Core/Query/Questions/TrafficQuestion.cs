using System;

namespace NsgFlow.Query;

/// <summary>A question that Microsoft's documentation asks of the tables of Traffic Analytics; see <see cref="AnalyticsQuestions"/>.</summary>
public sealed class TrafficQuestion
{
    private readonly Func<AnalyticsQuestion, KqlScript, string> _body;

    internal TrafficQuestion(string name, string description, Func<AnalyticsQuestion, KqlScript, string> body)
    {
        Name = name;
        Description = description;
        _body = body;
    }

    /// <summary>One word (<c>SubnetTraffic</c>).</summary>
    public string Name { get; }

    /// <summary>What it answers, in a sentence.</summary>
    public string Description { get; }

    /// <summary>Whether it is about addresses that have to be named: the question's <c>Filter.Address</c>.</summary>
    public bool NeedsAddress { get; internal init; }

    /// <summary>Whether it is about flows, so that all of a filter counts; else about public addresses as such, of which only the time and the address count.</summary>
    public bool IsOfFlows { get; internal init; } = true;

    /// <summary>The KQL.</summary>
    /// <param name="question">Of which tables and flows.</param>
    /// <exception cref="NsgFlowException"><c>AddressMissing</c>; <c>AnalyticsCannotAnswer</c>: the tables cannot.</exception>
    public string Kql(AnalyticsQuestion question)
    {
        if (question is null)
        {
            throw new ArgumentNullException(nameof(question));
        }

        if (NeedsAddress && question.Filter.Address is null)
        {
            throw new NsgFlowException(
                "AddressMissing", $"The question {Name} is about addresses, and none is named.", "Name one with -Address: an address, a prefix (10.0.0.0/24) or a range.");
        }

        if (!IsOfFlows && !question.Filter.Scope.IsEverything)
        {
            throw AnalyticsLimits.CannotAnswer(
                $"the question {Name} for a part of the network", "what it knows of public addresses is not told for each network", "Leave the network out; or ask Resolve-NsgAddress, which tells what is known of an address.");
        }

        var script = new KqlScript();
        return script.Text(_body(question, script));
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}

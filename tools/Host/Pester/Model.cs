using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>What Block and Test share: where they were written, and how they were asked to be.</summary>
internal abstract class Node(string name, Block? parent, ScriptBlock? body)
{
    public string Name { get; } = name;

    public string ExpandedName { get; set; } = name;

    public Block? Parent { get; } = parent;

    public ScriptBlock? Body { get; } = body;

    public string[] Tags { get; init; } = [];

    public bool Skip { get; init; }

    /// <summary>The one item of -ForEach this was made for.</summary>
    public object? Data { get; init; }

    public bool HasData { get; init; }

    public bool IsSkipped => Skip || Parent is { IsSkipped: true };

    public IEnumerable<string> AllTags => Parent is null ? Tags : Tags.Concat(Parent.AllTags);

    public string ExpandedPath => Parent is null or { Parent: null } ? ExpandedName : $"{Parent.ExpandedPath}.{ExpandedName}";
}

/// <summary>A Describe or Context; the file itself is the outermost one.</summary>
internal sealed class Block(string name, Block? parent, ScriptBlock? body, string keyword) : Node(name, parent, body)
{
    public string Keyword { get; } = keyword;

    public List<Node> Children { get; } = [];

    public Dictionary<Hook, List<ScriptBlock>> Hooks { get; } = Enum.GetValues<Hook>().ToDictionary(h => h, _ => new List<ScriptBlock>());

    public IEnumerable<TestCase> Tests => Children.SelectMany(c => c is Block block ? block.Tests : [(TestCase)c]);
}

internal enum Hook
{
    BeforeAll,
    BeforeEach,
    AfterEach,
    AfterAll,
}

internal sealed class TestCase(string name, Block parent, ScriptBlock body) : Node(name, parent, body)
{
    /// <summary>False when -Tag or -ExcludeTag left it out; it is then not counted at all.</summary>
    public bool Wanted { get; set; } = true;
}

/// <summary>What became of one test; part of what `Invoke-Pester -PassThru` gives.</summary>
public sealed record TestResult(string Name, string ExpandedPath, string Result, TimeSpan Duration, ErrorRecord? ErrorRecord, string? Reason)
{
    public const string Passed = nameof(Passed);
    public const string Failed = nameof(Failed);
    public const string Skipped = nameof(Skipped);
}

/// <summary>What `Invoke-Pester -PassThru` gives.</summary>
public sealed class PesterRun
{
    private readonly List<TestResult> _tests = [];

    public IReadOnlyList<TestResult> Tests => _tests;

    public IReadOnlyList<TestResult> Failed => _tests.FindAll(t => t.Result == TestResult.Failed);

    public int PassedCount => Count(TestResult.Passed);

    public int FailedCount => Count(TestResult.Failed);

    public int SkippedCount => Count(TestResult.Skipped);

    public int TotalCount => _tests.Count;

    public string Result => FailedCount > 0 ? TestResult.Failed : TestResult.Passed;

    public TimeSpan Duration { get; internal set; }

    public override string ToString() => $"{PassedCount} passed, {FailedCount} failed, {SkippedCount} skipped";

    internal void Add(TestResult result) => _tests.Add(result);

    private int Count(string result) => _tests.Count(t => t.Result == result);
}

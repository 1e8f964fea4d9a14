using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>Discovers one test file and runs what it found.</summary>
internal sealed class Runner(PSCmdlet cmdlet, PesterRun run, Report report, Func<Node, bool> wanted)
{
    private static readonly string ScriptScope = Path.Combine(AppContext.BaseDirectory, "Pester", "TestFile.ps1");

    public void RunFile(string path)
    {
        report.File(path);
        var failure = Try(() => Scopes.InScript(cmdlet, ScriptScope, () => InFile(path)));
        if (failure is not null)
            AddFailure(path, failure);
    }

    private void InFile(string path)
    {
        var root = new Block(path, null, null, "File");
        var outer = Discovery.Open;
        Discovery.Open = root;
        var failure = Try(() => Scopes.Here(cmdlet, ScriptBlock.Create($"& '{path.Replace("'", "''", StringComparison.Ordinal)}'")));
        Discovery.Open = null;
        try
        {
            if (failure is not null)
            {
                AddFailure(path, failure);
                return;
            }

            foreach (var test in root.Tests)
                test.Wanted = wanted(test);
            using var drive = new TestDrive(cmdlet.SessionState);
            RunBlock(root, drive);
        }
        finally
        {
            Discovery.Open = outer;
        }
    }

    private void RunBlock(Block block, TestDrive drive)
    {
        var tests = block.Tests.Where(t => t.Wanted).ToList();
        if (tests.Count == 0)
            return;
        Scopes.InNew(cmdlet, () =>
        {
            Discovery.SetVariables(cmdlet.SessionState, block);
            block.ExpandedName = Template.Expand(cmdlet, block.Name);
            report.Block(block);
            var before = drive.Contents();
            var active = tests.Any(t => !t.IsSkipped);
            var failure = active ? RunHooks(block, Hook.BeforeAll) : null;
            foreach (var child in block.Children)
            {
                if (failure is not null)
                    FailAll(child, failure);
                else if (child is Block inner)
                    RunBlock(inner, drive);
                else
                    RunTest((TestCase)child);
            }

            if (active && RunHooks(block, Hook.AfterAll) is { } afterwards)
                AddFailure($"AfterAll of {block.ExpandedName}", afterwards, block);
            if (Try(() => drive.RemoveAllBut(before)) is { } notCleaned)
                AddFailure($"TestDrive of {block.ExpandedName}", notCleaned, block);
        });
    }

    private void RunTest(TestCase test)
    {
        if (!test.Wanted)
            return;
        Scopes.InNew(cmdlet, () =>
        {
            Discovery.SetVariables(cmdlet.SessionState, test);
            var watch = Stopwatch.StartNew();
            ErrorRecord? failure = null;
            if (!test.IsSkipped)
            {
                // From the outside in; what they set is there in the test, since all of them share this scope.
                var blocks = Ancestors(test).Reverse().ToList();
                failure = blocks.Select(b => RunHooks(b, Hook.BeforeEach)).FirstOrDefault(f => f is not null);
                test.ExpandedName = Template.Expand(cmdlet, test.Name);
                failure ??= Try(() => Scopes.Here(cmdlet, test.Body!));
                foreach (var block in Ancestors(test))
                {
                    var afterwards = RunHooks(block, Hook.AfterEach);
                    failure = failure is null || IsSkip(failure) ? afterwards ?? failure : failure;
                }
            }
            else
            {
                test.ExpandedName = Template.Expand(cmdlet, test.Name);
            }

            var skipped = test.IsSkipped || (failure is not null && IsSkip(failure));
            var result = skipped ? TestResult.Skipped : failure is null ? TestResult.Passed : TestResult.Failed;
            var reason = skipped ? failure?.Exception.Message : null;
            Add(test, new TestResult(test.ExpandedName, test.ExpandedPath, result, watch.Elapsed, skipped ? null : failure, reason));
        });
    }

    private static bool IsSkip(ErrorRecord error) =>
        error.FullyQualifiedErrorId.StartsWith(SetItResultCommand.ErrorId + ",", StringComparison.Ordinal);

    private static IEnumerable<Block> Ancestors(Node node)
    {
        for (var block = node.Parent; block is not null; block = block.Parent)
            yield return block;
    }

    private ErrorRecord? RunHooks(Block block, Hook hook)
    {
        foreach (var body in block.Hooks[hook])
        {
            if (Try(() => Scopes.Here(cmdlet, body)) is { } failure)
                return failure;
        }

        return null;
    }

    private void FailAll(Node node, ErrorRecord failure)
    {
        foreach (var test in node is Block block ? block.Tests : [(TestCase)node])
        {
            if (!test.Wanted)
                continue;
            var result = test.IsSkipped ? TestResult.Skipped : TestResult.Failed;
            Add(test, new TestResult(test.Name, test.ExpandedPath, result, TimeSpan.Zero, test.IsSkipped ? null : failure, null));
        }
    }

    private void AddFailure(string name, ErrorRecord failure, Node? node = null) =>
        Add(node, new TestResult(name, node is null ? name : $"{node.ExpandedPath}.{name}", TestResult.Failed, TimeSpan.Zero, failure, null));

    private void Add(Node? node, TestResult result)
    {
        run.Add(result);
        report.Test(result, node);
    }

    // Everything fails the test that did it, `exit` and a stray `break` too; only Ctrl+C goes through.
    private static ErrorRecord? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            return Errors.Of(e);
        }
        catch (FlowControlException e)
        {
            var how = e.GetType().Name.Replace("Exception", "", StringComparison.Ordinal).ToLowerInvariant();
            return new ErrorRecord(new InvalidOperationException($"The script left by {how}."), "LeftTest", ErrorCategory.InvalidOperation, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return new ErrorRecord(e, e.GetType().Name, ErrorCategory.NotSpecified, null);
        }
    }
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>
/// Lists flow logs. They lie in network watchers, one in each region of each subscription, and Azure lists them by watcher only.
/// <para>Calls: those of one question of <see cref="IResourceFinder"/> for the watchers, and one for each watcher (one more for each further page),
/// at most <see cref="MostAtOnce"/> at a time. So 20 subscriptions with 30 regions each are about 600, however many targets are asked for.</para>
/// </summary>
public sealed class FlowLogLister
{
    /// <summary>The most watchers that are asked at the same time.</summary>
    public const int MostAtOnce = 8;

    private readonly IArm _arm;
    private readonly IResourceFinder _finder;

    /// <summary>Makes a lister.</summary>
    public FlowLogLister(IArm arm, IResourceFinder finder)
    {
        _arm = arm ?? throw new ArgumentNullException(nameof(arm));
        _finder = finder ?? throw new ArgumentNullException(nameof(finder));
    }

    /// <summary>How many watchers the last listing asked; tells an empty answer from one that nobody gave.</summary>
    public int WatchersAsked { get; private set; }

    /// <summary>The flow logs that a question asks for, as they are enumerated, in the order of their watchers.</summary>
    /// <param name="question">Which.</param>
    /// <param name="failed">Told what could not be listed, or not be found, and why; the rest still comes. Called on the thread that enumerates.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NsgFlowException">The watchers cannot be found.</exception>
    public IEnumerable<FlowLog> List(FlowLogChoice question, Action<string, NsgFlowException> failed, CancellationToken cancellation)
    {
        if (question is null)
            throw new ArgumentNullException(nameof(question));
        if (failed is null)
            throw new ArgumentNullException(nameof(failed));
        return Listed(question, failed, cancellation);
    }

    private IEnumerable<FlowLog> Listed(FlowLogChoice question, Action<string, NsgFlowException> failed, CancellationToken cancellation)
    {
        WatchersAsked = 0;
        var isComplete = true;
        var unmet = question.Selectors.Where(static selector => selector.Literal is not null).ToList();
        foreach (var log in All(question, (watcher, failure) => { isComplete = false; failed(watcher, failure); }, cancellation))
        {
            unmet.RemoveAll(selector => selector.Matches(log));
            if (question.Matches(log))
                yield return log;
        }

        // What could not be listed may be in the watcher that failed.
        foreach (var selector in isComplete ? unmet : [])
            failed(selector.Text, NotFound(selector, question));
    }

    private IEnumerable<FlowLog> All(FlowLogChoice question, Action<string, NsgFlowException> failed, CancellationToken cancellation)
    {
        var watchers = _finder.Find(new ResourceQuestion { Kind = ResourceKind.NetworkWatcher, Subscriptions = question.SubscriptionsToAsk }, cancellation)
            .Where(watcher => question.Asks(watcher.Location));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = new Queue<(ArmResource Watcher, Task<List<FlowLog>> Logs)>();
        try
        {
            foreach (var watcher in watchers)
            {
                running.Enqueue((watcher, Start(watcher, ending.Token)));
                WatchersAsked++;
                if (running.Count < MostAtOnce)
                    continue;
                foreach (var log in Next())
                    yield return log;
            }

            while (running.Count > 0)
            {
                foreach (var log in Next())
                    yield return log;
            }
        }
        finally
        {
            ending.Cancel();
        }

        List<FlowLog> Next()
        {
            var (watcher, logs) = running.Dequeue();
            try
            {
                logs.Wait(cancellation);
                return logs.Result;
            }
            catch (AggregateException e) when (e.InnerException is NsgFlowException failure)
            {
                // Resource Graph knows a watcher for some minutes after it is gone.
                if (failure.ErrorId != "ResourceNotFound")
                    failed(watcher.Id, failure);
                return [];
            }
        }
    }

    // A thread of its own, since IArm blocks it: the pool's are needed for the answers.
    private Task<List<FlowLog>> Start(ArmResource watcher, CancellationToken cancellation) => Task.Factory.StartNew(
        () => _arm.List(watcher.Id.TrimEnd('/') + "/flowLogs", ResourceKind.FlowLog.ApiVersion, cancellation).Select(static row => new FlowLog(row)).ToList(),
        cancellation,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static NsgFlowException NotFound(FlowLogSelector selector, FlowLogChoice question)
    {
        var name = FlowLogSelector.IsId(selector.Text) ? new ResourceId(selector.Text).Name : selector.Text;
        var action = "Get-NsgFlowLog without names lists all that you may see";
        if (selector.IsNsg)
            action += $"; an NSG can get none any more (since 2025-06-30), and Enable-NsgFlowLog -Nsg {NsgRetirement.Quoted(selector.Text)} gives the command that logs its virtual network";
        else if (selector.What != "flow log")
            action += "; Enable-NsgFlowLog creates one";
        var narrowing = Narrowing(question).ToList();
        if (narrowing.Count > 0)
            action += $". The search is narrowed by {string.Join(" and ", narrowing)}";
        return new NsgFlowException("FlowLogNotFound", selector.What == "flow log" ? $"There is no flow log '{name}'." : $"There is no flow log of {selector.What} '{name}'.", action + ".");
    }

    private static IEnumerable<string> Narrowing(FlowLogChoice question)
    {
        if (question.Locations.Count > 0)
            yield return "-Location";
        if (question.Kind is not null)
            yield return "-Kind";
        if (question.ResourceGroups.Count > 0)
            yield return "-ResourceGroupName";
    }
}

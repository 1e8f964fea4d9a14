using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Answers that may come late: who asks waits a little, and gets what is there; who asks again gets the rest.</summary>
internal sealed class LateNames
{
    private const int Most = 200;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _life = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _lifeOfFailure = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, Answer> _answers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that a question brought, not older than five minutes; none while they are not there, or when they could not be had.</summary>
    public IReadOnlyList<(string Name, string? Tip)> Get(string key, Func<CancellationToken, IReadOnlyList<(string Name, string? Tip)>> ask)
    {
        Answer answer;
        lock (_answers)
        {
            if (!_answers.TryGetValue(key, out answer!) || answer.IsOld)
            {
                if (_answers.Count >= Most)
                    _answers.Clear();
                _answers[key] = answer = new Answer(ask);
            }
        }

        return answer.Within(_patience);
    }

    private sealed class Answer
    {
        private readonly Task<IReadOnlyList<(string Name, string? Tip)>> _task;
        private readonly DateTime _made = DateTime.UtcNow;

        // On a thread of its own, since requests block; its failure is looked at by nobody, a Tab is silent.
        public Answer(Func<CancellationToken, IReadOnlyList<(string Name, string? Tip)>> ask) => _task = Task.Factory.StartNew(
            () =>
            {
                using var limit = new CancellationTokenSource(_limit);
                return ask(limit.Token);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        public bool IsOld => DateTime.UtcNow - _made > (_task.IsFaulted || _task.IsCanceled ? _lifeOfFailure : _life);

        public IReadOnlyList<(string Name, string? Tip)> Within(TimeSpan patience)
        {
            Task.WaitAny([_task], patience);
            return _task.Status == TaskStatus.RanToCompletion ? _task.Result : [];
        }
    }
}

using System;
using System.Diagnostics;
using System.Threading;
using Xunit;

namespace NsgFlow.Unit.Reading;

/// <summary>Waits that end: a test of hanging things must not hang itself.</summary>
internal static class Waiting
{
    /// <summary>What counts as at once on a busy machine. What it is told from hangs for ever.</summary>
    public static readonly TimeSpan Promptly = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    /// <summary>Waits until it is so, and fails when it does not come so.</summary>
    public static void Until(Func<bool> condition, string what, TimeSpan? longest = null)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < (longest ?? _longest), "In vain waited for: " + what);
            Thread.Sleep(5);
        }
    }

    /// <summary>Waits until a number has stayed the same for a while, and gives it. (A while is many looks, not a time: a machine can stand still, too.)</summary>
    public static int Still(Func<int> number)
    {
        var last = -1;
        var looks = 0;
        Until(
            () =>
            {
                var now = number();
                looks = now == last ? looks + 1 : 0;
                last = now;
                return looks == 60;
            },
            "a number that stays the same");
        return last;
    }

    /// <summary>Does something on a thread of its own.</summary>
    public static Doing Start(Action action) => new(action);

    /// <summary>Something being done on a thread of its own.</summary>
    internal sealed class Doing
    {
        private readonly Thread _thread;
        private Exception? _exception;

        public Doing(Action action)
        {
            _thread = new Thread(() => _exception = Record.Exception(action)) { IsBackground = true };
            _thread.Start();
        }

        /// <summary>Waits for the end, and gives the exception it ended with.</summary>
        public Exception? End(TimeSpan? longest = null)
        {
            Assert.True(_thread.Join(longest ?? _longest), "It did not end.");
            return _exception;
        }
    }
}

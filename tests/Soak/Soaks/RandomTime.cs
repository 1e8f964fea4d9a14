using System;
using System.Threading.Tasks;

namespace NsgFlow.Soak.Soaks;

/// <summary>When readers end: at any time, and more often while they read what has come in the meantime, which is soon after they began.</summary>
internal static class RandomTime
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);

    /// <param name="random">Chance.</param>
    /// <param name="chain">Whose readers.</param>
    /// <param name="reader">The one that runs.</param>
    /// <param name="mean">How long, on average.</param>
    public static async Task PassAsync(Random random, ReaderChain chain, Child reader, TimeSpan mean)
    {
        var kind = random.Next(4);
        if (kind > 0)
            await chain.WaitForOutputAsync(reader).ConfigureAwait(false);

        // The sooner, the likelier.
        await Task.Delay(kind > 1 ? Math.Pow(random.NextDouble(), 3) * s_soon : 2 * random.NextDouble() * mean).ConfigureAwait(false);
    }
}

using System;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Soak.Soaks;

/// <summary>
/// When readers end: at any time, and more often when it is dangerous: while they read what has come in the meantime, which is soon after they began, and just when
/// the checkpoint has been saved.
/// </summary>
internal static class RandomTime
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_atOnce = TimeSpan.FromMilliseconds(3);

    /// <param name="random">Chance.</param>
    /// <param name="chain">Whose readers.</param>
    /// <param name="reader">The one that runs.</param>
    /// <param name="mean">How long, on average.</param>
    public static async Task PassAsync(Random random, ReaderChain chain, Child reader, TimeSpan mean)
    {
        var any = 2 * random.NextDouble() * mean;
        switch (random.Next(6))
        {
            case 0:
                await Task.Delay(any).ConfigureAwait(false);
                break;
            case 1:
                await chain.WaitForOutputAsync(reader).ConfigureAwait(false);
                await Task.Delay(any).ConfigureAwait(false);
                break;
            case 2 or 3:
                // The sooner, the likelier.
                await chain.WaitForOutputAsync(reader).ConfigureAwait(false);
                await Task.Delay(Math.Pow(random.NextDouble(), 3) * s_soon).ConfigureAwait(false);
                break;
            default:
                await chain.WaitForOutputAsync(reader).ConfigureAwait(false);
                chain.WaitForSave(reader, any);
                Thread.Sleep(random.NextDouble() * s_atOnce);
                break;
        }
    }
}

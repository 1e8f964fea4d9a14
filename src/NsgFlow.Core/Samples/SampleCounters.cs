namespace NsgFlow.Samples;

/// <summary>Draws what a Continue or End tuple counted since the one before.</summary>
internal static class SampleCounters
{
    private const int Headers = 54;

    public static void Fill(ref SampleRow row, TrafficKind kind, SampleRandom random)
    {
        var roll = random.Next(64);
        if (roll < 3)
        {
            // Idle since the last update: real logs write zeros.
            return;
        }

        if (roll < 6 && !kind.Udp && row.State == FlowState.End)
        {
            // One packet, unanswered.
            row.PacketsSent = 1;
            row.BytesSent = 74;
            return;
        }

        var more = row.State == FlowState.Continue ? 2 : 0;
        row.PacketsSent = 1 + random.Skewed(kind.SentBits + more);
        row.BytesSent = row.PacketsSent * (Headers + random.Next(kind.SentSize));
        row.PacketsReceived = 1 + random.Skewed(kind.ReceivedBits + more);
        row.BytesReceived = row.PacketsReceived * (Headers + random.Next(kind.ReceivedSize));
        if (row.State == FlowState.Continue && !kind.Udp && random.Next(8192) == 0)
        {
            // A few carry most of the bytes, and some more than 32 bits can count.
            row.PacketsReceived = 1_000_000 + random.Next(4_000_000);
            row.BytesReceived = row.PacketsReceived * (1000 + random.Next(460));
        }
    }
}

using System.Text;

namespace NsgFlow.Samples;

/// <summary>Writes the model's tuples as text, quotes included.</summary>
internal sealed class TupleWriter
{
    /// <summary>Longer than any tuple: two IPv6 addresses, four counters, and the rest.</summary>
    private const int Longest = 320;

    private static readonly byte[] _notRecorded = Encoding.ASCII.GetBytes(",,,,");
    private static readonly byte[] _encrypted = Encoding.ASCII.GetBytes(",X");
    private static readonly byte[] _unencrypted = Encoding.ASCII.GetBytes(",NX");

    private readonly SampleAddresses _addresses;
    private readonly FlowSampleFormat _format;
    private readonly long _start;

    /// <param name="addresses">Text of the addresses.</param>
    /// <param name="format">The log format.</param>
    /// <param name="start">The sample's start in Unix milliseconds.</param>
    public TupleWriter(SampleAddresses addresses, FlowSampleFormat format, long start)
    {
        _addresses = addresses;
        _format = format;
        _start = start;
    }

    public void Write(ByteBuffer text, in SampleRow row, in SampleSession session, bool inbound)
    {
        text.Reserve(Longest);
        if (text.Length > 0)
        {
            text.Add((byte)',');
        }

        var kind = session.Kind;
        var isVNet = _format == FlowSampleFormat.VNet4;
        text.Add((byte)'"');
        if (isVNet)
        {
            text.AddDigits(_start + row.Time, 13);
        }
        else
        {
            text.AddDigits((_start + row.Time) / 1000, 10);
        }

        text.Add((byte)',');
        text.Add(_addresses.Text(session.Source));
        text.Add((byte)',');
        text.Add(_addresses.Text(session.Destination));
        text.Add((byte)',');
        text.AddNumber(session.SourcePort);
        text.Add((byte)',');
        text.AddNumber(session.DestinationPort);
        text.Add((byte)',');
        if (isVNet)
        {
            text.AddNumber(kind.Udp ? 17 : 6);
        }
        else
        {
            text.Add((byte)(kind.Udp ? 'U' : 'T'));
        }

        text.Add((byte)',');
        text.Add((byte)(inbound ? 'I' : 'O'));
        if (isVNet)
        {
            EndVNet(text, row, session.Encrypted);
        }
        else
        {
            EndNsg(text, row, kind.Denied);
        }

        text.Add((byte)'"');
    }

    private static void EndVNet(ByteBuffer text, in SampleRow row, bool encrypted)
    {
        text.Add((byte)',');
        text.Add(Letter(row.State));
        text.Add(encrypted ? _encrypted : _unencrypted);
        Counters(text, row);
    }

    private void EndNsg(ByteBuffer text, in SampleRow row, bool denied)
    {
        text.Add((byte)',');
        text.Add((byte)(denied ? 'D' : 'A'));
        if (_format == FlowSampleFormat.Nsg1)
        {
            return;
        }

        // A denied flow is one that began, as far as an NSG log's state goes.
        text.Add((byte)',');
        text.Add(denied ? (byte)'B' : Letter(row.State));
        if (row.State is FlowState.Continue or FlowState.End)
        {
            Counters(text, row);
        }
        else
        {
            text.Add(_notRecorded);
        }
    }

    private static byte Letter(FlowState state) => state switch
    {
        FlowState.Begin => (byte)'B',
        FlowState.Continue => (byte)'C',
        FlowState.End => (byte)'E',
        _ => (byte)'D',
    };

    private static void Counters(ByteBuffer text, in SampleRow row)
    {
        text.Add((byte)',');
        text.AddNumber(row.PacketsSent);
        text.Add((byte)',');
        text.AddNumber(row.BytesSent);
        text.Add((byte)',');
        text.AddNumber(row.PacketsReceived);
        text.Add((byte)',');
        text.AddNumber(row.BytesReceived);
    }
}

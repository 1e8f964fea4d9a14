using System;
using System.Collections.Generic;
using System.Threading;

namespace NsgFlow.Samples;

/// <summary>
/// Makes a sample's blobs in memory, one at a time, as the blocks Azure would have appended: for upload to a storage account.
/// Files are <see cref="FlowSampleWriter"/>'s business.
/// </summary>
public sealed class FlowSampleGenerator
{
    private readonly FlowSampleOptions _options;
    private SampleRun? _run;

    /// <summary>Makes a generator.</summary>
    /// <param name="options">What sample to make.</param>
    /// <exception cref="ArgumentException">The options ask for what cannot be made.</exception>
    public FlowSampleGenerator(FlowSampleOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        options.Validate();
    }

    /// <summary>What the blobs given so far hold; complete when the enumeration is.</summary>
    public FlowSampleTruth Truth => _run is null
        ? new SampleCounter().ToTruth(_options, SampleRun.Macs(_options), path: null)
        : _run.ToTruth(path: null);

    /// <summary>
    /// Makes the blobs in order of hour and network interface; never more than one is kept. Each enumeration starts anew.
    /// </summary>
    /// <param name="cancellation">Ends the work.</param>
    public IEnumerable<FlowSampleBlob> Generate(CancellationToken cancellation = default)
    {
        var run = new SampleRun(_options);
        var sink = new Collector();
        _run = run;
        foreach (var name in run.Write(sink, cancellation))
        {
            if (name is not null)
            {
                yield return sink.Take();
            }
        }
    }

    private sealed class Collector : ISampleSink
    {
        private string _container = string.Empty;
        private string _name = string.Empty;
        private List<FlowSampleBlock> _blocks = [];

        public void Open(string container, string blob)
        {
            _container = container;
            _name = blob;
        }

        public void Block(string id, byte[] bytes, int count)
        {
            var content = new byte[count];
            Buffer.BlockCopy(bytes, 0, content, 0, count);
            _blocks.Add(new FlowSampleBlock(id, content));
        }

        public void Close()
        {
        }

        public FlowSampleBlob Take()
        {
            var blob = new FlowSampleBlob(_container, _name, _blocks.AsReadOnly());
            _blocks = [];
            return blob;
        }
    }
}

using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;

namespace NsgFlow.Soak.Reading;

/// <summary>The network, with its requests counted: repeated ones, too.</summary>
internal sealed class CountingTransport(ReaderFigures figures) : HttpClientTransport
{
    public override void Process(HttpMessage message)
    {
        figures.CountRequest();
        base.Process(message);
    }

    public override ValueTask ProcessAsync(HttpMessage message)
    {
        figures.CountRequest();
        return base.ProcessAsync(message);
    }
}

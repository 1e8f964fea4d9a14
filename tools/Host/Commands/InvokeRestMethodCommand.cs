using System;
using System.Collections;
using System.Management.Automation;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;

namespace NsgFlow.Host.Commands;

/// <summary>Sends a text and writes the text of the answer, which the real one would read as JSON.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "RestMethod")]
public sealed class InvokeRestMethodCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    [Parameter(Position = 0, Mandatory = true)]
    public Uri Uri { get; set; } = null!;

    [Parameter]
    public string Method { get; set; } = "Get";

    [Parameter]
    public IDictionary? Headers { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public string? Body { get; set; }

    [Parameter]
    public string? ContentType { get; set; }

    [Parameter]
    public int TimeoutSec { get; set; }

    /// <summary>0: a redirect is an error.</summary>
    [Parameter]
    public int MaximumRedirection { get; set; } = 5;

    public void Dispose() => _stop.Dispose();

    protected override void ProcessRecord()
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = MaximumRedirection > 0, MaxAutomaticRedirections = Math.Max(MaximumRedirection, 1) };
        using var client = new HttpClient(handler) { Timeout = TimeoutSec > 0 ? TimeSpan.FromSeconds(TimeoutSec) : Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Parse(Method), Uri);
        if (Body is not null)
        {
            request.Content = new StringContent(Body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType ?? "application/x-www-form-urlencoded");
        }

        foreach (DictionaryEntry header in Headers ?? new Hashtable())
            request.Headers.TryAddWithoutValidation(header.Key.ToString()!, header.Value?.ToString());
        try
        {
            using var response = client.Send(request, _stop.Token);
            response.EnsureSuccessStatusCode();
            WriteObject(response.Content.ReadAsStringAsync(_stop.Token).GetAwaiter().GetResult());
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            ThrowTerminatingError(new ErrorRecord(failure, "WebCmdletWebResponseException", ErrorCategory.InvalidOperation, request));
        }
    }

    protected override void StopProcessing() => _stop.Cancel();
}

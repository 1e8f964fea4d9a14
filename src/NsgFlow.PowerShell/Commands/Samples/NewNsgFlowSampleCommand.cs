using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using NsgFlow.Blobs;
using NsgFlow.Display;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Samples;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Writes folders of made-up but realistic flow logs, shaped like Azure's containers, and says what is in them.</summary>
[Cmdlet(VerbsCommon.New, "NsgFlowSample", SupportsShouldProcess = true)]
[OutputType(typeof(FlowSampleTruth))]
public sealed class NewNsgFlowSampleCommand : Pipeline.CancellableCmdlet
{
    private static readonly FlowSampleOptions _defaults = new();

    private DateTime _startTime = _defaults.StartTime;

    /// <summary>Folder to write to; made when it is not there.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The same seed gives the same bytes.</summary>
    [Parameter]
    public int Seed { get; set; } = _defaults.Seed;

    /// <summary>Hours of logs, hence blobs of each network interface.</summary>
    [Parameter]
    [ValidateRange(1, FlowSampleOptions.MostHours)]
    public int Hours { get; set; } = _defaults.Hours;

    /// <summary>Number of network interfaces.</summary>
    [Parameter]
    [Alias("NetworkInterface")]
    [ValidateRange(1, FlowSampleOptions.MostNics)]
    public int Nic { get; set; } = _defaults.Nic;

    /// <summary>Tuples a minute that each network interface logs on average.</summary>
    [Parameter]
    [ValidateRange(1, FlowSampleOptions.MostTuplesPerMinute)]
    public int TuplesPerMinute { get; set; } = _defaults.TuplesPerMinute;

    /// <summary>Log format: NSG version 1 or 2, or VNet version 4.</summary>
    [Parameter]
    public FlowSampleFormat Format { get; set; } = _defaults.Format;

    /// <summary>Whose traffic.</summary>
    [Parameter]
    public FlowSampleScenario Scenario { get; set; } = _defaults.Scenario;

    /// <summary>First hour: a whole hour, UTC.</summary>
    [Parameter]
    [TimeTransformation]
    public DateTime StartTime { get => _startTime; set => _startTime = value; }

    /// <summary>Name of the network security group in the logs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Nsg { get; set; } = _defaults.Nsg;

    /// <summary>Name of the virtual network in the logs.</summary>
    [Parameter]
    [Alias("VNet")]
    [ValidateNotNullOrEmpty]
    public string VirtualNetwork { get; set; } = _defaults.VirtualNetwork;

    /// <summary>Name of the resource group in the logs.</summary>
    [Parameter]
    [Alias("ResourceGroup")]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = _defaults.ResourceGroup;

    /// <summary>Id of the subscription in the logs.</summary>
    [Parameter]
    public Guid SubscriptionId { get; set; } = _defaults.SubscriptionId;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var folder = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out var provider, out _);
        if (provider.ImplementingType != typeof(Microsoft.PowerShell.Commands.FileSystemProvider))
            ThrowTerminatingError(FlowErrors.NotFileSystem(Path, provider.Name));
        if (File.Exists(folder))
        {
            WriteError(FlowErrors.SamplePathIsFile(folder));
            return;
        }

        var action = $"Write {Number(Hours, "hour")} of {Format} flow logs of {Number(Nic, "network interface")}";
        if (!ShouldProcess(folder, action))
            return;

        var options = new FlowSampleOptions
        {
            Seed = Seed,
            Hours = Hours,
            Nic = Nic,
            TuplesPerMinute = TuplesPerMinute,
            Format = Format,
            Scenario = Scenario,
            StartTime = StartTime,
            Nsg = Nsg,
            VirtualNetwork = VirtualNetwork,
            ResourceGroup = ResourceGroupName,
            SubscriptionId = SubscriptionId,
        };
        WriteSample(options, folder);
    }

    private void WriteSample(FlowSampleOptions options, string folder)
    {
        var bar = new ProgressRecord(20_201_124, "Writing sample flow logs", "Starting");
        var since = Stopwatch.StartNew();
        var isShown = false;
        FlowSampleTruth truth;
        try
        {
            truth = FlowSampleWriter.Write(options, folder, Show, Cancellation);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            WriteError(FlowErrors.SampleFailure(e, folder));
            return;
        }
        finally
        {
            if (isShown)
            {
                bar.RecordType = ProgressRecordType.Completed;
                WriteProgress(bar);
            }
        }

        WarnOfOthers(System.IO.Path.Combine(folder, options.Format == FlowSampleFormat.VNet4 ? FlowContainers.VirtualNetwork : FlowContainers.Nsg), truth.Blobs);
        WriteObject(truth);

        void Show(FlowSampleProgress progress)
        {
            WriteVerbose(progress.Blob);
            if (since.ElapsedMilliseconds < 200)
                return;
            since.Restart();
            isShown = true;
            bar.StatusDescription = string.Format(CultureInfo.InvariantCulture, "{0} of {1}, {2}", progress.Done, Number(progress.Total, "blob"), FlowFormat.Size(progress.BytesWritten));
            bar.PercentComplete = (int)(100L * progress.Done / progress.Total);
            WriteProgress(bar);
        }
    }

    /// <summary>The truth is of what was written now; whoever reads the container's folder reads what stood there before, too.</summary>
    private void WarnOfOthers(string folder, int written)
    {
        int found;
        try
        {
            found = Directory.GetFiles(folder, "PT1H.json", SearchOption.AllDirectories).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        if (found > written)
        {
            WriteWarning($"'{folder}' holds {Number(found - written, "blob")} more than the {Number(written, "blob")} written now; what New-NsgFlowSample gives out "
                + "is about the latter only, so what is read from the whole folder will not fit it. Write to an empty folder if it should.");
        }
    }

    private static string Number(int number, string what) =>
        number.ToString(CultureInfo.InvariantCulture) + " " + what + (number == 1 ? string.Empty : "s");
}

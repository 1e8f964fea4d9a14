<#
.SYNOPSIS
    Writes the flows since the last run to a file of JSON lines, for a SIEM's agent.
.DESCRIPTION
    A runbook for a hybrid worker (PowerShell 5.1 and 7), to be run by a schedule: each run with something new leaves one file (flows-20261123T091500Z.jsonl) in a folder that an agent collects.
    One line is one flow record. Delete or move files when they were collected; the runbook never reads them.
.PARAMETER StorageAccount
    The account that the flow logs are written to, by name or URL. Then the identity needs no right on the network; -Nsg, -VirtualNetwork and -AksCluster choose among the logs there.
.PARAMETER Nsg
    Network security groups; wildcards are allowed.
.PARAMETER VirtualNetwork
    Virtual networks; wildcards are allowed.
.PARAMETER AksCluster
    AKS clusters; wildcards are allowed.
.PARAMETER Checkpoint
    The URL of the blob that keeps what was read (https://account.blob.core.windows.net/container/export.json); the first run makes it. Each schedule needs one of its own.
.PARAMETER Destination
    The folder. It is made when it is not there.
.PARAMETER Decision
    Allow or Deny; both when it is not given.
.PARAMETER Last
    How far the first run goes back: 90m, 6h, 7d. The last hour when it is not given.
.PARAMETER ClientId
    The client id of a user-assigned managed identity. The system-assigned one when it is not given.
.EXAMPLE
    Export-NewFlow.ps1 -StorageAccount stflowlogs -Checkpoint https://stops.blob.core.windows.net/checkpoints/export.json -Destination D:\siem
#>
[CmdletBinding()]
param(
    [string] $StorageAccount,
    [string[]] $Nsg,
    [string[]] $VirtualNetwork,
    [string[]] $AksCluster,
    [Parameter(Mandatory)]
    [string] $Checkpoint,
    [Parameter(Mandatory)]
    [string] $Destination,
    [string] $Decision,
    [string] $Last,
    [string] $ClientId
)

$ErrorActionPreference = 'Stop'
$identity = @{}
if ($ClientId) { $identity.ClientId = $ClientId }
$null = Connect-NsgFlow -Identity @identity

$question = @{}
foreach ($name in 'StorageAccount', 'Nsg', 'VirtualNetwork', 'AksCluster', 'Checkpoint', 'Decision', 'Last') {
    if ($PSBoundParameters[$name]) { $question[$name] = $PSBoundParameters[$name] }
}

# .NET takes a relative path from the process's folder, PowerShell from its own.
$Destination = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination)
$null = [System.IO.Directory]::CreateDirectory($Destination)
$path = Join-Path $Destination "flows-$([datetime]::UtcNow.ToString('yyyyMMddTHHmmss', [cultureinfo]::InvariantCulture))Z.jsonl"
$file = $null
$count = 0
try {
    # What came down the pipeline is done for the checkpoint. So each line is with the operating system before the next record is asked for: Export-Csv would keep the last
    # ones in memory, where a killed job loses them.
    Get-NsgFlowRecord @question -ErrorAction Continue -ErrorVariable problems | ForEach-Object {
        if (-not $file) {
            $file = [System.IO.StreamWriter]::new([System.IO.File]::Open($path, 'CreateNew', 'Write', 'Read'), [System.Text.UTF8Encoding]::new($false), 65536)
            $file.AutoFlush = $true
        }
        $line = [ordered]@{
            Time = $_.Time.ToString('o'); SourceAddress = $_.SourceAddress; SourcePort = $_.SourcePort; DestinationAddress = $_.DestinationAddress; DestinationPort = $_.DestinationPort
            Protocol = "$($_.Protocol)"; Direction = "$($_.Direction)"; Decision = "$($_.Decision)"; State = "$($_.State)"
            BytesSent = $_.BytesSent; BytesReceived = $_.BytesReceived; PacketsSent = $_.PacketsSent; PacketsReceived = $_.PacketsReceived
            Rule = $_.Rule; MacAddress = $_.MacAddress; TargetResourceId = $_.TargetResourceId
        }
        $file.WriteLine((ConvertTo-Json -InputObject $line -Compress))
        $count++
    }
}
finally {
    if ($file) { $file.Dispose() }
}

if ($count) { Write-Output "$count flow records in $path" }
elseif (-not $problems) { Write-Output 'Nothing new since the last run.' }
if ($problems) { throw "Not everything could be read: $($problems.Count) errors, see the job's error stream. First: $($problems[0]) $($problems[0].ErrorDetails.RecommendedAction)" }

<#
.SYNOPSIS
    Saves flow logs to a folder, to have them longer than the storage account does.
.DESCRIPTION
    A runbook for a hybrid worker (PowerShell 5.1 and 7), to be run by a schedule. Each run reads only what is new, so no checkpoint is needed: the folder is one. Nothing is ever deleted from it.
    Get-NsgFlowRecord -Path and Measure-NsgTraffic -Path ask the folder as they ask the account.
.PARAMETER StorageAccount
    The account that the flow logs are written to, by name or URL. Then the identity needs no right on the network; -Nsg, -VirtualNetwork and -AksCluster choose among the logs there.
.PARAMETER Nsg
    Network security groups; wildcards are allowed.
.PARAMETER VirtualNetwork
    Virtual networks; wildcards are allowed.
.PARAMETER AksCluster
    AKS clusters; wildcards are allowed.
.PARAMETER Destination
    The folder of the mirror. One for each storage account.
.PARAMETER Last
    How far back to look. More than the longest time between two runs: what was saved already costs only its place in the listing.
.PARAMETER ClientId
    The client id of a user-assigned managed identity. The system-assigned one when it is not given.
.EXAMPLE
    Save-FlowLogMirror.ps1 -StorageAccount stflowlogs -Destination D:\flowlogs
#>
[CmdletBinding()]
param(
    [string] $StorageAccount,
    [string[]] $Nsg,
    [string[]] $VirtualNetwork,
    [string[]] $AksCluster,
    [Parameter(Mandatory)]
    [string] $Destination,
    [string] $Last = '1d',
    [string] $ClientId
)

$ErrorActionPreference = 'Stop'
$identity = @{}
if ($ClientId) { $identity.ClientId = $ClientId }
$null = Connect-NsgFlow -Identity @identity

$question = @{ Last = $Last }
foreach ($name in 'StorageAccount', 'Nsg', 'VirtualNetwork', 'AksCluster') {
    if ($PSBoundParameters[$name]) { $question[$name] = $PSBoundParameters[$name] }
}

# One blob that cannot be saved must not keep the others from it: the errors come at the end.
Save-NsgFlowBlob @question -Destination $Destination -Gzip -ErrorAction Continue -ErrorVariable problems |
    Group-Object Status -NoElement |
    ForEach-Object { "$($_.Name): $($_.Count) blobs" }

if ($problems) { throw "Not everything was saved: $($problems.Count) errors, see the job's error stream. First: $($problems[0]) $($problems[0].ErrorDetails.RecommendedAction)" }

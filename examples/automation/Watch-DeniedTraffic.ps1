<#
.SYNOPSIS
    Shows denied traffic as it is written, until Ctrl+C.
.DESCRIPTION
    For a prompt, not for a schedule: it begins with the newest denied flows and waits for more. Azure writes each minute's flows some minutes later. It takes the session's sign-in
    (Connect-AzAccount, az login, or what Connect-NsgFlow chose).
.PARAMETER StorageAccount
    The account that the flow logs are written to, by name or URL. Then no right on the network is needed; -Nsg, -VirtualNetwork and -AksCluster choose among the logs there.
.PARAMETER Nsg
    Network security groups; wildcards are allowed.
.PARAMETER VirtualNetwork
    Virtual networks; wildcards are allowed.
.PARAMETER AksCluster
    AKS clusters; wildcards are allowed.
.PARAMETER Tail
    How many of the newest to begin with.
.PARAMETER Timeout
    Ends after so long: 10m, 1h. Never when it is not given.
.EXAMPLE
    Watch-DeniedTraffic.ps1 -AksCluster prod-weu
#>
[CmdletBinding()]
param(
    [string] $StorageAccount,
    [string[]] $Nsg,
    [string[]] $VirtualNetwork,
    [string[]] $AksCluster,
    [int] $Tail = 20,
    [string] $Timeout
)

$question = @{ Decision = 'Deny'; Tail = $Tail; Wait = $true }
foreach ($name in 'StorageAccount', 'Nsg', 'VirtualNetwork', 'AksCluster', 'Timeout') {
    if ($PSBoundParameters[$name]) { $question[$name] = $PSBoundParameters[$name] }
}

Get-NsgFlowRecord @question

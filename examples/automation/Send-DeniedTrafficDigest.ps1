<#
.SYNOPSIS
    Tells what traffic was denied since the last run, or in a time: by source and port, the most first.
.DESCRIPTION
    A runbook for Azure Automation (PowerShell 5.1 and 7), to be run by a schedule. Each denied flow is in one digest, also when Azure wrote it late. The digest is the job's output and,
    with -WebhookVariable, a message to a Teams workflow or another webhook. Nothing denied, no message.

    The checkpoint says what was read, not what was sent. A digest that could not be sent fails the job, whose output has it; with -UnsentVariable the next run sends it along.
.PARAMETER StorageAccount
    The account that the flow logs are written to, by name or URL. Then the identity needs no right on the network; -Nsg, -VirtualNetwork and -AksCluster choose among the logs there.
.PARAMETER Nsg
    Network security groups; wildcards are allowed.
.PARAMETER VirtualNetwork
    Virtual networks; wildcards are allowed.
.PARAMETER AksCluster
    AKS clusters; wildcards are allowed.
.PARAMETER Checkpoint
    The URL of the blob that keeps what was read (https://account.blob.core.windows.net/container/digest.json); the first run makes it. Each schedule needs one of its own.
    Without it, the digest is of -Last, or of -StartTime to -EndTime: to have one again.
.PARAMETER Last
    How far the first run goes back: 90m, 6h, 7d. The last hour when neither this nor -StartTime is given.
.PARAMETER StartTime
    Where the first run, or a digest without -Checkpoint, begins: 2026-11-23T09 (UTC).
.PARAMETER EndTime
    Where a digest without -Checkpoint ends.
.PARAMETER By
    What to count by: any fields of Measure-NsgTraffic.
.PARAMETER Top
    So many rows; the others are added up in the row (other).
.PARAMETER WebhookVariable
    The name of the Automation variable that holds the webhook's URL. Encrypt it: who has the URL can post.
.PARAMETER MessageFormat
    Teams: an adaptive card. Text: {"text": "..."}, as other services take it.
.PARAMETER UnsentVariable
    The name of an Automation variable (not encrypted, value '(none)' at first) that keeps a digest until it is sent.
.PARAMETER ClientId
    The client id of a user-assigned managed identity. The system-assigned one when it is not given.
.EXAMPLE
    Send-DeniedTrafficDigest.ps1 -StorageAccount stflowlogs -Checkpoint https://stops.blob.core.windows.net/checkpoints/digest.json -WebhookVariable TeamsWebhook
#>
[CmdletBinding()]
param(
    [string] $StorageAccount,
    [string[]] $Nsg,
    [string[]] $VirtualNetwork,
    [string[]] $AksCluster,
    [string] $Checkpoint,
    [string] $Last,
    [string] $StartTime,
    [string] $EndTime,
    [string[]] $By = @('SourceAddress', 'DestinationPort'),
    [int] $Top = 20,
    [string] $WebhookVariable,
    [ValidateSet('Teams', 'Text')]
    [string] $MessageFormat = 'Teams',
    [string] $UnsentVariable,
    [string] $ClientId
)

$ErrorActionPreference = 'Stop'
# Windows PowerShell 5.1 on an old system may offer only TLS 1.0, which Azure and webhooks refuse.
[System.Net.ServicePointManager]::SecurityProtocol = [System.Net.ServicePointManager]::SecurityProtocol -bor [System.Net.SecurityProtocolType]::Tls12

# Looked at before anything is read, since what was read is in no later digest. The URL is a secret, so no message may have it.
$webhook = $null
if ($WebhookVariable) {
    $isUrl = [uri]::TryCreate("$(Get-AutomationVariable -Name $WebhookVariable)", [System.UriKind]::Absolute, [ref]$webhook)
    if (-not $isUrl -or -not ($webhook.Scheme -eq 'https' -or ($webhook.Scheme -eq 'http' -and $webhook.IsLoopback))) {
        throw "The Automation variable '$WebhookVariable' must hold the webhook's URL, which begins with https://. What it holds is another text, which is not shown."
    }
}

$identity = @{}
if ($ClientId) { $identity.ClientId = $ClientId }
$null = Connect-NsgFlow -Identity @identity

$question = @{ Decision = 'Deny' }
foreach ($name in 'StorageAccount', 'Nsg', 'VirtualNetwork', 'AksCluster', 'Checkpoint', 'Last', 'StartTime', 'EndTime') {
    if ($PSBoundParameters[$name]) { $question[$name] = $PSBoundParameters[$name] }
}

$unsent = ''
if ($UnsentVariable) {
    $unsent = "$(Get-AutomationVariable -Name $UnsentVariable)"
    if ($unsent -eq '(none)') { $unsent = '' }
}

# What came down the pipeline is done for the checkpoint, whatever becomes of it here. So what was counted must outlive an error in the middle of reading: the counting is a pipeline of
# its own, an error comes after the digest, and a run that is killed has left a note for the next one.
$counting = { Measure-NsgTraffic -By $By -Top $Top -MemoryLimit 64MB }.GetSteppablePipeline()
$counting.Begin($true)
$count = 0
$failure = $null
try {
    Get-NsgFlowRecord @question -ErrorAction Continue -ErrorVariable problems | ForEach-Object {
        if (-not $count -and $UnsentVariable) {
            $note = "The run of $([datetime]::UtcNow.ToString('u')) did not come to its end. What it counted is in no digest: run once with -StartTime and -EndTime for it."
            Set-AutomationVariable -Name $UnsentVariable -Value "$unsent$note`n`n"
        }
        $count++
        $null = $counting.Process($_)
    }
}
catch {
    if (-not $count) { throw }
    $failure = $_
    Write-Error -ErrorRecord $failure -ErrorAction Continue
}

$digest = ''
if ($count) {
    $rows = @($counting.End())
    $from = ($rows.FirstSeen | Sort-Object)[0]
    $to = ($rows.LastSeen | Sort-Object)[-1]
    $flows = 0
    foreach ($row in $rows) { $flows += $row.Flows }
    $lines = foreach ($row in $rows) {
        # Who may write to the account can put anything into a rule's name. So a message gets only what an address can have, or else what Azure permits in names: no link, no mention, no markup.
        $keys = for ($i = 0; $i -lt $row.KeyNames.Count; $i++) {
            $key = $row.KeyValues[$i]
            if ($key -isnot [string]) { "$key" }
            elseif ($row.KeyNames[$i] -in 'SourceAddress', 'DestinationAddress') { $key -replace '[^0-9A-Fa-f.:/]', '?' }
            else { $key -replace '[^A-Za-z0-9_.-]', '?' }
        }
        '{0,9}  {1}' -f $row.Flows, $(if ($row.IsOther) { '(other)' } else { $keys -join '  ' })
    }
    $digest = "Denied flows, $($from.ToString('u')) to $($to.ToString('u')): $flows`n    Flows  $($By -join '  ')`n$($lines -join "`n")`n`n"
    Write-Output $digest
}
elseif (-not $problems) {
    Write-Output $(if ($Checkpoint) { 'No denied flows since the last run.' } else { 'No denied flows in this time.' })
}

$message = $unsent + $digest
if ($message -and $UnsentVariable) { Set-AutomationVariable -Name $UnsentVariable -Value $message }
if ($message -and $WebhookVariable) {
    # Teams takes 28 KB.
    if ($message.Length -gt 16000) { $message = $message.Substring(0, 16000) + "`n(cut: the jobs' outputs have the rest)" }
    if ($MessageFormat -eq 'Teams') {
        # A text run is shown as it is; a text block would be read as Markdown.
        $text = @{ type = 'RichTextBlock'; inlines = @(@{ type = 'TextRun'; text = $message; fontType = 'Monospace' }) }
        $card = @{ '$schema' = 'http://adaptivecards.io/schemas/adaptive-card.json'; type = 'AdaptiveCard'; version = '1.4'; body = @($text) }
        $body = @{ type = 'message'; attachments = @(@{ contentType = 'application/vnd.microsoft.card.adaptive'; content = $card }) }
    }
    else {
        $body = @{ text = $message }
    }
    try {
        # Behind a redirect there is mostly a page to sign in, which takes no message but answers 200. -Verbose and -Debug of a job would show the URL.
        $null = Invoke-RestMethod -Uri $webhook -Method Post -Body ($body | ConvertTo-Json -Depth 10) -ContentType 'application/json; charset=utf-8' -TimeoutSec 30 -MaximumRedirection 0 -Verbose:$false -Debug:$false
    }
    catch {
        # Only the answer's number or the innermost reason, without any word that could be of the URL.
        $answer = $_.Exception.Response
        $reason = if ($answer) { "The webhook answered $([int]$answer.StatusCode)." } else { $_.Exception.GetBaseException().Message -replace '\S*[/?=&]\S*', '...' }
        $next = if ($UnsentVariable) { 'The next run sends it along.' } else { "It is in this job's output only." }
        throw "The digest could not be sent. $reason $next"
    }
}
if ($message -and $UnsentVariable) { Set-AutomationVariable -Name $UnsentVariable -Value '(none)' }

if ($failure) { throw $failure }
if ($problems) { throw "The digest is not of everything: $($problems.Count) errors, see the job's error stream. First: $($problems[0]) $($problems[0].ErrorDetails.RecommendedAction)" }

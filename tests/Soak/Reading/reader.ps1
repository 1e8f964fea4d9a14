# A reader as people write it: each record is with the system before the next is taken.
param(
    [string] $Module,
    [string] $Checkpoint,
    [string] $Output,
    [string] $Path,
    [string] $StorageAccount,
    [switch] $Wait,
    [int] $ThrowAt
)

$ErrorActionPreference = 'Stop'
Microsoft.PowerShell.Core\Import-Module $Module
$question = @{ Checkpoint = $Checkpoint }
if ($Path) { $question.Path = $Path }
if ($StorageAccount) { $question.StorageAccount = $StorageAccount }
if ($Wait) { $question.Wait = $true; $question.PollInterval = [TimeSpan]::FromMilliseconds(200) }
$stream = [System.IO.FileStream]::new($Output, 'Create', 'Write', 'Read')
$culture = [System.Globalization.CultureInfo]::InvariantCulture
$count = 0
try {
    Get-NsgFlowRecord @question | ForEach-Object {
        $line = $_.BytesSent.ToString($culture) + ' ' + $_.MacAddress + ' ' + $_.Time.ToString('yyyy-MM-ddTHH:mm:ss', $culture) + ' ' + $_.SourceAddress + ':' + $_.SourcePort + "`n"
        $stream.Write([System.Text.Encoding]::ASCII.GetBytes($line))
        $stream.Flush()
        $count++
        if ($count -eq $ThrowAt) { throw 'Broken in the middle of the pipeline.' }
    }
}
finally {
    $stream.Dispose()
}

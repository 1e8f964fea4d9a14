# When the first record of a file comes out of a fresh session's first call, and when the call is over that is stopped there.
param([string] $Module, [string] $Path)

$ErrorActionPreference = 'Stop'
Microsoft.PowerShell.Core\Import-Module $Module
$first = $null
$watch = [System.Diagnostics.Stopwatch]::StartNew()
do {
    Get-NsgFlowRecord -Path $Path | & { process { Set-Variable -Name first -Value $watch.Elapsed -Scope 1; break } }
} while ($false)
$stopped = $watch.Elapsed
'first {0}' -f $first.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
'stopped {0}' -f $stopped.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)

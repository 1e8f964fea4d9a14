# When the first record of a file comes out of a fresh session's first call, and when the call is over that is stopped there.
param([string] $Module, [string] $Path)

$ErrorActionPreference = 'Stop'
Microsoft.PowerShell.Core\Import-Module $Module
$seen = @{}
$watch = [System.Diagnostics.Stopwatch]::StartNew()
do {
    Get-NsgFlowRecord -Path $Path | & { process { $seen.First = $watch.Elapsed; break } }
} while ($false)
$stopped = $watch.Elapsed
'first {0}' -f $seen.First.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
'stopped {0}' -f $stopped.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)

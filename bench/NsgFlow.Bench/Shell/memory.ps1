# Reads a folder to its end and says the most memory this process ever held.
param([string] $Module, [string] $Path)

$ErrorActionPreference = 'Stop'
Microsoft.PowerShell.Core\Import-Module $Module
$watch = [System.Diagnostics.Stopwatch]::StartNew()
Get-NsgFlowRecord -Path $Path | Microsoft.PowerShell.Core\Out-Null
'read {0}' -f $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
$peak = [System.Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
if ([System.IO.File]::Exists('/proc/self/status')) {
    foreach ($line in [System.IO.File]::ReadAllLines('/proc/self/status')) {
        if ($line.StartsWith('VmHWM:')) {
            $peak = 1024 * [long]($line -replace '\D')
        }
    }
}
'peak {0}' -f $peak

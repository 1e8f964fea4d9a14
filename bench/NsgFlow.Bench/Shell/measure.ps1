# Asks Measure-NsgTraffic questions about a folder, in one process, in turn. Prints "<question> <milliseconds>" and "<question>-cpu <milliseconds>" for
# each round, what each answered ("<question>-answer tuples flows bytes largest rows"), and the most memory this process ever held. A folder to warm
# up with is asked first.
param([string] $Module, [string] $Path, [string] $Questions, [int] $Rounds, [string] $WarmUp, [string] $Tags, [string] $Threats, [string] $Inventory)

$ErrorActionPreference = 'Stop'
Microsoft.PowerShell.Core\Import-Module $Module
$known = @{
    sources  = { Measure-NsgTraffic $from -By SourceAddress -OrderBy Bytes -Top 10 }
    every    = { Measure-NsgTraffic $from -By SourceAddress -OrderBy Bytes }
    ends     = { Measure-NsgTraffic $from -By SourceAddress, SourcePort, DestinationAddress, DestinationPort -OrderBy Bytes -Top 10 }
    summary  = { Measure-NsgTraffic $from }
    records  = { Get-NsgFlowRecord $from | Measure-NsgTraffic -By SourceAddress -OrderBy Bytes -Top 10 }
    protocol = { Measure-NsgTraffic $from -By Protocol -OrderBy Bytes }
    types    = { Measure-NsgTraffic $from -By FlowType -OrderBy Bytes }
    classes  = { Measure-NsgTraffic $from -By FlowType -OrderBy Bytes -ServiceTag $Tags -ThreatList $Threats -Inventory $Inventory }
}
$names = $Questions -split ','
if ($WarmUp) {
    $from = $WarmUp
    foreach ($name in $names) {
        & $known[$name] | Microsoft.PowerShell.Core\Out-Null
    }
}

$from = $Path
$answers = @{}
$process = [System.Diagnostics.Process]::GetCurrentProcess()
for ($round = 0; $round -lt $Rounds; $round++) {
    foreach ($name in $names) {
        # A collection of the one before's garbage is not this one's.
        [GC]::Collect()
        $process.Refresh()
        $cpu = $process.TotalProcessorTime
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $answers[$name] = @(& $known[$name])
        '{0} {1}' -f $name, $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
        $process.Refresh()
        '{0}-cpu {1}' -f $name, ($process.TotalProcessorTime - $cpu).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
    }
}

foreach ($name in $names) {
    $tuples = $flows = $bytes = 0L
    foreach ($row in $answers[$name]) {
        $tuples += $row.Tuples
        $flows += $row.Flows
        $bytes += $row.Bytes
    }
    $first = $answers[$name][0]
    $largest = if ($name -eq 'summary') { $first.TopTalker[0].Bytes } else { $first.Bytes }
    '{0}-answer {1} {2} {3} {4} {5}' -f $name, $tuples, $flows, $bytes, $largest, $answers[$name].Count
}

$peak = $process.PeakWorkingSet64
if ([System.IO.File]::Exists('/proc/self/status')) {
    foreach ($line in [System.IO.File]::ReadAllLines('/proc/self/status')) {
        if ($line.StartsWith('VmHWM:')) {
            $peak = 1024 * [long]($line -replace '\D')
        }
    }
}
'peak {0}' -f $peak

# How fast records leave the cmdlet, in one process, in turn. Prints "<what> <milliseconds>" for each round; the first round warms up.
param([string] $Module, [string] $Cmdlets, [string] $Path, [int] $Count, [int] $Rounds)

$ErrorActionPreference = 'Stop'
Microsoft.PowerShell.Core\Import-Module $Module
Microsoft.PowerShell.Core\Import-Module $Cmdlets

$questions = [ordered]@{
    made  = { Write-BenchRecord -Count $Count | Microsoft.PowerShell.Core\Out-Null }
    read  = { Get-NsgFlowRecord -Path $Path | Microsoft.PowerShell.Core\Out-Null }
    deny  = { Get-NsgFlowRecord -Path $Path -Decision Deny | Microsoft.PowerShell.Core\Out-Null }
    where = { Get-NsgFlowRecord -Path $Path | Microsoft.PowerShell.Core\Where-Object Decision -EQ D | Microsoft.PowerShell.Core\Out-Null }
}
for ($round = 0; $round -le $Rounds; $round++) {
    foreach ($question in $questions.GetEnumerator()) {
        # A collection of the one before's garbage is not this one's.
        [GC]::Collect()
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        & $question.Value
        if ($round -gt 0) {
            '{0} {1}' -f $question.Key, $watch.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
        }
    }
}
'denied {0}' -f @(Get-NsgFlowRecord -Path $Path -Decision Deny).Count

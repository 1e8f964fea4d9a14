# Runs one test file in this process and writes its counts, and below them a line for each failure. Part of build.ps1 Test.
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Counts
)

# Pester 5 where it is installed; the host of tools/Host brings a stand-in for it as a command.
$pester = Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -eq 5 }
if ($pester -and $Host.Name -ne 'NsgFlow.Host') {
    Import-Module Pester -MinimumVersion 5.0.0 -MaximumVersion 5.99.99
}
elseif ($null -eq $ExecutionContext.InvokeCommand.GetCmdlet('Invoke-Pester')) {
    throw 'The tests need Pester 5: Install-Module Pester -MinimumVersion 5.0.0, or run build.ps1 under tools/Host.'
}
$run = Invoke-Pester -Path $Path -PassThru
# Pester counts a file that cannot be discovered, and a block whose AfterAll throws, apart from tests.
$failed = $run.FailedCount + [int]$run.FailedBlocksCount + [int]$run.FailedContainersCount
$lines = @("$($run.PassedCount) $failed $($run.SkippedCount)")
foreach ($failure in @($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers)) {
    if ($failure) {
        $what = if ($failure.ExpandedPath) { $failure.ExpandedPath } else { "$($failure.Item)" }
        $lines += "$what`: $(@($failure.ErrorRecord)[0])" -replace '\s+', ' '
    }
}
[System.IO.File]::WriteAllLines($Counts, [string[]]$lines)
if ($failed -gt 0) {
    exit 1
}

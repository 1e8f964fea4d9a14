# Runs one test file in this process and writes its counts. Part of build.ps1 Test.
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Counts
)

# Pester 5 where it is installed; the host of tools/Host brings a stand-in for it as a command.
$pester = Get-Module -ListAvailable Pester | Where-Object Version -ge '5.0.0'
if ($pester) {
    Import-Module Pester -MinimumVersion 5.0.0
}
elseif ($null -eq $ExecutionContext.InvokeCommand.GetCmdlet('Invoke-Pester')) {
    throw 'The tests need Pester 5: Install-Module Pester -MinimumVersion 5.0.0, or run build.ps1 under tools/Host.'
}
$run = Invoke-Pester -Path $Path -PassThru
[System.IO.File]::WriteAllText($Counts, "$($run.PassedCount) $($run.FailedCount) $($run.SkippedCount)")
if ($run.FailedCount -gt 0) {
    exit 1
}

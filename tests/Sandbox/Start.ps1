# Runs in a shell that build.ps1 Sandbox started with the sandbox's variables: signs in as its managed identity and shows the tour.
$root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
Microsoft.PowerShell.Core\Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1')) -Force
$null = Connect-NsgFlow -ResourceManagerUrl $env:NSGFLOW_SANDBOX -AuthorityUrl $env:NSGFLOW_SANDBOX -LogAnalyticsUrl $env:NSGFLOW_SANDBOX_LOGS -Identity
# Of an earlier tour: the tour's first run begins anew.
[System.IO.File]::Delete([System.IO.Path]::Combine($root, 'out', 'denied.checkpoint'))

foreach ($line in [System.IO.File]::ReadAllLines([System.IO.Path]::Combine($PSScriptRoot, 'tour.txt'))) {
    if ($line.StartsWith('# ')) {
        $Host.UI.WriteLine('')
        $Host.UI.WriteLine($line)
    }
    elseif ($line) {
        $Host.UI.WriteLine('')
        $Host.UI.WriteLine("PS> $line")
        # An error is part of the tour: it is shown as a prompt shows it, and the tour goes on.
        try { & ([scriptblock]::Create($line)) | Out-Default }
        catch { $_ | Out-Default }
    }
}

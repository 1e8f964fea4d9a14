# Makes this process look like a sandbox of Azure Automation, in the simulator's cloud. A runbook runs after it, unchanged.
# In a folder: the Automation account's variables, a file each. Who sets one beside which there is a file with the ending .hold does not come back until that is gone.
param([string] $Cloud, [string] $Variables, [string] $Location)

# A runbook signs in to Azure's own cloud.
$global:PSDefaultParameterValues = @{ 'Connect-NsgFlow:ResourceManagerUrl' = $Cloud; 'Connect-NsgFlow:AuthorityUrl' = $Cloud }
$global:AutomationVariables = $Variables
Set-Location $Location

function global:Get-AutomationVariable([Parameter(Mandatory)] [string] $Name) {
    [System.IO.File]::ReadAllText([System.IO.Path]::Combine($AutomationVariables, $Name))
}

function global:Set-AutomationVariable([Parameter(Mandatory)] [string] $Name, [Parameter(Mandatory)] [object] $Value) {
    $path = [System.IO.Path]::Combine($AutomationVariables, $Name)
    if (-not [System.IO.File]::Exists($path)) { throw "There is no variable '$Name'." }
    [System.IO.File]::WriteAllText($path, $Value)
    while ([System.IO.File]::Exists("$path.hold")) { Start-Sleep -Milliseconds 20 }
}

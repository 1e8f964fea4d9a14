@{
    RootModule             = 'NsgFlow.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '5f0c7f0e-3d0b-4a0d-9c6e-6a0a6b8f4d21'
    Author                 = 'NsgFlow contributors'
    CompanyName            = 'NsgFlow contributors'
    Copyright              = '(c) NsgFlow contributors. MIT licence.'
    Description            = 'Turns Azure network flow logs (NSG and virtual network) into objects, answers and decisions.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    CLRVersion             = '4.0'
    FormatsToProcess       = @('NsgFlow.Format.ps1xml')
    TypesToProcess         = @('NsgFlow.Types.ps1xml')
    FunctionsToExport      = @()
    # Named one by one: auto-loading and Get-Command read this file without loading an assembly.
    CmdletsToExport        = @(
        'Connect-NsgFlow'
        'Convert-NsgFlowLog'
        'ConvertFrom-NsgFlowJson'
        'Disable-NsgFlowLog'
        'Disconnect-NsgFlow'
        'Enable-NsgFlowLog'
        'Get-NsgFlowBlob'
        'Get-NsgFlowContext'
        'Get-NsgFlowLog'
        'Get-NsgFlowLogCoverage'
        'Get-NsgFlowRecord'
        'Get-NsgInventory'
        'Get-NsgTrafficAnalytics'
        'Invoke-NsgTrafficQuery'
        'Measure-NsgTraffic'
        'Merge-NsgFlowRecord'
        'New-NsgFlowSample'
        'Remove-NsgFlowLog'
        'Resolve-NsgAddress'
        'Save-NsgFlowBlob'
        'Set-NsgFlowLog'
        'Test-NsgFlowLog'
    )
    VariablesToExport      = @()
    AliasesToExport        = @()
    PrivateData            = @{
        PSData = @{
            Tags = @(
                'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'Azure', 'NSG', 'FlowLog', 'NetworkWatcher',
                'VNetFlowLog', 'NetworkSecurityGroup', 'TrafficAnalytics', 'AKS'
            )
        }
    }
}

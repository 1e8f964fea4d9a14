BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $command = Get-Command Get-NsgFlowLogCoverage
}

# What it answers is tested against the simulator (tests/Cmdlets); here is what binding does.
Describe 'Get-NsgFlowLogCoverage' {
    It 'completes its levels, and takes the first as a position' {
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput('Get-NsgFlowLogCoverage ', 23, $null).CompletionMatches.CompletionText
        foreach ($level in 'NetworkInterface', 'Subnet', 'AksPool', 'VirtualNetwork') {
            $found -contains $level | Should -BeTrue
        }
    }

    It 'refuses a level that there is not' {
        { Get-NsgFlowLogCoverage -Level Machine } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,NsgFlow.PowerShell.Commands.GetNsgFlowLogCoverageCommand'
    }

    It 'refuses empty names' {
        foreach ($name in 'SubscriptionId', 'ResourceGroupName', 'VirtualNetwork', 'AksCluster', 'Location') {
            $arguments = @{ $name = '' }
            { Get-NsgFlowLogCoverage @arguments } | Should -Throw -ErrorId 'ParameterArgumentValidationError,NsgFlow.PowerShell.Commands.GetNsgFlowLogCoverageCommand'
        }
    }

    It 'has the names that Azure users know' {
        $command.Parameters['VirtualNetwork'].Aliases -contains 'VNet' | Should -BeTrue
        $command.OutputType.Type -contains [NsgFlow.FlowLogCoverage] | Should -BeTrue
        $command.Parameters.ContainsKey('WhatIf') | Should -BeFalse
    }
}

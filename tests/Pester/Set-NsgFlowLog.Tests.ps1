BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
}

# What it does against an Azure is in tests/Cmdlets.
Describe 'Set-NsgFlowLog' {
    It 'does not take nothing for everything' {
        { Set-NsgFlowLog } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
        { Set-NsgFlowLog -ResourceGroupName rg -Location westeurope } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
    }

    It 'does nothing about nothing from the pipeline' {
        @() | Set-NsgFlowLog -ErrorVariable bad
        $bad | Should -BeNullOrEmpty
    }

    It 'takes flow logs from the pipeline, and nothing else by value' {
        { 1 | Set-NsgFlowLog -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        (Get-Command Set-NsgFlowLog).Parameters['InputObject'].ParameterType.FullName | Should -Be 'NsgFlow.FlowLog[]'
    }

    It 'refuses <Id> before it asks Azure for anything' -ForEach @(
        @{ With = @{ RetentionDays = 366 }; Id = 'RetentionInvalid' }
        @{ With = @{ TrafficAnalyticsInterval = 5 }; Id = 'TrafficAnalyticsIntervalInvalid' }
    ) {
        { Set-NsgFlowLog * @With -WhatIf } | Should -Throw -ErrorId "$Id,*"
    }
}

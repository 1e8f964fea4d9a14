BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
}

# What it does against an Azure is in tests/Cmdlets.
Describe 'Test-NsgFlowLog' {
    It 'does nothing about nothing from the pipeline' {
        @() | Test-NsgFlowLog -ErrorVariable bad
        $bad | Should -BeNullOrEmpty
    }

    It 'takes flow logs from the pipeline, and nothing else by value' {
        { 1 | Test-NsgFlowLog -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        (Get-Command Test-NsgFlowLog).Parameters['InputObject'].ParameterType.FullName | Should -Be 'NsgFlow.FlowLog[]'
    }

    It 'gives checks, whose results compare with their names' {
        (Get-Command Test-NsgFlowLog).OutputType.Name | Should -Be 'NsgFlow.FlowLogCheck'
        @([NsgFlow.FlowLogCheckResult]::Pass, [NsgFlow.FlowLogCheckResult]::Warn) -contains 'Fail' | Should -BeFalse
        @([NsgFlow.FlowLogCheckResult]::Pass, [NsgFlow.FlowLogCheckResult]::Fail) -contains 'Fail' | Should -BeTrue
    }

    It 'has nothing to ask, since it writes nothing' {
        (Get-Command Test-NsgFlowLog).Parameters.Keys.ForEach{ $_ } | Should -Not -Contain 'WhatIf'
    }
}

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
}

# What it does against an Azure is in tests/Cmdlets.
Describe 'Disable-NsgFlowLog' {
    It 'does not take nothing for everything' {
        { Disable-NsgFlowLog } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
        { Disable-NsgFlowLog -ResourceGroupName rg -Location westeurope } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
    }

    It 'does nothing about nothing from the pipeline' {
        @() | Disable-NsgFlowLog -ErrorVariable bad
        $bad | Should -BeNullOrEmpty
    }

    It 'takes flow logs from the pipeline, and nothing else by value' {
        { 1 | Disable-NsgFlowLog -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        (Get-Command Disable-NsgFlowLog).Parameters['InputObject'].ParameterType.FullName | Should -Be 'NsgFlow.FlowLog[]'
    }

    It 'changes nothing but that' {
        $names = (Get-Command Disable-NsgFlowLog).Parameters.Keys.ForEach{ $_ }
        $names | Should -Not -Contain 'RetentionDays'
        $names | Should -Contain 'PassThru'
    }
}

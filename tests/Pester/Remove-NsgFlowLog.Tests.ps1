BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
}

# What it does against an Azure is in tests/Cmdlets.
Describe 'Remove-NsgFlowLog' {
    It 'does not take nothing for everything' {
        { Remove-NsgFlowLog } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
        { Remove-NsgFlowLog -ResourceGroupName rg -Location westeurope } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
    }

    It 'does nothing about nothing from the pipeline' {
        @() | Remove-NsgFlowLog -ErrorVariable bad
        $bad | Should -BeNullOrEmpty
    }

    It 'takes flow logs from the pipeline, and nothing else by value' {
        { 1 | Remove-NsgFlowLog -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        (Get-Command Remove-NsgFlowLog).Parameters['InputObject'].ParameterType.FullName | Should -Be 'NsgFlow.FlowLog[]'
    }

    It 'asks' {
        $attribute = (Get-Command Remove-NsgFlowLog).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
        $attribute.ConfirmImpact | Should -Be 'High'
    }
}

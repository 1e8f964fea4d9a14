BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
}

# What it does against an Azure is in tests/Cmdlets.
Describe 'Convert-NsgFlowLog' {
    It 'does not take nothing for everything' {
        { Convert-NsgFlowLog } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
        { Convert-NsgFlowLog -ResourceGroupName rg -Location westeurope } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
    }

    It 'does nothing about nothing from the pipeline' {
        @() | Convert-NsgFlowLog -ErrorVariable bad
        $bad | Should -BeNullOrEmpty
    }

    It 'takes <Text> as -VerifyTimeout' -ForEach @(@{ Text = '15m' }, @{ Text = '1h' }, @{ Text = 0 }, @{ Text = '0' }) {
        # Bound before it finds out that nothing is named.
        { Convert-NsgFlowLog -VerifyTimeout $Text } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
    }

    It 'refuses <Text> as -VerifyTimeout' -ForEach @(@{ Text = '-5m' }, @{ Text = 'soon' }, @{ Text = '5' }) {
        { Convert-NsgFlowLog -Nsg web -VerifyTimeout $Text } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'asks as every writer does' {
        $names = (Get-Command Convert-NsgFlowLog).Parameters.Keys.ForEach{ $_ }
        $names | Should -Contain 'WhatIf'
        $names | Should -Contain 'Confirm'
        (Get-Command Convert-NsgFlowLog).OutputType.Name | Should -Be 'NsgFlow.FlowLogConversionStep'
    }
}

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
}

# What it does against an Azure is in tests/Cmdlets.
Describe 'Enable-NsgFlowLog' {
    It 'refuses <Id> before it asks Azure for anything' -ForEach @(
        @{ With = @{ RetentionDays = -1 }; Id = 'RetentionInvalid' }
        @{ With = @{ RetentionDays = 366 }; Id = 'RetentionInvalid' }
        @{ With = @{ TrafficAnalyticsInterval = 30 }; Id = 'TrafficAnalyticsIntervalInvalid' }
        @{ With = @{ FormatVersion = 4 }; Id = 'FormatVersionInvalid' }
        @{ With = @{ Name = 'a/b' }; Id = 'FlowLogNameInvalid' }
        @{ With = @{ Identity = 'id1' }; Id = 'IdentityInvalid' }
        @{ With = @{ FilteringCriteria = 'x' * 1001 }; Id = 'FilteringCriteriaTooLong' }
        @{ With = @{ TrafficAnalytics = $false; TrafficAnalyticsInterval = 10 }; Id = 'TrafficAnalyticsAmbiguous' }
    ) {
        { Enable-NsgFlowLog -VirtualNetwork hub-vnet -StorageAccount stflows @With -WhatIf } | Should -Throw -ErrorId "$Id,*"
    }

    It 'refuses records that there are none of' {
        { Enable-NsgFlowLog -VirtualNetwork hub-vnet -RecordType X -WhatIf } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'wants to know what to log' {
        { Enable-NsgFlowLog -StorageAccount stflows } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
        { Enable-NsgFlowLog -StorageAccount stflows -ResourceGroupName rg } | Should -Throw -ErrorId 'FlowLogUnnamed,*'
    }

    It 'does not take the name of what comes through the pipeline for the name of a flow log' {
        $name = (Get-Command Enable-NsgFlowLog).Parameters['Name']
        foreach ($set in $name.ParameterSets.Values) {
            $set.ValueFromPipelineByPropertyName | Should -BeFalse
            $set.ValueFromPipeline | Should -BeFalse
        }
    }

    It 'has the same settings as Set-NsgFlowLog' {
        $one = (Get-Command Enable-NsgFlowLog).Parameters
        $two = (Get-Command Set-NsgFlowLog).Parameters
        foreach ($name in 'StorageAccount', 'RetentionDays', 'FormatVersion', 'RecordType', 'FilteringCriteria', 'TrafficAnalytics', 'Workspace', 'TrafficAnalyticsInterval', 'Identity', 'Tag') {
            $two.ContainsKey($name) | Should -BeTrue -Because $name
            $two[$name].ParameterType | Should -Be $one[$name].ParameterType
            ($two[$name].Aliases -join ' ') | Should -Be ($one[$name].Aliases -join ' ')
            ($two[$name].Attributes.ForEach{ $_.GetType().Name } -join ' ') | Should -Be ($one[$name].Attributes.ForEach{ $_.GetType().Name } -join ' ')
        }
    }

    It 'knows the names that Az has for <Az>' -ForEach @(
        @{ Az = 'StorageId'; Own = 'StorageAccount' }
        @{ Az = 'RetentionPolicyDays'; Own = 'RetentionDays' }
        @{ Az = 'TrafficAnalyticsWorkspaceId'; Own = 'Workspace' }
        @{ Az = 'EnableTrafficAnalytics'; Own = 'TrafficAnalytics' }
        @{ Az = 'EnabledFilteringCriteria'; Own = 'FilteringCriteria' }
        @{ Az = 'UserAssignedIdentityId'; Own = 'Identity' }
        @{ Az = 'TargetResourceId'; Own = 'ResourceId' }
    ) {
        (Get-Command Enable-NsgFlowLog).Parameters[$Own].Aliases | Should -Contain $Az
    }
}

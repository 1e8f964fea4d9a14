BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))

    # As Azure answers; what it does against an Azure is in tests/Cmdlets.
    function New-Log($Name, $Target, $More = '') {
        $id = "/subscriptions/s/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_germanywestcentral/flowLogs/$Name"
        [NsgFlow.FlowLog]::new([NsgFlow.Arm.ArmResource]::Parse('{"id":"' + $id + '","name":"' + $Name + '","location":"germanywestcentral","properties":{"enabled":true,' +
                '"provisioningState":"Succeeded","targetResourceId":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/' + $Target + '",' +
                '"storageId":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stflows","retentionPolicy":{"days":30,"enabled":true}' + $More + '}}'))
    }
    $analytics = ',"flowAnalyticsConfiguration":{"networkWatcherFlowAnalyticsConfiguration":{"enabled":true,"trafficAnalyticsInterval":10,"workspaceResourceId":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/law"}}'
    $logs = (New-Log 'hub-vnet-rg-flowlog' 'virtualNetworks/hub-vnet' $analytics), (New-Log 'web-nsg-rg-flowlog' 'networkSecurityGroups/web-nsg')
}

Describe 'Get-NsgFlowLog' {
    It 'has objects with a table that fits 120 columns' {
        $lines = ($logs | Out-String -Width 120).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $lines[0] | Should -Match '^Name +Target +Kind +State +Storage +Kept +TA +Region +Ends$'
        $lines[2] | Should -Match '^hub-vnet-rg-flowlog +hub-vnet +VNet +On +stflows +30 d +10 min +germanywestcentral$'
        $lines[3] | Should -Match '^web-nsg-rg-flowlog +web-nsg +NSG +On +stflows +30 d +off +germanywestcentral +2027-09-30$'
        $lines.ForEach{ $_.Length }.Where{ $_ -gt 120 } | Should -BeNullOrEmpty
    }

    It 'has objects with a table that tells what counts on 80 columns' {
        $lines = ($logs | Out-String -Width 79).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $lines[0] | Should -Match '^Name +Target +Kind +State +Storage'
        $lines.ForEach{ $_.Length }.Where{ $_ -gt 79 } | Should -BeNullOrEmpty
    }

    It 'has objects with everything in a list' {
        $text = $logs | Format-List | Out-String -Width 200
        $text | Should -Match 'TrafficAnalyticsInterval +: 10'
        $text | Should -Match 'Workspace +: law'
        $text | Should -Match 'RetirementDate +: 2027-09-30'
    }

    It 'lets no escape sequence of a name reach the terminal' {
        $bad = New-Log 'x' 'virtualNetworks/A\u001b[2J'
        ($bad | Out-String -Width 120).Contains([string][char]27) | Should -BeFalse
        ($bad | Format-List | Out-String -Width 120).Contains([string][char]27) | Should -BeFalse
    }

    It 'takes no text for an id that is none' {
        { Get-NsgFlowLog -ResourceId hub-vnet } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }

    It 'fills -ResourceId from the properties <_>' -ForEach 'ResourceId', 'TargetResourceId', 'Id' {
        $parameter = (Get-Command Get-NsgFlowLog).Parameters['ResourceId']
        (@($parameter.Name) + $parameter.Aliases) | Should -Contain $_
        $parameter.ParameterSets['Target'].ValueFromPipelineByPropertyName | Should -BeTrue
    }

    It 'gives nothing for nothing from the pipeline' {
        @(@() | Get-NsgFlowLog -ErrorVariable bad).Count | Should -Be 0
        $bad | Should -BeNullOrEmpty
    }
}

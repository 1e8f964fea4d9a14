BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))

    # Two tuples under one rule, one under another; read by hand: 3 records, 1 denied, 588096 + 4610880 bytes in the C tuple.
    $json = @'
{ "records": [ { "time": "2018-11-13T12:00:35.3899262Z", "systemId": "x", "macAddress": "000D3AF8801A",
    "category": "NetworkSecurityGroupFlowEvent", "resourceId": "/SUBSCRIPTIONS/S1/RESOURCEGROUPS/RG1/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG",
    "operationName": "NetworkSecurityGroupFlowEvents",
    "properties": { "Version": 2, "flows": [
      { "rule": "DefaultRule_DenyAllInBound", "flows": [ { "mac": "000D3AF8801A", "flowTuples": [ "1542110377,94.102.49.190,10.5.16.4,28746,443,U,I,D,B,,,," ] } ] },
      { "rule": "UserRule_web", "flows": [ { "mac": "000D3AF8801A", "flowTuples": [
          "1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,",
          "1542110437,10.5.16.4,13.67.143.118,59831,443,T,O,A,C,1021,588096,8005,4610880" ] } ] } ] } } ] }
'@
}

Describe 'ConvertFrom-NsgFlowJson' {
    It 'reads a whole text' {
        $found = @($json | ConvertFrom-NsgFlowJson)
        $found.Count | Should -Be 3
        $found[0].Time | Should -Be ([datetime]::new(2018, 11, 13, 11, 59, 37, [System.DateTimeKind]::Utc))
        $found[0].Time.Kind | Should -Be 'Utc'
        $found[0].SourceAddress | Should -Be '94.102.49.190'
        $found[0].Protocol | Should -Be 'Udp'
        $found[0].Direction | Should -Be 'Inbound'
        $found[0].Decision | Should -Be 'Deny'
        $found[0].State | Should -Be 'Begin'
        $found[0].Rule | Should -Be 'DenyAllInBound'
        $found[0].RuleKind | Should -Be 'Default'
        $found[0].Nsg | Should -Be 'WEB-NSG'
        $found[0].MacAddress | Should -Be '000D3AF8801A'
        $found[0].BytesSent | Should -BeNullOrEmpty
        $found[2].BytesSent | Should -Be 588096
        $found[2].Bytes | Should -Be 5198976
        $found[2].PacketsReceived | Should -Be 8005
        $found[2].FormatVersion | Should -Be 2
    }

    It 'reads lines as Get-Content gives them' {
        $lines = $json.Split("`n")
        @($lines | ConvertFrom-NsgFlowJson).Count | Should -Be 3
    }

    It 'takes the text as an argument' {
        @(ConvertFrom-NsgFlowJson $json).Count | Should -Be 3
    }

    It 'reads bytes, as a whole and one by one' {
        $bytes = [System.Text.Encoding]::UTF8.GetBytes($json)
        @(ConvertFrom-NsgFlowJson -InputObject $bytes).Count | Should -Be 3
        @(, $bytes | ConvertFrom-NsgFlowJson).Count | Should -Be 3
        @($bytes | ConvertFrom-NsgFlowJson).Count | Should -Be 3
    }

    It 'reads objects as ConvertFrom-Json makes them, with times as dates' {
        $rule = [pscustomobject]@{ rule = 'UserRule_web "quoted"'; flows = @([pscustomobject]@{ mac = '000D3AF8801A'; flowTuples = @('1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,') }) }
        $entry = [pscustomobject]@{
            time = [datetime]::new(2018, 11, 13, 12, 0, 35, [System.DateTimeKind]::Utc); category = 'NetworkSecurityGroupFlowEvent'
            properties = [pscustomobject]@{ Version = [long]2; flows = @($rule) }
        }
        $found = @([pscustomobject]@{ records = @($entry, $entry) } | ConvertFrom-NsgFlowJson)
        $found.Count | Should -Be 2
        $found[0].Rule | Should -Be 'web "quoted"'
        $found[0].EntryTime | Should -Be ([datetime]::new(2018, 11, 13, 12, 0, 35, [System.DateTimeKind]::Utc))
        @($entry | ConvertFrom-NsgFlowJson).Count | Should -Be 1
    }

    It 'reads hashtables' {
        $map = @{ category = 'NetworkSecurityGroupFlowEvent'; properties = @{ Version = 2; flows = @(@{ rule = 'r'; flows = @(@{ flowTuples = @('1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,') }) }) } }
        @($map | ConvertFrom-NsgFlowJson).Count | Should -Be 1
    }

    It 'reads a single tuple of version <Version>' -ForEach @(
        @{ Version = 1; Text = '1487282421,42.119.146.95,10.1.0.4,51529,5358,T,I,D'; State = $null; Bytes = $null; Decision = 'Deny' }
        @{ Version = 2; Text = '1542110437,10.5.16.4,13.67.143.118,59831,443,T,O,A,C,1021,588096,8005,4610880'; State = 'Continue'; Bytes = 5198976; Decision = 'Allow' }
        @{ Version = 4; Text = '1663146003599,10.0.0.6,192.0.2.180,23956,443,6,O,B,NX,0,0,0,0'; State = 'Begin'; Bytes = 0; Decision = 'Allow' }
        @{ Version = 4; Text = '1663146003606,10.0.0.6,192.0.2.180,23956,443,6,I,D,NX,0,0,0,0'; State = 'Deny'; Bytes = 0; Decision = 'Deny' }
    ) {
        $found = @($Text | ConvertFrom-NsgFlowJson -Version $Version)
        $found.Count | Should -Be 1
        $found[0].FormatVersion | Should -Be $Version
        $found[0].Decision | Should -Be $Decision
        if ($null -eq $State) { $found[0].State | Should -BeNullOrEmpty } else { $found[0].State | Should -Be $State }
        if ($null -eq $Bytes) { $null -eq $found[0].Bytes | Should -BeTrue } else { $found[0].Bytes | Should -Be $Bytes }
    }

    It 'takes tuples as they stand in a blob, several to a text' {
        $text = "`"1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,`",`r`n`"1542110437,10.5.16.4,13.67.143.118,59831,443,T,O,A,C,1,2,3,4`""
        @($text | ConvertFrom-NsgFlowJson -Version 2).Count | Should -Be 2
    }

    It 'reports a bad tuple and goes on' {
        $found = @('1542110424,10.5.16.4,nonsense,59831,443,T,O,A,B,,,,', '1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,' |
                ConvertFrom-NsgFlowJson -Version 2 -ErrorVariable bad -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 1
        $bad.Count | Should -Be 1
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'FlowTupleInvalid,*'
        $bad[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $bad[0].TargetObject | Should -Be 'tuple 1 of the input'
    }

    It 'filters' {
        @($json | ConvertFrom-NsgFlowJson -Decision Denied).Count | Should -Be 1
        @($json | ConvertFrom-NsgFlowJson -Rule web -State C).Count | Should -Be 1
        @($json | ConvertFrom-NsgFlowJson -Address 13.67.0.0/16).Count | Should -Be 2
        @($json | ConvertFrom-NsgFlowJson -StartTime 2018-11-13T12:00:30).Count | Should -Be 1
        @($json | ConvertFrom-NsgFlowJson -MinBytes 0).Count | Should -Be 1
    }

    It 'warns once, and says why, when <Why>' -ForEach @(
        @{ Why = 'the filter matches nothing'; Text = '1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,'; Says = '*none of the 1 tuples*' }
        @{ Why = 'there is no input'; Text = $null; Says = '*no input*' }
    ) {
        $found = @($Text | ConvertFrom-NsgFlowJson -Version 2 -Port 1 -WarningVariable warned -WarningAction SilentlyContinue)
        $found.Count | Should -Be 0
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike $Says
    }

    It 'says what the input is when it is no flow log' {
        $null = '<html><body>Sign in</body></html>' | ConvertFrom-NsgFlowJson -ErrorVariable bad -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'NotFlowLog,*'
    }

    It 'says where files go' {
        $null = [System.IO.FileInfo]::new($PSCommandPath) | ConvertFrom-NsgFlowJson -ErrorVariable bad -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'InputNotJson,*'
        $bad[0].ErrorDetails.RecommendedAction | Should -BeLike '*Get-NsgFlowRecord*'
    }

    It 'stops early without errors' {
        $found = @($json | ConvertFrom-NsgFlowJson -ErrorVariable bad | Select-Object -First 1)
        $found.Count | Should -Be 1
        $bad | Should -BeNullOrEmpty
        @($json | ConvertFrom-NsgFlowJson -First 2).Count | Should -Be 2
    }
}

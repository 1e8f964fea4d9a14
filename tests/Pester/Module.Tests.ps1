# What must be true of the module as a whole.

BeforeDiscovery {
    $commands = 'Connect-NsgFlow', 'ConvertFrom-NsgFlowJson', 'Disable-NsgFlowLog', 'Disconnect-NsgFlow', 'Enable-NsgFlowLog', 'Get-NsgFlowBlob', 'Get-NsgFlowContext', 'Get-NsgFlowLog', 'Get-NsgFlowRecord', 'Measure-NsgTraffic', 'Merge-NsgFlowRecord', 'New-NsgFlowSample', 'Remove-NsgFlowLog', 'Set-NsgFlowLog'
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $manifest = [System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1')
    Import-Module $manifest
    $assembly = (Get-Command Get-NsgFlowRecord).ImplementingType.Assembly

    # The engine alone has no Sort-Object.
    function Sort-Names {
        $names = [System.Collections.Generic.SortedSet[string]]::new()
        foreach ($name in $input) { $null = $names.Add([string]$name) }
        $names
    }

    function ExportedTypes {
        foreach ($one in $assembly, [NsgFlow.FlowRecord].Assembly) { $one.GetExportedTypes() }
    }
}

Describe 'The manifest' {
    It 'exports exactly the cmdlets that are compiled' {
        $compiled = foreach ($type in $assembly.GetExportedTypes()) {
            foreach ($attribute in $type.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)) {
                "$($attribute.VerbName)-$($attribute.NounName)"
            }
        }
        $named = (Get-Module NsgFlow).ExportedCmdlets.Keys
        (@($compiled).ForEach{ $_ } | Sort-Names) -join ' ' | Should -Be ((@($named) | Sort-Names) -join ' ')
    }

    It 'has the version of the assemblies' {
        $version = (Get-Module NsgFlow).Version.ToString()
        [NsgFlow.FlowRecord].Assembly.GetName().Version.ToString(3) | Should -Be $version
        $assembly.GetName().Version.ToString(3) | Should -Be $version
    }

    It 'names nothing by wildcard' {
        $text = [System.IO.File]::ReadAllText($manifest)
        $text | Should -Not -Match "ToExport\s*=.*\*"
    }

    It 'brings no file that only building needs' {
        $names = [System.IO.Directory]::GetFiles([System.IO.Path]::GetDirectoryName($manifest), '*', 'AllDirectories').ForEach{ [System.IO.Path]::GetFileName($_) }
        $names | Should -Not -Contain 'System.Management.Automation.dll'
        $names.Where{ $_ -like '*.xml' -and $_ -notlike '*-Help.xml' -and $_ -notlike '*.ps1xml' } | Should -BeNullOrEmpty
    }
}

Describe '<_>' -ForEach $commands {
    BeforeAll {
        $command = Get-Command $_
        $type = $command.ImplementingType
    }

    It 'has an approved verb' {
        $verbs = foreach ($group in [System.Management.Automation.VerbsCommon], [System.Management.Automation.VerbsData], [System.Management.Automation.VerbsDiagnostic], [System.Management.Automation.VerbsCommunications], [System.Management.Automation.VerbsLifecycle]) {
            $group.GetFields().ForEach{ $_.GetRawConstantValue() }
        }
        $verbs | Should -Contain $command.Verb
    }

    It 'says what comes out' {
        $command.OutputType.Count | Should -BeGreaterThan 0
        $command.OutputType[0].Type.FullName | Should -Match '^(NsgFlow\.\w+|System\.Void)$'
    }

    It 'has a test file of its own' {
        [System.IO.File]::Exists([System.IO.Path]::Combine($PSScriptRoot, "$($command.Name).Tests.ps1")) | Should -BeTrue
    }

    It 'can be told apart in every parameter set by what is mandatory' {
        $needs = $command.ParameterSets.ForEach{
            $mandatory = $_.Parameters.Where{ $_.IsMandatory }.ForEach{ $_.Name }
            ($mandatory | Sort-Names) -join ','
        }
        @($needs | Sort-Names).Count | Should -Be $command.ParameterSets.Count
    }
}

Describe 'Parameters' {
    It 'are the same filter on every cmdlet that filters' {
        $one = (Get-Command Get-NsgFlowRecord).Parameters
        foreach ($other in 'ConvertFrom-NsgFlowJson', 'Measure-NsgTraffic', 'Get-NsgTrafficAnalytics') {
            $two = (Get-Command $other).Parameters
            foreach ($name in 'Address', 'SourceAddress', 'DestinationAddress', 'Port', 'SourcePort', 'DestinationPort', 'Protocol', 'Direction', 'Decision', 'State',
                'Encryption', 'Rule', 'ExcludeAddress', 'ExcludePort', 'ExcludeRule', 'MacAddress', 'StartTime', 'EndTime', 'Last') {
                $two.ContainsKey($name) | Should -BeTrue -Because "$other -$name"
                $two[$name].ParameterType | Should -Be $one[$name].ParameterType
                ($two[$name].Aliases -join ' ') | Should -Be ($one[$name].Aliases -join ' ')
                ($two[$name].Attributes.ForEach{ $_.GetType().Name } -join ' ') | Should -Be ($one[$name].Attributes.ForEach{ $_.GetType().Name } -join ' ')
            }
        }
    }

    It 'are the same sources on every cmdlet that reads blobs' {
        $one = (Get-Command Get-NsgFlowBlob).Parameters
        foreach ($other in 'Get-NsgFlowRecord', 'Measure-NsgTraffic') {
            $two = (Get-Command $other).Parameters
            foreach ($name in $one.Keys) {
                if ($name -eq 'First') { continue }
                $two.ContainsKey($name) | Should -BeTrue -Because "$other -$name"
                ($two[$name].Aliases -join ' ') | Should -Be ($one[$name].Aliases -join ' ')
                $two[$name].ParameterSets.Keys.ForEach{ $_ } | Should -Contain @($one[$name].ParameterSets.Keys)[0]
            }
        }
    }

    It 'name whose flows in the same way, wherever these are' {
        $one = (Get-Command Get-NsgFlowRecord).Parameters
        $two = (Get-Command Get-NsgTrafficAnalytics).Parameters
        foreach ($name in 'FlowLog', 'Nsg', 'VirtualNetwork', 'Subnet', 'NetworkInterface', 'AksCluster', 'ResourceId', 'ResourceGroupName', 'SubscriptionId') {
            $two.ContainsKey($name) | Should -BeTrue -Because $name
            $two[$name].ParameterType | Should -Be $one[$name].ParameterType
            ($two[$name].Aliases -join ' ') | Should -Be ($one[$name].Aliases -join ' ')
        }
        $three = (Get-Command Measure-NsgTraffic).Parameters
        foreach ($name in 'Workspace', 'Table', 'ShowQuery') {
            $three[$name].ParameterType | Should -Be $two[$name].ParameterType
            ($three[$name].Aliases -join ' ') | Should -Be ($two[$name].Aliases -join ' ')
        }
    }

    It 'ask for the bytes of a tuple where tuples come out, and of a row where rows do' {
        (Get-Command ConvertFrom-NsgFlowJson).Parameters['MinBytes'].ParameterType | Should -Be (Get-Command Get-NsgFlowRecord).Parameters['MinBytes'].ParameterType
        (Get-Command Get-NsgTrafficAnalytics).Parameters['MinBytes'].ParameterType | Should -Be (Get-Command Get-NsgFlowRecord).Parameters['MinBytes'].ParameterType
        (Get-Command Get-NsgFlowBlob).Parameters.ContainsKey('MinBytes') | Should -BeFalse
        (Get-Command Measure-NsgTraffic).Parameters['MinBytes'].ParameterType | Should -Be ([long])
    }

    It 'take no type that lives in the load context only' {
        $foreign = foreach ($command in Get-Command -Module NsgFlow) {
            foreach ($parameter in $command.Parameters.Values) {
                $type = $parameter.ParameterType
                if ($type.IsArray) { $type = $type.GetElementType() }
                if ([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($type.Assembly).Name -ne 'Default') { "$command -$($parameter.Name): $type" }
            }
        }
        $foreign | Should -BeNullOrEmpty
    }
}

Describe 'Public signatures' {
    It 'have no type of an Azure package' {
        $flags = [System.Reflection.BindingFlags]'Public, Instance, Static, DeclaredOnly'
        $azure = foreach ($type in ExportedTypes) {
            $used = @($type.BaseType) + $type.GetInterfaces()
            foreach ($property in $type.GetProperties($flags)) { $used += $property.PropertyType }
            foreach ($method in $type.GetMethods($flags)) {
                $used += $method.ReturnType
                foreach ($parameter in $method.GetParameters()) { $used += $parameter.ParameterType }
            }
            foreach ($one in $used) {
                if ($null -ne $one -and $one.Assembly.GetName().Name -like 'Azure.*') { "$type uses $one" }
            }
        }
        $azure | Should -BeNullOrEmpty
    }

    It 'derive from nothing outside the BCL, the engine and NsgFlow' {
        foreach ($type in ExportedTypes) {
            $base = $type.BaseType
            if ($null -ne $base) {
                $base.Assembly.GetName().Name | Should -Match '^(System\.|NsgFlow\.|mscorlib|netstandard)'
            }
        }
    }
}

Describe 'A flow record' {
    BeforeAll {
        # DOMAIN.md a: denied flows of version 2 end in four blank counters.
        $denied = '1542110377,94.102.49.190,10.5.16.4,28746,443,U,I,D,B,,,,' | ConvertFrom-NsgFlowJson -Version 2
    }

    It 'has the alias property <Alias> for <Property>' -ForEach @(
        @{ Alias = 'SrcIp'; Property = 'SourceAddress'; Value = '94.102.49.190' }
        @{ Alias = 'DestIp'; Property = 'DestinationAddress'; Value = '10.5.16.4' }
        @{ Alias = 'SrcPort'; Property = 'SourcePort'; Value = 28746 }
        @{ Alias = 'DestPort'; Property = 'DestinationPort'; Value = 443 }
        @{ Alias = 'Action'; Property = 'Decision'; Value = 'Deny' }
    ) {
        $denied.$Alias | Should -Be $Value
        $denied.$Property | Should -Be $Value
    }

    It 'compares its decision with the letter and the word' {
        $denied.Decision -eq 'D' | Should -BeTrue
        $denied.Decision -eq 'Deny' | Should -BeTrue
        $denied.Decision -eq 'A' | Should -BeFalse
        @($denied | Where-Object Decision -eq D).Count | Should -Be 1
        @($denied | Where-Object Action -eq Allow).Count | Should -Be 0
    }

    It 'can be named in a script' {
        $denied -is [NsgFlow.FlowRecord] | Should -BeTrue
        [NsgFlow.FlowDecision]::Deny | Should -Be $denied.Decision
    }
}

Describe 'The views' {
    BeforeAll {
        $records = @(
            '1542110377,10.0.0.4,10.5.16.4,50000,443,T,O,A,C,10,1536,20,1048576'
            '1542110378,94.102.49.190,10.5.16.4,28746,443,U,I,D,B,,,,'
        ) | ConvertFrom-NsgFlowJson -Version 2
    }

    It 'show a table that fits 120 columns, with sizes and an arrow' {
        $text = $records | Out-String -Width 120
        $lines = $text.Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $lines[2] | Should -Match '^2018-11-13 11:59:37 10\.0\.0\.4:50000        → 10\.5\.16\.4:443         Allow    Out Tcp  Cont   1\.0 MB'
        $lines[3] | Should -Match 'DENY     In  Udp  Begin'
        $lines.ForEach{ $_.Length }.Where{ $_ -gt 120 } | Should -BeNullOrEmpty
    }

    It 'show who was denied on 80 columns too, of which a terminal uses 79' {
        $lines = ($records | Out-String -Width 79).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $lines[0] | Should -Match 'Decision Dir$'
        $lines[3] | Should -Match 'DENY     In$'
    }

    It 'show more in the view Wide, whole columns at <Width>' -ForEach @(
        @{ Width = 120; Last = 'Rule' }
        @{ Width = 160; Last = 'Nsg' }
        @{ Width = 200; Last = 'Encr' }
        @{ Width = 240; Last = 'Kind' }
    ) {
        $lines = ($records | Format-Table -View Wide | Out-String -Width $Width).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $lines[0] | Should -Match "$Last$"
        $lines.Count | Should -Be 4
        $lines.ForEach{ $_.Length }.Where{ $_ -gt $Width } | Should -BeNullOrEmpty
        if ($Width -ge 200) {
            $lines[2] | Should -Match '1\.5 KB  1\.0 MB .* 10        20'
        }
    }

    It 'hand no escape sequence of a log or a name to the terminal: <_>' -ForEach 'Default', 'Wide', 'List', 'Blob', 'BlobList' {
        $bad = 'A\u001b]0;pwned\u0007\u001b[2J\u202e'
        $json = '{"records":[{"time":"2018-11-13T12:00:00Z","macAddress":"' + $bad + '","resourceId":"/SUBSCRIPTIONS/' + $bad + '/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/' +
            $bad + '","properties":{"Version":2,"flows":[{"rule":"UserRule_' + $bad + '","flows":[{"flowTuples":["1542110377,10.0.0.4,10.5.16.4,50000,443,T,O,A,C,10,1536,20,1048576"]}]}]}}]}'
        $text = $bad.Replace('\u001b', [string][char]27).Replace('\u0007', [string][char]7).Replace('\u202e', [string][char]0x202E)
        $record = $json | ConvertFrom-NsgFlowJson
        $record.Rule | Should -Be $text
        $blob = [NsgFlow.FlowBlob]::new()
        foreach ($name in 'Name', 'Target', 'Account', 'Container', 'ResourceId', 'MacAddress', 'ETag') {
            [NsgFlow.FlowBlob].GetProperty($name).SetValue($blob, $text)
        }
        $shown = switch ($_) {
            'Default' { $record | Format-Table | Out-String -Width 300 }
            'Wide' { $record | Format-Table -View Wide | Out-String -Width 300 }
            'List' { $record | Format-List | Out-String -Width 300 }
            'Blob' { $blob | Format-Table | Out-String -Width 300 }
            'BlobList' { $blob | Format-List | Out-String -Width 300 }
        }
        $shown | Should -Match 'A\?\]0;pwned\?\?\[2J\?'
        foreach ($c in 27, 7, 0x202E) {
            $shown.Contains([string][char]$c) | Should -BeFalse
        }
    }

    It 'show everything in a list' {
        $text = $records[0] | Format-List | Out-String -Width 120
        $text | Should -Match 'Source +: 10\.0\.0\.4:50000'
        $text | Should -Match 'BytesReceived +: 1048576'
    }

    It 'leave the properties numbers' {
        $records[0].Bytes | Should -Be 1050112
        $records[0].Bytes -is [long] | Should -BeTrue
        $null -eq $records[1].Bytes | Should -BeTrue
    }

    It 'colour denied rows where PowerShell renders colours, and nowhere else' -Skip:($null -eq ('System.Management.Automation.PSStyle' -as [type])) {
        $style = [System.Management.Automation.PSStyle]::Instance
        $before = $style.OutputRendering
        try {
            $style.OutputRendering = 'PlainText'
            ($records | Out-String -Width 120).Contains([string][char]27) | Should -BeFalse
            $style.OutputRendering = 'Ansi'
            $lines = ($records | Out-String -Width 120).Split("`n").Where{ $_ -match '^.{0,5}2018-11-13' }
            $lines[0].Contains("$([char]27)[91m") | Should -BeFalse
            $lines[1].Contains("$([char]27)[91mDENY") | Should -BeTrue
        }
        finally {
            $style.OutputRendering = $before
        }
    }
}

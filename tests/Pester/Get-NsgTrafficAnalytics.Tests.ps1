BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $command = Get-Command Get-NsgTrafficAnalytics

    # A row as Log Analytics answers it.
    function Record([System.Collections.IDictionary] $values) {
        $type = { param($value) if ($value -is [datetime]) { 'datetime' } elseif ($value -is [string]) { 'string' } else { 'long' } }
        $text = { param($value) if ($null -eq $value) { 'null' } elseif ($value -is [datetime]) { '"' + $value.ToString('yyyy-MM-ddTHH:mm:ssZ') + '"' } elseif ($value -is [string]) { '"' + $value + '"' } else { "$value" } }
        $columns = @($values.Keys).ForEach{ '{"name":"' + $_ + '","type":"' + (& $type $values[$_]) + '"}' } -join ','
        $row = @($values.Values).ForEach{ & $text $_ } -join ','
        $answer = '{"tables":[{"name":"PrimaryResult","columns":[' + $columns + '],"rows":[[' + $row + ']]}]}'
        foreach ($one in [NsgFlow.Query.LogsAnswer]::Parse([System.Text.Encoding]::UTF8.GetBytes($answer)).Primary.Rows) { [NsgFlow.TrafficAnalyticsRecord]::Of($one) }
    }

    $time = [datetime]::new(2026, 10, 27, 12, 2, 0, [System.DateTimeKind]::Utc)
    $denied = [ordered]@{
        FirstSeen = $time; LastSeen = $time.AddSeconds(20); IntervalStart = $time.AddMinutes(-2); IntervalEnd = $time.AddMinutes(58); SourceAddress = '192.0.2.66'; DestinationAddress = '10.2.1.4'
        DestinationPort = 22; Protocol = 6; Direction = 'Inbound'; Decision = 'Deny'; FlowType = 'MaliciousFlow'; Flows = 1234; Denied = 1234; Rule = 'DenyAllInBound'; Nsg = 'web-nsg'
        ThreatType = 'Botnet'; Table = 'Nsg'
    }
    $allowed = [ordered]@{
        FirstSeen = $time; SourceAddress = '2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff'; DestinationAddress = '10.2.1.4'; DestinationPort = 443; Protocol = 6; Direction = 'Outbound'; Decision = 'Allow'
        FlowType = 'Unknown Private'; Flows = 1; BytesSent = 1024; BytesReceived = 1048576; Rule = 'AllowHttps'
    }
}

# What it answers is tested against the simulator (tests/Cmdlets); here is what binding, -ShowQuery and the views do.
Describe 'Get-NsgTrafficAnalytics' {
    It 'has the parameters of a question about flows' {
        foreach ($name in 'Workspace', 'Table', 'FlowType', 'Malicious', 'Topology', 'ShowQuery', 'MinBytes', 'Nsg', 'StartTime', 'Address') {
            $command.Parameters.ContainsKey($name) | Should -BeTrue -Because $name
        }
        $command.OutputType[0].Type | Should -Be ([NsgFlow.TrafficAnalyticsRecord])
        $command.Parameters['Workspace'].Aliases -contains 'CustomerId' | Should -BeTrue
        $command.Parameters.ContainsKey('WhatIf') | Should -BeFalse
    }

    It 'completes <Parameter>' -ForEach @(
        @{ Parameter = 'Table'; Values = 'Nsg', 'VirtualNetwork' }
        @{ Parameter = 'FlowType'; Values = 'IntraVNet', 'InterVNet', 'S2S', 'P2S', 'AzurePublic', 'ExternalPublic', 'MaliciousFlow', 'UnknownPrivate', 'Unknown' }
        @{ Parameter = 'Last'; Values = '6h', '7d' }
    ) {
        $line = "Get-NsgTrafficAnalytics -$Parameter "
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText
        foreach ($value in $Values) { $found -contains $value | Should -BeTrue -Because $value }
    }

    It 'shows the query without an Azure to ask' {
        $query = Get-NsgTrafficAnalytics -Workspace law-net -Nsg "a'b`"c" -Decision Deny -Last 1d -ShowQuery -WarningAction SilentlyContinue
        $query -is [string] | Should -BeTrue
        $query | Should -Match 'AzureNetworkAnalytics_CL'
        $query | Should -Match 'NTANetAnalytics'
        $query.Contains('a''b\"c') | Should -BeTrue
        Get-NsgTrafficAnalytics -Nsg aks* -VirtualNetwork hub -ResourceId /subscriptions/s/resourceGroups/rg-x -ShowQuery | Should -Match 'rg\\*-x'
        Get-NsgTrafficAnalytics -Workspace law-net -Table Nsg -ShowQuery | Should -Not -Match 'NTANetAnalytics'
        Get-NsgTrafficAnalytics -Workspace law-net -Topology -ShowQuery | Should -Match 'NTATopologyDetails'
    }

    It 'says by which id <Arguments> is refused' -ForEach @(
        @{ Arguments = '-Workspace law-net -SourcePort 80 -ShowQuery'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-Workspace law-net -State Begin -ShowQuery'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-Workspace law-net -Topology -Malicious -ShowQuery'; Id = 'TopologyAmbiguous' }
        @{ Arguments = '-Workspace law-net -Last 1h -StartTime 2h -ShowQuery'; Id = 'TimeAmbiguous' }
        @{ Arguments = '-Workspace law-net -StartTime 1h -EndTime 2h -ShowQuery'; Id = 'TimeRangeEmpty' }
    ) {
        { & ([scriptblock]::Create("Get-NsgTrafficAnalytics $Arguments")) } | Should -Throw -ErrorId "$Id,NsgFlow.PowerShell.Commands.GetNsgTrafficAnalyticsCommand"
    }

    It 'refuses what means nothing while it binds' {
        foreach ($arguments in @{ Table = 'Vnet' }, @{ FlowType = 'Public' }, @{ Workspace = '' }, @{ Address = '10.0.0.0/33' }, @{ MinBytes = -1 }) {
            { Get-NsgTrafficAnalytics @arguments -ShowQuery } | Should -Throw
        }
    }

    It 'says so when the pipeline brings nothing' {
        @() | Get-NsgTrafficAnalytics -Workspace law-net -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'there was no input'
    }
}

Describe 'A row of Traffic Analytics' {
    It 'has other names for its properties, and compares words by their first letter' {
        $record = Record $denied
        $record.SrcIp | Should -Be '192.0.2.66'
        $record.DestIp | Should -Be '10.2.1.4'
        $record.DestPort | Should -Be 22
        $record.Action | Should -Be ([NsgFlow.FlowDecision]::Deny)
        @($record | Where-Object Decision -eq D).Count | Should -Be 1
        $null -eq $record.Bytes | Should -BeTrue
        $record -is [NsgFlow.TrafficAnalyticsRecord] | Should -BeTrue
    }

    It 'is a line that fits 120 columns, and says on 79 how many flows were denied' {
        $records = (Record $denied), (Record $allowed)
        $lines = ($records | Out-String -Width 120).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $lines[2] | Should -Match '^2026-10-27 12:02:00 192\.0\.2\.66      → 10\.2\.1\.4:22           DENY     In   1,234 Tcp          MaliciousFlow  DenyAllI'
        $lines[3] | Should -Match '^2026-10-27 12:02:00 2001:db…ee:ffff → 10\.2\.1\.4:443          Allow    Out      1 Tcp   1\.0 MB UnknownPrivate AllowHttps$'
        $lines.ForEach{ $_.Length }.Where{ $_ -gt 120 } | Should -BeNullOrEmpty
        $narrow = ($records | Out-String -Width 79).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $narrow[0] | Should -Match 'Flows$'
        $narrow[2] | Should -Match '1,234$'
    }

    It 'says what a malicious address is known for, in the same width' {
        $record = [psobject]::new((Record $denied))
        $record.psobject.TypeNames.Insert(0, 'NsgFlow.TrafficAnalyticsRecord.Malicious')
        $lines = ($record | Out-String -Width 120).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
        $lines[0] | Should -Match ' Threat +Rule$'
        $lines[2] | Should -Match ' Botnet +DenyAllI'
        $lines.ForEach{ $_.Length }.Where{ $_ -gt 120 } | Should -BeNullOrEmpty
        $record | Format-List | Out-String -Width 120 | Should -Match 'ThreatType +: Botnet'
    }

    It 'has all that is known in a list' {
        $text = Record $denied | Format-List | Out-String -Width 120
        $text | Should -Match 'Interval +: 2026-10-27 12:00:00Z \(60 min\)'
        $text | Should -Match 'Destination +: 10\.2\.1\.4:22'
        $text | Should -Match 'ThreatType +: Botnet'
    }

    It 'hands no escape sequence to the terminal: <_>' -ForEach 'Table', 'Threats', 'List' {
        $bad = 'A\u001b]0;pwned\u0007\u202e'
        $values = [ordered]@{ FirstSeen = $time; SourceAddress = $bad; DestinationAddress = $bad; Rule = $bad; Nsg = $bad; ThreatDescription = $bad; Service = $bad; Country = $bad; SourceSubnet = $bad }
        $values.ThreatType = $bad
        $threat = [psobject]::new((Record $values))
        $threat.psobject.TypeNames.Insert(0, 'NsgFlow.TrafficAnalyticsRecord.Malicious')
        $shown = if ($_ -eq 'Threats') { $threat | Format-Table | Out-String -Width 300 } elseif ($_ -eq 'Table') { Record $values | Format-Table | Out-String -Width 300 } else { Record $values | Format-List | Out-String -Width 300 }
        $shown | Should -Match 'A\?\]0;'
        foreach ($c in 27, 7, 0x202E) { $shown.Contains([string][char]$c) | Should -BeFalse }
    }

    It 'has every property in its list' {
        $items = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.Format.ps1xml'))
        $view = [regex]::Match($items, '(?s)<Name>List</Name>\s*<ViewSelectedBy><TypeName>NsgFlow\.TrafficAnalyticsRecord<.*?</View>').Value
        foreach ($property in [NsgFlow.TrafficAnalyticsRecord].GetProperties().Name) {
            # Sums of others, and places that the row tells for each end besides.
            if ($property -in 'Bytes', 'NsgPath', 'SubscriptionId', 'ResourceGroup', 'VirtualNetwork', 'Subnet', 'NetworkInterface', 'Location', 'SourceSubscription', 'DestinationSubscription') { continue }
            $name = $property -replace '^(Source|Destination)Address$', '$1' -replace '^DestinationPort$', 'Destination' -replace '^Interval(Start|End)$', 'Interval'
            $view | Should -Match ">$name<" -Because $property
        }
    }
}

Describe 'A row of topology' {
    It 'is shown with the columns that it has a value of, and nothing that a terminal would obey' {
        $row = [pscustomobject]@{ SubType_s = 'Topology'; FlowType_s = $null; VM_s = ''; Name_s = 'web' + [char]27 + '[31m'; AllowedInFlows_d = 0 }
        $row.psobject.TypeNames.Insert(0, 'NsgFlow.TrafficQueryRow.Topology')
        $text = $row | Out-String -Width 120
        $text | Should -Match '(?m)^SubType_s +: Topology'
        $text | Should -Match '(?m)^Name_s +: web\?\[31m'
        $text | Should -Match '(?m)^AllowedInFlows_d +: 0'
        $text | Should -Not -Match 'FlowType_s|VM_s'
        $text.Contains([string][char]27) | Should -BeFalse
    }
}

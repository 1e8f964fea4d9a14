BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $manifest = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $samples = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples'))

    function WriteBlob([string] $Root, [string] $Mac, [int] $Hour, [string[]] $Tuples, [string] $Rule = 'UserRule_web') {
        $sub = '11111111-2222-3333-4444-555555555555'
        $folder = [System.IO.Path]::Combine($Root, 'insights-logs-networksecuritygroupflowevent', 'resourceId=', 'SUBSCRIPTIONS', $sub, 'RESOURCEGROUPS', 'RG1',
            'PROVIDERS', 'MICROSOFT.NETWORK', 'NETWORKSECURITYGROUPS', 'WEB-NSG', 'y=2026', 'm=03', 'd=04', ('h={0:00}' -f $Hour), 'm=00', "macAddress=$Mac")
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $text = '{"records":[{"time":"2026-03-04T' + ('{0:00}' -f $Hour) + ':10:00.0000000Z","macAddress":"' + $Mac + '","category":"NetworkSecurityGroupFlowEvent","resourceId":"/SUBSCRIPTIONS/' +
            $sub + '/RESOURCEGROUPS/RG1/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG","properties":{"Version":2,"flows":[{"rule":"' + $Rule +
            '","flows":[{"mac":"' + $Mac + '","flowTuples":["' + ($Tuples -join '","') + '"]}]}]}}]}'
        $file = [System.IO.Path]::Combine($folder, 'PT1H.json')
        [System.IO.File]::WriteAllText($file, $text)
        $file
    }

    # Four flows by hand, 1772600400 is 2026-03-04T05:00:00Z: one between two logged interfaces (700 bytes, in both blobs), one that began before
    # (300 bytes), two denied.
    $logs = [System.IO.Path]::Combine("$TestDrive", 'logs')
    $one = WriteBlob $logs '000D3AF8801A' 5 @(
        '1772600460,10.0.0.4,10.0.1.5,50000,443,T,O,A,B,,,,'
        '1772600461,203.0.113.9,10.0.0.4,40000,22,T,I,D,B,,,,'
        '1772600520,10.0.0.4,10.0.1.5,50000,443,T,O,A,E,3,300,4,400'
        '1772602260,10.0.0.4,198.51.100.7,50001,443,T,O,A,C,1,100,2,200')
    $two = WriteBlob $logs '000D3AF8801B' 5 @(
        '1772600460,10.0.0.4,10.0.1.5,50000,443,T,I,A,B,,,,'
        '1772600470,203.0.113.10,10.0.1.5,40001,22,T,I,D,B,,,,'
        '1772600520,10.0.0.4,10.0.1.5,50000,443,T,I,A,E,3,300,4,400')

    function Lines($Shown, [int] $Width) {
        ($Shown | Out-String -Width $Width).Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ }
    }

    function Complete([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches
    }

    # Everything about rows but the trend, as text.
    function Facts($Rows) {
        foreach ($row in $Rows) {
            (@($row.KeyValues) + $row.Flows + $row.Denied + $row.Tuples + $row.RecordedTuples + $row.MergedTuples + $row.BytesSent + $row.BytesReceived + $row.PacketsSent + $row.FirstSeen + $row.LastSeen +
                $row.Sources + $row.Percent) -join '|'
        }
    }
}

Describe 'The summary' {
    BeforeAll {
        $summary = Measure-NsgTraffic $logs
    }

    It 'counts each flow once' {
        $summary | Should -BeOfType ([NsgFlow.TrafficSummary])
        $summary.Flows | Should -Be 4
        $summary.Allowed | Should -Be 2
        $summary.Denied | Should -Be 2
        $summary.Bytes | Should -Be 1000
        $summary.BytesSent | Should -Be 400
        $summary.PacketsReceived | Should -Be 6
        $summary.MergedTuples | Should -Be 2
        $summary.Tuples | Should -Be 5
        $summary.Blobs | Should -Be 2
        $summary.Entries | Should -Be 2
        $summary.Nsg -join ' ' | Should -Be 'WEB-NSG'
        $summary.MacAddress -join ' ' | Should -Be '000D3AF8801A 000D3AF8801B'
        $null -eq $summary.Malicious | Should -BeTrue
    }

    It 'counts every tuple as written with -Raw' {
        $raw = Measure-NsgTraffic $logs -Raw
        $raw.Flows | Should -Be 5
        $raw.Bytes | Should -Be 1700
        $raw.MergedTuples | Should -Be 0
    }

    It 'has lists of objects with the fields as properties' {
        $summary.TopConversation[0].SourceAddress | Should -Be '10.0.0.4'
        $summary.TopConversation[0].DestinationPort | Should -Be 443
        @($summary.TopDeniedSource | Where-Object SourceAddress -eq 203.0.113.9).Count | Should -Be 1
        $summary.BusiestHour.Hour | Should -Be ([datetime]::new(2026, 3, 4, 5, 0, 0, [System.DateTimeKind]::Utc))
        $csv = @($summary.TopConversation | ConvertTo-Csv)
        $csv[0] | Should -BeLike '"SourceAddress","DestinationAddress","DestinationPort","Protocol",*'
        $csv[1] | Should -BeLike '"10.0.0.4","10.0.1.5","443","Tcp",*'
        "$csv" | Should -Not -BeLike '*System.*'
    }

    It 'has as many rows in a list as -Top says, and the rest' {
        $top = Measure-NsgTraffic $logs -Top 1
        $top.TopTalker.Count | Should -Be 2
        $top.TopTalker[1].IsOther | Should -BeTrue
        $top.TopTalker[1].SourceAddress | Should -Be '(other)'
        ($top.TopTalker.ForEach{ $_.Flows } | Measure-Object -Sum).Sum | Should -Be 4
    }

    It 'counts malicious flows when there is a list' {
        '203.0.113.0/24' | Set-Content "$TestDrive/bad.txt"
        (Measure-NsgTraffic $logs -ThreatList "$TestDrive/bad.txt").Malicious | Should -Be 2
    }

    It 'is given, with a warning, when the filter lets nothing pass' {
        $none = Measure-NsgTraffic $logs -Port 9 -WarningVariable warned -WarningAction SilentlyContinue
        $none.Flows | Should -Be 0
        $null -eq $none.Bytes | Should -BeTrue
        $warned | Should -HaveCount 1
        "$warned" | Should -BeLike 'No traffic: the filter let none of the 7 tuples of 2 blobs pass*'
    }

    It 'is shown as a dashboard in <_> columns' -ForEach 79, 119 {
        $lines = Lines (Measure-NsgTraffic $samples) $_
        $lines.ForEach{ $_.Length }.Where{ $_ -gt 79 } | Should -BeNullOrEmpty
        $lines[0] | Should -Match '^Flows +[\d,]+ +Allowed +[\d,]+ +Denied +[\d,]+$'
        $lines[1] | Should -Match '^Bytes +[\d.]+ MB +Sent +[\d.]+ MB +Received +[\d.]+ MB +Packets +[\d,]+$'
        foreach ($title in 'Flow types', 'Busiest hour', 'Top conversations', 'Top talkers', 'Top ports', 'Top denied sources', 'Top rules') {
            @($lines.Where{ $_.StartsWith($title) }).Count | Should -Be 1 -Because $title
        }
        @($lines.Where{ $_ -match '^  10\.[\d.]+ → [\d.]+:443 Tcp +[\d.]+ MB +[\d.]+% [█▏▎▍▌▋▊▉]+$' }).Count | Should -BeGreaterThan 0
    }
}

Describe 'Rows' {
    It 'have the fields as properties, which come first' {
        $rows = @(Measure-NsgTraffic $logs -By SourceAddress, DestinationPort)
        $rows[0] | Should -BeOfType ([NsgFlow.TrafficMeasure])
        @($rows[0].PSObject.Properties.Name)[0, 1] -join ' ' | Should -Be 'SourceAddress DestinationPort'
        @($rows | Where-Object SourceAddress -eq '10.0.0.4').Count | Should -Be 1
        ($rows | Where-Object DestinationPort -eq 443).Bytes | Should -Be 1000
        @($rows | Sort-Object SourceAddress)[0].SourceAddress | Should -Be '10.0.0.4'
        $csv = @($rows | ConvertTo-Csv)
        $csv[0] | Should -BeLike '"SourceAddress","DestinationPort",*'
        $csv.Count | Should -Be ($rows.Count + 1)
        "$csv" | Should -Not -BeLike '*System.*'
    }

    It 'are ordered by <Order>: <First>' -ForEach @(
        @{ Order = 'Flows'; First = '10.0.0.4' }
        @{ Order = 'Bytes'; First = '10.0.0.4' }
        @{ Order = 'Denied'; First = '203.0.113.9' }
        @{ Order = 'Destinations'; First = '10.0.0.4' }
    ) {
        @(Measure-NsgTraffic $logs -By SourceAddress -OrderBy $Order)[0].SourceAddress | Should -Be $First
    }

    It 'are ordered by flows when nothing is said' {
        @(Measure-NsgTraffic $logs -By DestinationPort)[0].OrderedBy | Should -Be 'Flows'
    }

    It 'go by prefix' {
        $row = Measure-NsgTraffic $logs -Decision Deny -By SourceAddress/24
        $row.SourceAddress | Should -Be '203.0.113.0/24'
        $row.Denied | Should -Be 2
    }

    It 'go by conversation' {
        $row = @(Measure-NsgTraffic $logs -By Conversation -OrderBy Bytes)[0]
        "$($row.SourceAddress) $($row.DestinationAddress) $($row.DestinationPort) $($row.Protocol)" | Should -Be '10.0.0.4 10.0.1.5 443 Tcp'
        $row.Flows | Should -Be 1
        $row.MergedTuples | Should -Be 2
    }

    It 'add up with <Name>' -ForEach @(
        @{ Name = '-Top'; With = @{ Top = 3 } }
        @{ Name = '-MinFlows'; With = @{ MinFlows = 20 } }
        @{ Name = '-MinBytes'; With = @{ MinBytes = 1MB } }
        @{ Name = 'all of them'; With = @{ Top = 5; MinFlows = 2; MinBytes = 1KB; OrderBy = 'Bytes' } }
        @{ Name = 'time buckets'; With = @{ Top = 2; Bucket = '10m' } }
    ) {
        $all = @(Measure-NsgTraffic $samples -By SourceAddress)
        $some = @(Measure-NsgTraffic $samples -By SourceAddress @With)
        $some.Count | Should -BeLessThan $all.Count
        @($some.Where{ $_.IsOther }).Count | Should -BeGreaterThan 0
        foreach ($number in 'Flows', 'Denied', 'Tuples', 'MergedTuples', 'Bytes', 'PacketsSent') {
            ($some.ForEach{ $_.$number } | Measure-Object -Sum).Sum | Should -Be ($all.ForEach{ $_.$number } | Measure-Object -Sum).Sum
        }
        [Math]::Round(($some.ForEach{ $_.Percent } | Measure-Object -Sum).Sum, 6) | Should -Be 100
    }

    It 'count different values when asked for or ordered by' {
        $row = @(Measure-NsgTraffic $logs -By Decision -OrderBy Sources -Distinct Destinations, Ports)[0]
        $row.Decision | Should -Be 'Deny'
        $row.Sources | Should -Be 2
        $row.Destinations | Should -Be 2
        $row.Ports | Should -Be 1
        $null -eq @(Measure-NsgTraffic $logs -By Decision)[0].Sources | Should -BeTrue
    }

    It 'are the same from records as from blobs: <Name>' -ForEach @(
        @{ Name = 'conversations'; With = @{ By = 'Conversation' } }
        @{ Name = 'rules'; With = @{ By = 'Nsg', 'Rule', 'Direction' } }
        @{ Name = 'a series'; With = @{ Bucket = '15m' } }
        @{ Name = 'with a filter'; With = @{ By = 'DestinationPort'; Direction = 'Outbound'; Decision = 'Allow'; OrderBy = 'Sources' } }
        @{ Name = 'as written'; With = @{ By = 'SourceAddress'; Raw = $true; OrderBy = 'Bytes' } }
    ) {
        $fused = @(Measure-NsgTraffic $samples @With)
        $piped = @(Get-NsgFlowRecord $samples | Measure-NsgTraffic @With)
        $fused.Count | Should -BeGreaterThan 1
        (Facts $piped) -join "`n" | Should -Be ((Facts $fused) -join "`n")
    }

    It 'are the same whatever -ThrottleLimit and -MemoryLimit are' {
        $one = (Facts (Measure-NsgTraffic $samples -By Conversation -ThrottleLimit 1)) -join "`n"
        (Facts (Measure-NsgTraffic $samples -By Conversation -ThrottleLimit 4 -MemoryLimit 32MB)) -join "`n" | Should -Be $one
    }
}

Describe 'Time buckets' {
    It 'are there also when nothing was in them' {
        $rows = @(Measure-NsgTraffic $logs -Bucket 10m)
        $rows.ForEach{ $_.Time.ToString('HH:mm') } -join ' ' | Should -Be '05:00 05:10 05:20 05:30'
        $rows.ForEach{ $_.Flows } -join ' ' | Should -Be '3 0 0 1'
        $null -eq $rows[1].Bytes | Should -BeTrue
        $rows[0].Time.Kind | Should -Be 'Utc'
    }

    It 'cover the time asked for' {
        @(Measure-NsgTraffic $logs -Bucket 30m -StartTime 2026-03-04T04 -EndTime 2026-03-04T07).Count | Should -Be 6
    }

    It 'come for each series' {
        $rows = @(Measure-NsgTraffic $logs -By Decision -Bucket 30m)
        $rows.Count | Should -Be 4
        @($rows[0].PSObject.Properties.Name)[0, 1] -join ' ' | Should -Be 'Time Decision'
    }

    It 'take <Given>' -ForEach @(
        @{ Given = '90s'; Value = '90s' }
        @{ Given = 'a TimeSpan'; Value = [timespan]::FromMinutes(5) }
        @{ Given = '1.5h'; Value = '1.5h' }
    ) {
        @(Measure-NsgTraffic $logs -Bucket $Value).Count | Should -BeGreaterThan 0
    }

    It 'that would be too many are refused before anything is read' {
        { Measure-NsgTraffic $logs -Bucket 1s -StartTime 2026-01-01 -EndTime 2026-03-01 } | Should -Throw -ErrorId 'BucketsTooMany,*'
        $null = WriteBlob "$TestDrive/far" '000D3AF8801A' 5 '1772600460,10.0.0.4,10.0.1.5,50000,443,T,O,A,B,,,,'
        { Measure-NsgTraffic "$TestDrive/far" -Bucket 1s -StartTime 2026-01-01 } | Should -Throw -ErrorId 'BucketsTooMany,*'
    }

    It 'that turn out to be too many end the rows' {
        $text = '{"category":"NetworkSecurityGroupFlowEvent","properties":{"Version":2,"flows":[{"rule":"r","flows":[{"mac":"002248123456","flowTuples":["1772600460,10.0.0.4,10.0.1.5,50000,443,T,O,A,B,,,,","1782600460,10.0.0.4,10.0.1.5,50001,443,T,O,A,B,,,,"]}]}]}}'
        $records = $text | ConvertFrom-NsgFlowJson
        $caught = $null
        try { $null = $records | Measure-NsgTraffic -Bucket 1s } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'BucketsTooMany,*'
    }
}

Describe 'What the pipeline brings' {
    It 'is taken once, whatever <How>' -ForEach @(
        @{ How = 'paths'; Do = { $one, $two | Measure-NsgTraffic } }
        @{ How = 'blobs'; Do = { Get-NsgFlowBlob $logs | Measure-NsgTraffic } }
        @{ How = 'blobs twice'; Do = { @(Get-NsgFlowBlob $logs) + @(Get-NsgFlowBlob $logs) | Measure-NsgTraffic } }
        @{ How = 'a folder and what is in it'; Do = { $logs, $one | Measure-NsgTraffic } }
        @{ How = 'file objects'; Do = { [System.IO.FileInfo]::new($one), [System.IO.FileInfo]::new($two) | Measure-NsgTraffic } }
        @{ How = 'records'; Do = { Get-NsgFlowRecord $logs | Measure-NsgTraffic } }
        @{ How = 'records as an argument'; Do = { Measure-NsgTraffic -Record @(Get-NsgFlowRecord $logs) } }
        @{ How = 'a literal path'; Do = { Measure-NsgTraffic -LiteralPath $logs } }
    ) {
        $summary = & $Do
        @($summary).Count | Should -Be 1
        $summary.Flows | Should -Be 4
        $summary.MergedTuples | Should -Be 2
    }

    It 'is asked for the scope, too: <Name>' -ForEach @(
        @{ Name = 'a group that is there'; With = @{ Nsg = 'web-*' }; Flows = 4 }
        @{ Name = 'an interface'; With = @{ MacAddress = '00-0d-3a-f8-80-1b' }; Flows = 2 }
        @{ Name = 'a time'; With = @{ StartTime = '2026-03-04T05:30' }; Flows = 1 }
    ) {
        (Measure-NsgTraffic $logs @With).Flows | Should -Be $Flows
        (Get-NsgFlowRecord $logs | Measure-NsgTraffic @With).Flows | Should -Be $Flows
    }

    It 'cannot be records and blobs' {
        { @(Get-NsgFlowBlob $logs) + @(Get-NsgFlowRecord $logs -First 1) | Measure-NsgTraffic } | Should -Throw -ErrorId 'InputMixed,*'
        { @(Get-NsgFlowRecord $logs -First 1) + @($one) | Measure-NsgTraffic } | Should -Throw -ErrorId 'InputMixed,*'
    }

    It 'is told apart when it went through a file' {
        $made = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-NsgFlowRecord $logs -First 1)))
        $caught = $null
        try { $made | Measure-NsgTraffic -ErrorAction Stop } catch { $caught = $_ }
        "$caught" | Should -BeLike '*a copy without its tuple*'
        $blob = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-NsgFlowBlob $one)))
        { $blob | Measure-NsgTraffic -ErrorAction Stop } | Should -Throw -ErrorId 'BlobWithoutStore,*'
    }

    It 'is quick when it is records' {
        $records = @(Get-NsgFlowRecord $samples)
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $null = $records | Measure-NsgTraffic -By SourceAddress
        $watch.ElapsedMilliseconds | Should -BeLessThan 10000
        # Nor is a record taken for a path where none is measured.
        { $records[0] | Get-NsgFlowBlob -ErrorAction Stop } | Should -Throw
        { Get-NsgFlowBlob -Path $records[0] -ErrorAction Stop } | Should -Throw
    }
}

Describe 'Warnings' {
    It 'say once why nothing came out: <Name>' -ForEach @(
        @{ Name = 'no blob'; Do = { Measure-NsgTraffic $logs -Nsg nosuch -By Rule -WarningAction SilentlyContinue }; Says = 'No traffic: there is no flow-log blob of NSG nosuch in *There are blobs of WEB-NSG, *' }
        @{ Name = 'no hour'; Do = { Measure-NsgTraffic $logs -StartTime 2026-04-01 -WarningAction SilentlyContinue }; Says = 'No traffic: *from 2026-04-01*' }
        @{ Name = 'the filter'; Do = { Measure-NsgTraffic $logs -Port 9 -Bucket 5m -WarningAction SilentlyContinue }; Says = '*none of the 7 tuples of 2 blobs*' }
        @{ Name = 'the filter of records'; Do = { Get-NsgFlowRecord $logs | Measure-NsgTraffic -Port 9 -By Rule -WarningAction SilentlyContinue }; Says = 'No traffic: the filter let none of the 7 flow records of the input pass.' }
        @{ Name = 'no input'; Do = { @() | Measure-NsgTraffic -WarningAction SilentlyContinue }; Says = 'No traffic: there was no input.' }
    ) {
        # From the stream, since a variable of the block would not be seen here.
        $all = @(& ([scriptblock]::Create("$Do".Replace('-WarningAction SilentlyContinue', '-WarningAction Continue'))) 3>&1)
        $all | Should -HaveCount 1
        $all[0].Message | Should -BeLike $Says
    }

    It 'name fields that nothing is known of' {
        $null = Measure-NsgTraffic $logs -By SourceSubnet, ThreatType -WarningVariable warned -WarningAction SilentlyContinue
        $warned.ForEach{ "$_" } -join ' ' | Should -Be 'SourceSubnet: not known without -Inventory. ThreatType: not known without -ThreatList.'
    }

    It 'count lines of a threat list that cannot be used, and show the first' {
        '203.0.113.9', 'nonsense', '300.1.2.3', '10.0.0.1', 'x', 'y' | Set-Content "$TestDrive/odd.txt"
        $summary = Measure-NsgTraffic $logs -ThreatList "$TestDrive/odd.txt" -WarningVariable warned -WarningAction SilentlyContinue
        $summary.Malicious | Should -Be 1
        $warned | Should -HaveCount 1
        "$warned" | Should -BeLike "Threat list '*odd.txt': 5 entries were not taken: odd.txt, line 2: *; odd.txt, line 3: *; odd.txt, line 4: *; …"
    }
}

Describe 'Errors' {
    It '<Id>: <Name>' -ForEach @(
        @{ Id = 'SourceMissing'; Name = 'no source'; With = @{ Last = '1h' } }
        @{ Id = 'GroupingMissing'; Name = '-OrderBy in a summary'; With = @{ Path = '.'; OrderBy = 'Bytes' } }
        @{ Id = 'GroupingMissing'; Name = '-MinBytes in a summary'; With = @{ Path = '.'; MinBytes = 5 } }
        @{ Id = 'GroupingMissing'; Name = '-Distinct in a summary'; With = @{ Path = '.'; Distinct = 'Sources' } }
        @{ Id = 'GroupingMissing'; Name = '-Top of one series'; With = @{ Path = '.'; Bucket = '5m'; Top = 5 } }
        @{ Id = 'GroupingAmbiguous'; Name = 'two prefixes'; With = @{ Path = '.'; By = 'SourceAddress/24', 'SourceAddress/16' } }
        @{ Id = 'BucketTooShort'; Name = 'half a second'; With = @{ Path = '.'; Bucket = [timespan]::FromMilliseconds(500) } }
        @{ Id = 'TimeAmbiguous'; Name = 'two starts'; With = @{ Path = '.'; Last = '1h'; StartTime = '2h' } }
        @{ Id = 'InventoryUnreadable'; Name = 'no file'; With = @{ Path = '.'; Inventory = './nosuch.json' } }
        @{ Id = 'InventoryUnreadable'; Name = 'no inventory'; With = @{ Path = '.'; Inventory = @{ a = 1 } } }
        @{ Id = 'InventoryUnreadable'; Name = 'a number'; With = @{ Path = '.'; Inventory = 5 } }
        @{ Id = 'InventoryUnreadable'; Name = 'broken text'; With = @{ Path = '.'; Inventory = '{ "virtualNetworks": [' } }
        @{ Id = 'ServiceTagUnreadable'; Name = 'no file'; With = @{ Path = '.'; ServiceTag = './nosuch.json' } }
        @{ Id = 'ThreatListUnreadable'; Name = 'no file for a wildcard'; With = @{ Path = '.'; ThreatList = './nosuch*.txt' } }
        @{ Id = 'ThreatListUnreadable'; Name = 'another provider'; With = @{ Path = '.'; ThreatList = 'env:PATH' } }
    ) {
        $caught = $null
        try { Measure-NsgTraffic @With } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -Be "$Id,NsgFlow.PowerShell.Commands.MeasureNsgTrafficCommand"
        if ($Id -ne 'TimeAmbiguous') { $caught.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty }
    }

    It 'are about the value: -<Name> <Value>' -ForEach @(
        @{ Name = 'By'; Value = 'SourceAdress'; Says = '*SourceAdress*is no field to group by*Conversation*' }
        @{ Name = 'By'; Value = 'Rule/24'; Says = '*Rule is no address*' }
        @{ Name = 'By'; Value = 'SourceAddress/300'; Says = '*prefix length*' }
        @{ Name = 'Bucket'; Value = '5'; Says = '*5 has no unit*' }
        @{ Name = 'MemoryLimit'; Value = 1MB; Says = '*33554432*' }
        @{ Name = 'Top'; Value = 0; Says = '*0*' }
        @{ Name = 'Distinct'; Value = 'None'; Says = '*Sources*' }
        @{ Name = 'Address'; Value = '10.0.0.0/33'; Says = '*10.0.0.0/33*' }
    ) {
        $with = @{ $Name = $Value }
        $caught = $null
        try { Measure-NsgTraffic $logs @with } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'ParameterArgument*'
        $caught.Exception.Message | Should -BeLike $Says
    }

    It 'name the blob, and the rest is measured' {
        $broken = [System.IO.Path]::Combine("$TestDrive", 'broken')
        $bad = WriteBlob $broken '000D3AF8801A' 5 '1772600460,10.0.0.4,10.0.1.5,50000,443,T,O,A,B,,,,', 'not,a,tuple'
        $page = WriteBlob $broken '000D3AF8801B' 5 '1772600460,10.0.0.5,10.0.1.5,50000,443,T,O,A,B,,,,'
        [System.IO.File]::WriteAllText($page, '<html></html>')
        $row = Measure-NsgTraffic $broken -By SourceAddress -ErrorVariable errors -ErrorAction SilentlyContinue
        $row.Flows | Should -Be 1
        ($errors.ForEach{ $_.FullyQualifiedErrorId } | Sort-Object) -join ' ' |
            Should -Be 'FlowTupleInvalid,NsgFlow.PowerShell.Commands.MeasureNsgTrafficCommand NotFlowLog,NsgFlow.PowerShell.Commands.MeasureNsgTrafficCommand'
        ($errors.ForEach{ $_.TargetObject } | Sort-Object) -join ' ' | Should -Be "$bad $page"
        { Measure-NsgTraffic $broken -ErrorAction Stop } | Should -Throw
        $only = Measure-NsgTraffic $page -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        $only | Should -BeNullOrEmpty
        "$warned" | Should -BeLike 'No traffic: 1 error kept the flow logs from being read*'
    }

    It 'say one line for each blob with -Verbose' {
        $lines = @(Measure-NsgTraffic $logs -Verbose 4>&1).Where{ $_ -is [System.Management.Automation.VerboseRecord] }
        $lines.Count | Should -Be 2
        @($lines.Where{ $_.Message -like '*: 4 tuples, 4 passed the filter, *' }).Count | Should -Be 1
    }
}

Describe 'What is known of the network' {
    BeforeAll {
        $json = '{ "virtualNetworks": [ { "name": "vnet-a", "addressPrefixes": ["10.0.0.0/16"], "subnets": [ { "name": "front", "addressPrefixes": ["10.0.0.0/24"] }, { "name": "back", "addressPrefixes": ["10.0.1.0/24"] } ] } ] }'
        $json | Set-Content "$TestDrive/inventory.json"
        $inventory = @{ virtualNetworks = @(@{ name = 'vnet-a'; addressPrefixes = @('10.0.0.0/16'); subnets = @(
            @{ name = 'front'; addressPrefixes = '10.0.0.0/24' }, [pscustomobject]@{ name = 'back'; addressPrefixes = @('10.0.1.0/24') }) }) }
    }

    It 'comes from <How>' -ForEach @(
        @{ How = 'a path'; Get = { "$TestDrive/inventory.json" } }
        @{ How = 'a wildcard'; Get = { "$TestDrive/invent*.json" } }
        @{ How = 'a file object'; Get = { [System.IO.FileInfo]::new("$TestDrive/inventory.json") } }
        @{ How = 'a hashtable'; Get = { $inventory } }
        @{ How = 'JSON text'; Get = { $json } }
        @{ How = 'an object of the class'; Get = { [NsgFlow.Network.NetworkInventory]::Parse($json) } }
    ) {
        $rows = @(Measure-NsgTraffic $logs -By SourceSubnet, DestinationSubnet, FlowType -Inventory (& $Get))
        $row = $rows.Where{ $_.SourceSubnet -eq 'front' -and $_.DestinationSubnet -eq 'back' }
        $row.FlowType | Should -Be 'IntraVNet'
        $row.Bytes | Should -Be 700
    }

    It 'has service tags' {
        '{ "cloud": "Public", "values": [ { "name": "AzureCloud.westeurope", "properties": { "region": "westeurope", "addressPrefixes": ["198.51.100.0/24", "nonsense"] } } ] }' | Set-Content "$TestDrive/tags.json"
        $rows = Measure-NsgTraffic $logs -By DestinationServiceTag -ServiceTag "$TestDrive/tags.json" -WarningVariable warned -WarningAction SilentlyContinue
        @($rows).Where{ $_.DestinationServiceTag -eq 'AzureCloud.westeurope' }.Bytes | Should -Be 300
        "$warned" | Should -BeLike "Service-tag file '*tags.json': 1 entry was not taken: *nonsense*"
    }
}

Describe 'Completion' {
    It 'offers fields with what they are' {
        $found = @(Complete 'Measure-NsgTraffic . -By Dest')
        $found.CompletionText | Should -Contain 'DestinationAddress'
        $found.CompletionText | Should -Contain 'DestinationAddress/24'
        $found.Where{ $_.CompletionText -eq 'DestinationPort' }.ToolTip | Should -Be 'Port of the destination.'
        @(Complete 'Measure-NsgTraffic . -By ').CompletionText | Should -Contain 'Conversation'
        @(Complete 'Measure-NsgTraffic . -By So').CompletionText | Should -Contain 'SourcePort'
        @(Complete 'Measure-NsgTraffic -Workspace law-net -By So').CompletionText | Should -Contain 'SourceAddress'
        @(Complete 'Measure-NsgTraffic -Workspace law-net -By So').CompletionText | Should -Not -Contain 'SourcePort'
        @(Complete 'Measure-NsgTraffic . -By ').Count | Should -Be (1 + 2 + [NsgFlow.Measuring.TrafficField]::All.Count)
    }

    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'Measure-NsgTraffic . -By Rule, Nsg, So'; Expected = 'SourceAddress' }
        @{ Line = 'Measure-NsgTraffic . -OrderBy BytesR'; Expected = 'BytesReceived' }
        @{ Line = 'Measure-NsgTraffic . -Distinct P'; Expected = 'Ports' }
        @{ Line = 'Measure-NsgTraffic . -Bucket 1'; Expected = '15m' }
    ) {
        @(Complete $Line).CompletionText | Should -Contain $Expected
    }

    It 'offers what can be bound' {
        foreach ($name in @(Complete 'Measure-NsgTraffic . -By ').CompletionText) {
            { Measure-NsgTraffic $logs -By $name -WarningAction SilentlyContinue } | Should -Not -Throw
        }
        foreach ($length in @(Complete 'Measure-NsgTraffic . -Bucket ').CompletionText) {
            { & ([scriptblock]::Create("Measure-NsgTraffic '$logs' -Bucket $length")) } | Should -Not -Throw
        }
    }
}

Describe 'The table' {
    It 'fits <Width> columns and ends with a whole one: <Name>' -ForEach @(
        foreach ($width in 79, 119) {
            @{ Width = $width; Name = 'addresses'; With = @{ By = 'SourceAddress'; OrderBy = 'Bytes'; Top = 5 }; Last = @{ 79 = 'Trend'; 119 = 'Last \(UTC\)' }[$width] }
            @{ Width = $width; Name = 'conversations'; With = @{ By = 'Conversation'; OrderBy = 'Bytes'; Top = 5 }; Last = @{ 79 = 'Trend'; 119 = 'Last \(UTC\)' }[$width] }
            @{ Width = $width; Name = 'a time series'; With = @{ Bucket = '15m' }; Last = @{ 79 = 'Packets'; 119 = 'Merged' }[$width] }
            @{ Width = $width; Name = 'several series'; With = @{ Bucket = '15m'; By = 'Service'; Top = 2 }; Last = @{ 79 = 'Share'; 119 = 'Merged' }[$width] }
            @{ Width = $width; Name = 'different values'; With = @{ By = 'Service'; OrderBy = 'Sources'; Top = 5 }; Last = @{ 79 = 'Trend'; 119 = 'First \(UTC\)' }[$width] }
            @{ Width = $width; Name = 'different values by names'; With = @{ By = 'Nsg', 'Rule'; Distinct = 'Sources', 'Ports' }; Last = @{ 79 = 'Ports'; 119 = 'Trend' }[$width] }
        }
    ) {
        $lines = Lines (Measure-NsgTraffic $samples @With) $Width
        $lines.ForEach{ $_.Length }.Where{ $_ -gt $Width } | Should -BeNullOrEmpty
        $lines[0] | Should -Match '^   By: .*(most \w+ first|share of \w+)$'
        $lines[1] | Should -Match "^Traffic .*$Last$"
        # One table, the row of the rest in it.
        @($lines.Where{ $_.StartsWith('Traffic') }).Count | Should -Be 1
        if ($With.Top) { $lines[-1] | Should -Match '\(other\)' }
    }

    It 'reads well' {
        $lines = Lines (Measure-NsgTraffic $logs -By Conversation -OrderBy Bytes -Top 1) 79
        $lines[0] | Should -Be '   By: Conversation; most Bytes first'
        $lines[3] | Should -Match '^10\.0\.0\.4 → 10\.0\.1\.5:443 Tcp +1 +0 +700 B +70\.0% [ ▁-█]+$'
        $lines[4] | Should -Match '^\(other\) +3 +2 +300 B +30\.0%'
    }

    It 'shows everything in a list and in the view Wide' {
        $row = Measure-NsgTraffic $logs -By Conversation -OrderBy Bytes -Top 1
        $text = $row | Format-List | Out-String -Width 119
        $text | Should -Match 'Traffic +: 10\.0\.0\.4 → 10\.0\.1\.5:443 Tcp'
        $text | Should -Match 'MergedTuples +: 2'
        (Lines ($row | Format-Table -View Wide) 230)[1] | Should -Match 'LastSeen$'
    }

    It 'hands no escape sequence of a log to the terminal' {
        $bad = 'A\u001b]0;pwned\u0007\u001b[2J\u202e'
        $json = '{"records":[{"time":"2018-11-13T12:00:00Z","macAddress":"000D3AF8801A","resourceId":"/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/' +
            $bad + '","properties":{"Version":2,"flows":[{"rule":"UserRule_' + $bad + '","flows":[{"flowTuples":["1542110377,10.0.0.4,10.5.16.4,50000,443,T,O,A,C,10,1536,20,1048576"]}]}]}}]}'
        $record = $json | ConvertFrom-NsgFlowJson
        $shown = ($record | Measure-NsgTraffic | Out-String -Width 300) + ($record | Measure-NsgTraffic -By Nsg, Rule | Out-String -Width 300) + ($record | Measure-NsgTraffic -By Rule | Format-List | Out-String -Width 300)
        $shown | Should -Match 'A\?\]0;pwned\?\?\[2J\?'
        foreach ($c in 27, 7, 0x202E) {
            $shown.Contains([string][char]$c) | Should -BeFalse
        }
    }

    It 'colours denied flows and the rest where PowerShell renders colours, and nowhere else' -Skip:($null -eq ('System.Management.Automation.PSStyle' -as [type])) {
        $style = [System.Management.Automation.PSStyle]::Instance
        $before = $style.OutputRendering
        try {
            $rows = @(Measure-NsgTraffic $logs -By SourceAddress -Top 2)
            $summary = Measure-NsgTraffic $logs
            $style.OutputRendering = 'PlainText'
            (($rows | Out-String -Width 119) + ($summary | Out-String -Width 79)).Contains([string][char]27) | Should -BeFalse
            $style.OutputRendering = 'Ansi'
            $text = $rows | Out-String -Width 119
            $text.Contains("$([char]27)[91m1$([char]27)[0m") | Should -BeTrue
            $text.Contains("$([char]27)[2m(other)") | Should -BeTrue
            ($summary | Out-String -Width 79).Contains("$([char]27)[91m") | Should -BeTrue
        }
        finally {
            $style.OutputRendering = $before
        }
    }
}

Describe 'The README' {
    It 'shows what comes out today' {
        $readme = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'README.md')).Replace("`r", '')
        $block = [regex]::Match($readme, '(?s)```text\nPS> Measure-NsgTraffic \./samples\n(.*?)```').Groups[1].Value
        $shown = (Lines (Measure-NsgTraffic $samples) 79) + (Lines (Measure-NsgTraffic $samples -By SourceAddress -OrderBy Bytes -Top 5) 79)
        $block.Length | Should -BeGreaterThan 500
        foreach ($line in $block.Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ -and $_ -notlike 'PS>*' -and $_ -notlike '…*' }) {
            $shown | Should -Contain $line
        }
    }
}

Describe 'Temporary files' {
    BeforeAll {
        $many = [System.IO.Path]::Combine("$TestDrive", 'many')
        $null = New-NsgFlowSample $many -Hours 2 -Nic 2 -TuplesPerMinute 2000
        $by = 'SourceAddress', 'SourcePort', 'DestinationAddress', 'DestinationPort', 'Protocol', 'Decision'
        $temporary = [System.IO.Path]::Combine("$TestDrive", 'temporary')
        $null = [System.IO.Directory]::CreateDirectory($temporary)
        $names = 'TMPDIR', 'TEMP', 'TMP'
        $before = @{}
        foreach ($name in $names) { $before[$name] = [Environment]::GetEnvironmentVariable($name) }

        function UseTemporary([string] $Path) {
            foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $Path) }
        }
    }

    AfterEach {
        foreach ($name in $names) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }

    It 'give the same answer, are said with -Verbose, and are removed' {
        $whole = @(Measure-NsgTraffic $many -By $by -OrderBy Bytes -Top 50 -MemoryLimit 1GB)
        UseTemporary $temporary
        $all = @(Measure-NsgTraffic $many -By $by -OrderBy Bytes -Top 50 -MemoryLimit 32MB -Verbose 4>&1)
        $spilled = $all.Where{ $_ -is [NsgFlow.TrafficMeasure] }
        (Facts $spilled) -join "`n" | Should -Be ((Facts $whole) -join "`n")
        @($all.Where{ "$_" -like '*was put aside into temporary files*' }).Count | Should -Be 1
        @([System.IO.Directory]::GetFileSystemEntries($temporary)).Count | Should -Be 0
    }

    It 'are removed when downstream has enough' {
        UseTemporary $temporary
        @(Measure-NsgTraffic $many -By $by -MemoryLimit 32MB | Select-Object -First 1).Count | Should -Be 1
        @([System.IO.Directory]::GetFileSystemEntries($temporary)).Count | Should -Be 0
    }

    It 'are removed within a second when it is stopped' {
        UseTemporary $temporary
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $null = $shell.AddScript('param($module, $path, $by) Import-Module $module; while ($true) { Measure-NsgTraffic $path -By $by -MemoryLimit 32MB }').AddArgument($manifest).AddArgument($many).AddArgument($by)
            $null = $shell.BeginInvoke()
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            while (-not [System.IO.Directory]::GetFileSystemEntries($temporary) -and $watch.ElapsedMilliseconds -lt 20000) { [System.Threading.Thread]::Sleep(5) }
            $watch.Restart()
            $shell.Stop()
            # On a busy machine: what is stopped never ends.
            $watch.ElapsedMilliseconds | Should -BeLessThan 5000
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }
        @([System.IO.Directory]::GetFileSystemEntries($temporary)).Count | Should -Be 0
    }

    It 'that cannot be written end it with an error' {
        # Below a file there can be no folder.
        'x' | Set-Content "$TestDrive/file"
        UseTemporary ([System.IO.Path]::Combine("$TestDrive", 'file', 'folder'))
        $caught = $null
        try { Measure-NsgTraffic $many -By $by -MemoryLimit 32MB } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'TemporaryFileFailed,*'
        $caught.ErrorDetails.RecommendedAction | Should -BeLike '*-MemoryLimit*'
    }
}

# What a workspace answers is tested against the simulator (tests/Cmdlets); here is what can be said without one.
Describe 'Measure-NsgTraffic -Workspace' {
    It 'shows the query of <Arguments>, and reads nothing' -ForEach @(
        @{ Arguments = '-By SourceAddress, DestinationPort -Decision Deny -Last 7d -Top 20' }
        @{ Arguments = '-Workspace law-net -Nsg web-*' }
        @{ Arguments = '-Workspace law-net -Bucket 1h -By FlowType -Table VirtualNetwork' }
    ) {
        $query = & ([scriptblock]::Create("Measure-NsgTraffic $Arguments -ShowQuery"))
        $query -is [string] | Should -BeTrue
        $query | Should -Match 'summarize'
        $query | Should -Match 'NTANetAnalytics'
        $query -match '^// For a Log Analytics workspace' | Should -Be ($Arguments -notmatch '-Workspace')
    }

    It 'says by which id <Arguments> is refused' -ForEach @(
        @{ Arguments = '-Workspace law-net -Path ./samples'; Id = 'SourceAmbiguous' }
        @{ Arguments = './samples -Workspace law-net'; Id = 'SourceAmbiguous' }
        @{ Arguments = '-Workspace law-net -StorageAccount stflows'; Id = 'SourceAmbiguous' }
        @{ Arguments = './samples -ShowQuery'; Id = 'SourceAmbiguous' }
        @{ Arguments = '-Workspace law-net -Inventory ./x.json'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-Workspace law-net -ServiceTag ./x.json'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-Workspace law-net -ThreatList ./x.txt'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-Workspace law-net -ThrottleLimit 2'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-SourcePort 80 -ShowQuery'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-State Begin -ShowQuery'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-By SourcePort -ShowQuery'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = '-Bucket 1m -ShowQuery'; Id = 'AnalyticsCannotAnswer' }
        @{ Arguments = './samples -Table Nsg'; Id = 'WorkspaceMissing' }
        @{ Arguments = './samples -ServerTimeout 5m'; Id = 'WorkspaceMissing' }
        @{ Arguments = '-Workspace law-net -OrderBy Bytes -ShowQuery'; Id = 'GroupingMissing' }
        @{ Arguments = '-By Rule -Bucket 10m -Last 3000d -ShowQuery'; Id = 'BucketsTooMany' }
    ) {
        { & ([scriptblock]::Create("Measure-NsgTraffic $Arguments")) } | Should -Throw -ErrorId "$Id,NsgFlow.PowerShell.Commands.MeasureNsgTrafficCommand"
    }

    It 'refuses files and records of the pipeline, too' {
        { './samples' | Measure-NsgTraffic -ShowQuery } | Should -Throw -ErrorId 'SourceAmbiguous,NsgFlow.PowerShell.Commands.MeasureNsgTrafficCommand'
        $record = '1542110377,94.102.49.190,10.5.16.4,28746,443,U,I,D,B,,,,' | ConvertFrom-NsgFlowJson -Version 2
        { $record | Measure-NsgTraffic -ShowQuery } | Should -Throw -ErrorId 'SourceAmbiguous,NsgFlow.PowerShell.Commands.MeasureNsgTrafficCommand'
    }

    It 'names in its syntax what a workspace is asked by' {
        $set = (Get-Command Measure-NsgTraffic).ParameterSets.Where{ $_.Name -eq 'Workspace' }[0]
        $set.Parameters.Where{ $_.IsMandatory }.Name | Should -Be 'Workspace'
        (Get-Help Measure-NsgTraffic -Full | Out-String) | Should -Match '-Workspace <'
    }
}

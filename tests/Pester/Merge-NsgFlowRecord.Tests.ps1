BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1'))

    # One connection from begin to end, one that only begins, one that began before, and a denied attempt. Added up by hand.
    $tuples = @(
        '1542110400,10.0.0.4,13.67.143.118,44931,443,T,O,A,B,,,,'
        '1542110410,10.0.0.4,10.0.0.9,50000,22,T,O,A,B,,,,'
        '1542110420,10.0.0.4,20.60.4.9,51111,443,T,O,A,E,5,500,6,600'
        '1542110421,94.102.49.190,10.0.0.4,28746,22,T,I,D,B,,,,'
        '1542110700,10.0.0.4,13.67.143.118,44931,443,T,O,A,C,1021,588096,8005,4610880'
        '1542110712,10.0.0.4,13.67.143.118,44931,443,T,O,A,E,52,29952,47,27072'
    )
    $records = @($tuples | ConvertFrom-NsgFlowJson -Version 2)
    $denied = $records.Where{ $_.Decision -eq 'D' }
    $first = @('1487282421,42.119.146.95,10.1.0.4,51529,5358,T,I,A' | ConvertFrom-NsgFlowJson -Version 1)

    $folder = [System.IO.Path]::Combine("$TestDrive", 'samples')
    $truth = New-NsgFlowSample -Path $folder -Hours 2 -Nic 2 -TuplesPerMinute 20

    function Utc([int] $second) { [datetime]::new(2018, 11, 13, 12, 0, 0, [System.DateTimeKind]::Utc).AddSeconds($second) }
    function Lines($shown) { ($shown -join "`n").Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ } }
}

Describe 'Merge-NsgFlowRecord' {
    It 'joins what belongs together' {
        $sessions = @($records | Merge-NsgFlowRecord)
        $sessions.Count | Should -Be 3
        "$($sessions.SourcePort)" | Should -Be '51111 44931 50000'

        $whole = $sessions[1]
        $whole -is [NsgFlow.FlowSession] | Should -BeTrue
        $whole.State | Should -Be 'Complete'
        $whole.StartTime | Should -Be (Utc 0)
        $whole.StartTime.Kind | Should -Be 'Utc'
        $whole.EndTime | Should -Be (Utc 312)
        $whole.LastSeen | Should -Be (Utc 312)
        $whole.Duration | Should -Be ([timespan]::FromSeconds(312))
        $whole.Observations | Should -Be 3
        $whole.SourceAddress | Should -Be '10.0.0.4'
        $whole.DestinationAddress | Should -Be '13.67.143.118'
        $whole.DestinationPort | Should -Be 443
        $whole.PacketsSent | Should -Be 1073
        $whole.BytesSent | Should -Be 618048
        $whole.PacketsReceived | Should -Be 8052
        $whole.BytesReceived | Should -Be 4637952
        $whole.Bytes | Should -Be 5256000
    }

    It 'says what is missing' {
        $sessions = @($records | Merge-NsgFlowRecord)
        $sessions[0].State | Should -Be 'HeadMissing'
        $sessions[0].EndTime | Should -Be (Utc 20)
        $sessions[0].Bytes | Should -Be 1100
        $sessions[2].State | Should -Be 'Open'
        $null -eq $sessions[2].EndTime | Should -BeTrue
        $sessions[2].LastSeen | Should -Be (Utc 10)
        $null -eq $sessions[2].Bytes | Should -BeTrue
        $null -eq $sessions[2].PacketsSent | Should -BeTrue

        $both = @($tuples[4] | ConvertFrom-NsgFlowJson -Version 2 | Merge-NsgFlowRecord)
        $both[0].State | Should -Be 'HeadMissing'
        $null -eq $both[0].EndTime | Should -BeTrue
    }

    It 'compares its state with the first letter' {
        @($records | Merge-NsgFlowRecord | Where-Object State -eq O).Count | Should -Be 1
        @($records | Merge-NsgFlowRecord | Where-Object State -ne C).Count | Should -Be 2
        @($records | Merge-NsgFlowRecord | Where-Object State -eq H).Count | Should -Be 1
    }

    It 'finds every session of a sample, and all its bytes' {
        $sessions = @(Get-NsgFlowRecord $folder | Merge-NsgFlowRecord -WarningVariable warned)
        $sessions.Count | Should -Be $truth.Sessions
        $sessions.Where{ $_.State -eq 'HeadMissing' }.Count | Should -Be $truth.HeadlessSessions
        $sessions.Where{ $null -ne $_.EndTime }.Count | Should -Be $truth.EndTuples
        $sent = [long]0; $received = [long]0; $seen = 0
        foreach ($one in $sessions) { $sent += $one.BytesSent; $received += $one.BytesReceived; $seen += $one.Observations }
        $sent | Should -Be $truth.BytesSent
        $received | Should -Be $truth.BytesReceived
        $seen | Should -Be $truth.AllowedTuples
        $warned | Should -BeNullOrEmpty
    }

    It 'joins across the hours' {
        $sessions = @(Get-NsgFlowRecord $folder | Merge-NsgFlowRecord)
        $sessions.Where{ $_.State -eq 'Complete' -and $_.StartTime.Hour -ne $_.EndTime.Hour }.Count | Should -BeGreaterThan 0
    }

    It 'gives the same every time' {
        $one = @(Get-NsgFlowRecord $folder | Merge-NsgFlowRecord).ForEach{ "$_" }
        $two = @(Get-NsgFlowRecord $folder -ThrottleLimit 1 | Merge-NsgFlowRecord).ForEach{ "$_" }
        $two -join "`n" | Should -Be ($one -join "`n")
    }

    It 'takes records as an argument' {
        @(Merge-NsgFlowRecord $records).Count | Should -Be 3
        @(Merge-NsgFlowRecord -InputObject @($null, $records[0], $null, $records[5])).Count | Should -Be 1
        @(Merge-NsgFlowRecord $records[0]).Count | Should -Be 1
        @(, $records | Merge-NsgFlowRecord).Count | Should -Be 3
    }

    It 'writes a session when it ends, not when the input does' {
        $script:given = 0
        $found = @($records | ForEach-Object { $script:given++; $_ } | Merge-NsgFlowRecord | ForEach-Object { "$($_.SourcePort) after $script:given" })
        $found -join ', ' | Should -Be '51111 after 3, 44931 after 6, 50000 after 6'
    }

    It 'ends at once for Select-Object -First' {
        $script:given = 0
        @($records | ForEach-Object { $script:given++; $_ } | Merge-NsgFlowRecord | Select-Object -First 1).Count | Should -Be 1
        $script:given | Should -Be 3
        @(Get-NsgFlowRecord $folder | Merge-NsgFlowRecord | Select-Object -First 5).Count | Should -Be 5
    }
}

Describe '-IdleTimeout' {
    It 'joins within <Timeout>: <Count>' -ForEach @(
        @{ Timeout = '5m'; Count = 1 }
        @{ Timeout = '300s'; Count = 1 }
        @{ Timeout = '1d'; Count = 1 }
        @{ Timeout = '0:05:00'; Count = 1 }
        @{ Timeout = [timespan]::FromMinutes(5); Count = 1 }
        @{ Timeout = '299s'; Count = 2 }
        @{ Timeout = [timespan]::FromSeconds(20); Count = 2 }
    ) {
        @(Merge-NsgFlowRecord $records[0], $records[4], $records[5] -IdleTimeout $Timeout).Count | Should -Be $Count
    }

    It 'is 15 minutes' {
        $late = @('1542111300,10.0.0.4,10.0.0.9,1,22,T,O,A,E,1,1,1,1', '1542111301,10.0.0.4,10.0.0.9,2,22,T,O,A,E,1,1,1,1' | ConvertFrom-NsgFlowJson -Version 2)
        $begin = @('1542110400,10.0.0.4,10.0.0.9,1,22,T,O,A,B,,,,', '1542110400,10.0.0.4,10.0.0.9,2,22,T,O,A,B,,,,' | ConvertFrom-NsgFlowJson -Version 2)
        "$(@($begin + $late | Merge-NsgFlowRecord).State)" | Should -Be 'Complete Open HeadMissing'
    }

    It 'refuses <_>' -ForEach '0s', '-5m', 'soon', '10' {
        { $records | Merge-NsgFlowRecord -IdleTimeout $_ } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}

Describe 'What cannot be joined' {
    It 'is an error and the rest is joined: <Name>' -ForEach @(
        @{ Name = 'text'; Given = { 'a text' }; Says = '*text*' }
        @{ Name = 'a file'; Given = { [System.IO.FileInfo]::new("$TestDrive/x.json") }; Says = '*a file*' }
        @{ Name = 'a blob'; Given = { @(Get-NsgFlowBlob $folder)[0] }; Says = '*a blob*' }
        @{ Name = 'a session'; Given = { @($records | Merge-NsgFlowRecord)[0] }; Says = '*a session*' }
        @{ Name = 'a number'; Given = { 17 }; Says = '*System.Int32*' }
        @{ Name = 'an object'; Given = { [pscustomobject]@{ SourceAddress = '10.0.0.4' } }; Says = '*PSCustomObject*' }
        @{ Name = 'a copy'; Given = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($records[0])) }; Says = '*Deserialized.NsgFlow.FlowRecord*' }
    ) {
        $foreign = & $Given
        $found = @(@($records[0]; $foreign; $records[5]) | Merge-NsgFlowRecord -ErrorVariable bad -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 1
        $found[0].State | Should -Be 'Complete'
        $bad.Count | Should -Be 1
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'InputNotFlowRecord,*'
        $bad[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $bad[0].Exception.Message | Should -BeLike $Says
        $bad[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty

        $same = @(Merge-NsgFlowRecord -InputObject @($records[0], $foreign, $records[5]) -ErrorVariable again -ErrorAction SilentlyContinue)
        $same.Count | Should -Be 1
        $again.Count | Should -Be 1
    }

    It 'is said once when nothing comes out: <Name>' -ForEach @(
        @{ Name = 'denied'; Given = { $denied }; Says = 'No session: nothing of the input can be joined (1 of denied flows).' }
        @{ Name = 'version 1'; Given = { $first }; Says = 'No session: nothing of the input can be joined (1 of version 1, which has no states to join by).' }
        @{ Name = 'both'; Given = { $denied + $first }; Says = 'No session:*(1 of denied flows; 1 of version 1, which *).' }
        @{ Name = 'no input'; Given = { }; Says = 'No session: there was no input.' }
        @{ Name = 'errors'; Given = { 'x', 'y' }; Says = 'No session:*(2 that were no flow records).' }
    ) {
        $found = @(& $Given | Merge-NsgFlowRecord -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 0
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike $Says
    }

    It 'is said when blobs are out of order or come twice' {
        $null = $records[4], $records[0] | Merge-NsgFlowRecord -WarningVariable none -WarningAction SilentlyContinue
        $none | Should -BeNullOrEmpty -Because 'five minutes are no hour'
        $later = @('1542120000,10.0.0.4,10.0.0.9,1,22,T,O,A,E,1,1,1,1' | ConvertFrom-NsgFlowJson -Version 2)
        $found = @($later + $records | Merge-NsgFlowRecord -WarningVariable warned -WarningAction SilentlyContinue)
        $found.Count | Should -Be 4
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike 'Sessions can be in pieces: 6 of 7 records came after others of their network interface*'
    }

    It 'is counted by -Verbose' {
        $said = @($first + $records | Merge-NsgFlowRecord -Verbose 4>&1).Where{ $_ -is [System.Management.Automation.VerboseRecord] }
        $said.Count | Should -Be 1
        $said[0].Message | Should -Be 'Joined 5 records into 3 sessions: 1 complete, 1 open, 1 without their head. Left out: 1 of denied flows, 1 of version 1.'
    }
}

Describe 'A session' {
    BeforeAll {
        $sessions = @($records | Merge-NsgFlowRecord)
    }

    It 'has the alias property <Alias> for <Property>' -ForEach @(
        @{ Alias = 'SrcIp'; Property = 'SourceAddress' }
        @{ Alias = 'DestIp'; Property = 'DestinationAddress' }
        @{ Alias = 'SrcPort'; Property = 'SourcePort' }
        @{ Alias = 'DestPort'; Property = 'DestinationPort' }
    ) {
        $sessions[1].$Alias | Should -Be $sessions[1].$Property
        $sessions[1].$Alias | Should -Not -BeNullOrEmpty
    }

    It 'is a table that fits 120 columns' {
        $lines = Lines ($sessions | Out-String -Width 120)
        $lines[0] | Should -Match '^Start \(UTC\) +Source +→ Destination +Dur +Bytes State +Dir Prot Rule$'
        $lines[2] | Should -Match '^2018-11-13 12:00:20 10\.0\.0\.4:51111        → 20\.60\.4\.9:443           0s\+  1\.1 KB HeadMissing Out Tcp'
        $lines[3] | Should -Match '^2018-11-13 12:00:00 10\.0\.0\.4:44931        → 13\.67\.143\.118:443      5\.2m  5\.0 MB Complete    Out Tcp'
        $lines[4] | Should -Match '^2018-11-13 12:00:10 10\.0\.0\.4:50000        → 10\.0\.0\.9:22             0s\+         Open        Out Tcp'
        $lines.ForEach{ $_.Length }.Where{ $_ -gt 120 } | Should -BeNullOrEmpty
    }

    It 'shows how long and how much on 80 columns too, of which a terminal uses 79' {
        $lines = Lines ($sessions | Out-String -Width 79)
        $lines[0] | Should -Match 'Dur   Bytes$'
        $lines[3] | Should -Match '5\.2m  5\.0 MB$'
    }

    It 'has a view Wide, with whole columns at <Width>' -ForEach @(
        @{ Width = 120; Last = 'Recv' }
        @{ Width = 160; Last = 'Nsg' }
        @{ Width = 200; Last = 'Encr' }
        @{ Width = 240; Last = 'Kind' }
    ) {
        $lines = Lines ($sessions | Format-Table -View Wide | Out-String -Width $Width)
        $lines[0] | Should -Match "$Last$"
        $lines.Count | Should -Be 5
        $lines.ForEach{ $_.Length }.Where{ $_ -gt $Width } | Should -BeNullOrEmpty
    }

    It 'shows everything in a list' {
        $text = "$($sessions[1] | Format-List | Out-String -Width 120)"
        foreach ($property in [NsgFlow.FlowSession].GetProperties().Name) {
            $name = $property -replace '(Source|Destination)(Address|Port)', '$1' -replace 'ProtocolCode', 'Protocol'
            if ($name -notin 'Bytes', 'ResourceGroup', 'SubscriptionId') {
                $text | Should -Match "(?m)^$name +:"
            }
        }
        $text | Should -Match 'Duration +: 00:05:12'
    }

    It 'hands no escape sequence of a log to the terminal: <_>' -ForEach 'Default', 'Wide', 'List' {
        $bad = 'A\u001b]0;pwned\u0007\u001b[2J\u202e'
        $json = '{"records":[{"time":"2018-11-13T12:00:00Z","macAddress":"' + $bad + '","resourceId":"/SUBSCRIPTIONS/' + $bad + '/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/' +
            $bad + '","properties":{"Version":2,"flows":[{"rule":"UserRule_' + $bad + '","flows":[{"flowTuples":["1542110377,10.0.0.4,10.5.16.4,50000,443,T,O,A,B,,,,","1542110378,10.0.0.4,10.5.16.4,50000,443,T,O,A,E,10,1536,20,1048576"]}]}]}}]}'
        $session = $json | ConvertFrom-NsgFlowJson | Merge-NsgFlowRecord
        $shown = switch ($_) {
            'Default' { $session | Format-Table | Out-String -Width 300 }
            'Wide' { $session | Format-Table -View Wide | Out-String -Width 300 }
            'List' { $session | Format-List | Out-String -Width 300 }
        }
        $shown | Should -Match 'A\?\]0;pwned\?\?\[2J\?'
        foreach ($c in 27, 7, 0x202E) {
            $shown.Contains([string][char]$c) | Should -BeFalse
        }
    }

    It 'is described property by property, and so are its states' {
        $text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'docs', 'en-US', 'about_NsgFlow_Schema.md'))
        $section = [regex]::Match($text, '(?ms)^## Properties of NsgFlow\.FlowSession\s*$(?<body>.*?)^#').Groups['body'].Value
        $described = [regex]::Matches($section, '(?m)^\| *(?<cell>[^|]*?) *\|').ForEach{ $_.Groups['cell'].Value } | Select-Object -Skip 2
        $described -join ' ' | Should -Be ([NsgFlow.FlowSession].GetProperties().Name -join ' ')
        foreach ($value in [System.Enum]::GetNames([NsgFlow.FlowSessionState])) {
            $text | Should -Match "\b$value\b"
        }
    }
}

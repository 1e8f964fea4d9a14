BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))

    # Blobs of one NSG and MAC, hours 5 and 6 of 2026-03-04, and one of another NSG; made by hand, so that counts are known.
    function WriteBlob([string] $Root, [string] $Nsg, [int] $Hour, [string[]] $Tuples, [string] $Rule = 'UserRule_web') {
        $sub = '11111111-2222-3333-4444-555555555555'
        $folder = [System.IO.Path]::Combine($Root, 'insights-logs-networksecuritygroupflowevent', 'resourceId=', 'SUBSCRIPTIONS', $sub, 'RESOURCEGROUPS', 'RG1',
            'PROVIDERS', 'MICROSOFT.NETWORK', 'NETWORKSECURITYGROUPS', $Nsg, 'y=2026', 'm=03', 'd=04', ('h={0:00}' -f $Hour), 'm=00', 'macAddress=000D3AF8801A')
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $text = '{"records":[{"time":"2026-03-04T' + ('{0:00}' -f $Hour) + ':10:00.0000000Z","macAddress":"000D3AF8801A","category":"NetworkSecurityGroupFlowEvent","resourceId":"/SUBSCRIPTIONS/' +
            $sub + '/RESOURCEGROUPS/RG1/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/' + $Nsg + '","properties":{"Version":2,"flows":[{"rule":"' + $Rule +
            '","flows":[{"mac":"000D3AF8801A","flowTuples":["' + ($Tuples -join '","') + '"]}]}]}}]}'
        $file = [System.IO.Path]::Combine($folder, 'PT1H.json')
        [System.IO.File]::WriteAllText($file, $text)
        $file
    }

    # 1772600400 is 2026-03-04T05:00:00Z.
    $logs = [System.IO.Path]::Combine("$TestDrive", 'logs')
    $five = WriteBlob $logs 'WEB-NSG' 5 '1772600460,10.0.0.4,10.0.1.5,50000,443,T,O,A,C,1,100,2,200', '1772600461,203.0.113.9,10.0.0.4,40000,22,T,I,D,B,,,,', '1772600462,10.0.0.4,10.0.1.5,50001,443,T,O,A,E,3,300,4,400'
    $six = WriteBlob $logs 'WEB-NSG' 6 '1772604060,10.0.0.4,10.0.1.6,50002,8443,T,O,A,B,,,,', '1772604061,10.0.0.4,10.0.1.6,50003,53,U,O,A,E,1,60,1,120'
    $other = WriteBlob $logs 'DB-NSG' 6 '1772604062,10.0.2.4,10.0.3.6,50004,5432,T,O,A,B,,,,' 'DefaultRule_AllowVnetOutBound'
}

Describe 'Get-NsgFlowRecord from files' {
    It 'reads a folder with everything below it, in order of hour' {
        $found = @(Get-NsgFlowRecord -Path $logs)
        $found.Count | Should -Be 6
        ($found.ForEach{ $_.SourcePort }[0, 1, 2]) -join ' ' | Should -Be '50000 40000 50001'
    }

    It 'takes the path as <How>' -ForEach @(
        @{ How = 'first argument'; Do = { Get-NsgFlowRecord $five } }
        @{ How = 'text from the pipeline'; Do = { $five | Get-NsgFlowRecord } }
        @{ How = 'a file object from the pipeline'; Do = { [System.IO.FileInfo]::new($five) | Get-NsgFlowRecord } }
        @{ How = 'a file object as argument'; Do = { Get-NsgFlowRecord -Path ([System.IO.FileInfo]::new($five)) } }
        @{ How = 'an object with PSPath'; Do = { [pscustomobject]@{ PSPath = "Microsoft.PowerShell.Core\FileSystem::$five" } | Get-NsgFlowRecord } }
        @{ How = 'a literal path'; Do = { Get-NsgFlowRecord -LiteralPath $five } }
        @{ How = 'a wildcard'; Do = { Get-NsgFlowRecord ($five -replace 'PT1H', 'PT?H') } }
    ) {
        @(& $Do).Count | Should -Be 3
    }

    It 'takes names with brackets as they are, from file objects and -LiteralPath' {
        $odd = [System.IO.Path]::Combine("$TestDrive", 'a[1].json')
        [System.IO.File]::Copy($five, $odd, $true)
        @([System.IO.FileInfo]::new($odd) | Get-NsgFlowRecord).Count | Should -Be 3
        @(Get-NsgFlowRecord -LiteralPath $odd).Count | Should -Be 3
    }

    It 'takes paths relative to the session''s location, and its drives' {
        $before = $ExecutionContext.SessionState.Path.CurrentLocation.Path
        try {
            $null = $ExecutionContext.SessionState.Path.SetLocation($logs)
            @(Get-NsgFlowRecord .).Count | Should -Be 6
        }
        finally {
            $null = $ExecutionContext.SessionState.Path.SetLocation($before)
        }
    }

    It 'reads packed files' {
        $packed = [System.IO.Path]::Combine("$TestDrive", 'five.json.gz')
        $file = [System.IO.File]::Create($packed)
        $gzip = [System.IO.Compression.GZipStream]::new($file, [System.IO.Compression.CompressionMode]::Compress)
        $bytes = [System.IO.File]::ReadAllBytes($five)
        $gzip.Write($bytes, 0, $bytes.Length)
        $gzip.Dispose()
        $file.Dispose()
        @(Get-NsgFlowRecord $packed).Count | Should -Be 3
    }

    It 'keeps null and zero apart' {
        $found = @(Get-NsgFlowRecord $five)
        $null -eq $found[1].BytesSent | Should -BeTrue
        $found[0].BytesSent | Should -Be 100
        $found[0].Blob | Should -Be $five
    }
}

Describe 'Get-NsgFlowRecord with scope, time and filter' {
    It '<Name>: <Count>' -ForEach @(
        @{ Name = 'NSG by wildcard'; With = @{ Nsg = 'web-*' }; Count = 5 }
        @{ Name = 'NSG in any case'; With = @{ Nsg = 'db-nsg' }; Count = 1 }
        @{ Name = 'resource group'; With = @{ ResourceGroupName = 'rg1' }; Count = 6 }
        @{ Name = 'resource id'; With = @{ ResourceId = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg1/providers/Microsoft.Network/networkSecurityGroups/db-nsg' }; Count = 1 }
        @{ Name = 'MAC in any spelling'; With = @{ MacAddress = '00-0d-3a-f8-80-1a' }; Count = 6 }
        @{ Name = 'start'; With = @{ StartTime = '2026-03-04T06' }; Count = 3 }
        @{ Name = 'end'; With = @{ EndTime = '2026-03-04T05:01:01Z' }; Count = 1 }
        @{ Name = 'start by alias'; With = @{ Since = [datetime]::new(2026, 3, 4, 6, 0, 0, [System.DateTimeKind]::Utc) }; Count = 3 }
        @{ Name = 'last before an end'; With = @{ Last = '30m'; EndTime = '2026-03-04T06:01:01' }; Count = 1 }
        @{ Name = 'decision by letter'; With = @{ Decision = 'D' }; Count = 1 }
        @{ Name = 'decision by word'; With = @{ Decision = 'denied' }; Count = 1 }
        @{ Name = 'direction'; With = @{ Direction = 'ingress' }; Count = 1 }
        @{ Name = 'state'; With = @{ State = 'B' }; Count = 3 }
        @{ Name = 'protocol'; With = @{ Protocol = 'U' }; Count = 1 }
        @{ Name = 'address at either end'; With = @{ Address = '203.0.113.0/24' }; Count = 1 }
        @{ Name = 'source address'; With = @{ SourceAddress = '10.0.0.1-10.0.0.9' }; Count = 4 }
        @{ Name = 'destination address'; With = @{ DestinationAddress = '10.0.0.0/16' }; Count = 6 }
        @{ Name = 'left-out address'; With = @{ ExcludeAddress = '10.0.1.0/24' }; Count = 2 }
        @{ Name = 'port by number'; With = @{ Port = 443 }; Count = 2 }
        @{ Name = 'port by name and range'; With = @{ Port = 'https', '8000-9000' }; Count = 3 }
        @{ Name = 'destination port'; With = @{ DestinationPort = 22 }; Count = 1 }
        @{ Name = 'left-out port'; With = @{ ExcludePort = 443, 22 }; Count = 3 }
        @{ Name = 'rule'; With = @{ Rule = 'AllowVnet*' }; Count = 1 }
        @{ Name = 'left-out rule'; With = @{ ExcludeRule = 'web' }; Count = 1 }
        @{ Name = 'least bytes'; With = @{ MinBytes = 300 }; Count = 2 }
        @{ Name = 'two of them together'; With = @{ Port = 443; MinBytes = 500 }; Count = 1 }
        @{ Name = 'the first'; With = @{ First = 2 }; Count = 2 }
        @{ Name = 'one blob at a time'; With = @{ ThrottleLimit = 1 }; Count = 6 }
    ) {
        @(Get-NsgFlowRecord -Path $logs @With).Count | Should -Be $Count
    }

    It 'takes 7d without quotes, which PowerShell reads as the decimal number 7' {
        @(Get-NsgFlowRecord -Path $logs -Last 7d -EndTime 2026-03-05).Count | Should -Be 6
        @(Get-NsgFlowRecord -Path $logs -StartTime 36500d).Count | Should -Be 6
    }

    It 'gives the newest with -Tail, in order, from no more hours than needed' {
        $verbose = @(Get-NsgFlowRecord -Path $logs -Tail 2 -Verbose 4>&1)
        $found = $verbose.Where{ $_ -is [NsgFlow.FlowRecord] }
        $found.ForEach{ $_.SourcePort } | Should -Contain 50003
        $found.ForEach{ $_.SourcePort } | Should -Contain 50004
        $found.Count | Should -Be 2
        $verbose.Where{ $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -like '*h=05*' } | Should -BeNullOrEmpty
        @(Get-NsgFlowRecord -Path $logs -Tail 5).ForEach{ $_.SourcePort }[0, 1] -join ' ' | Should -Be '40000 50001'
        @(Get-NsgFlowRecord -Path $logs -Tail 100).Count | Should -Be 6
    }

    It 'binds the id of an NSG object from the pipeline' {
        $nsg = [pscustomobject]@{ Name = 'db-nsg'; ResourceGroupName = 'rg1'; Id = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg1/providers/Microsoft.Network/networkSecurityGroups/db-nsg' }
        @($nsg | Get-NsgFlowRecord -Path $logs).Count | Should -Be 1
        @($nsg, $nsg | Get-NsgFlowRecord -Path $logs -Tail 5).Count | Should -Be 1
    }

    It 'reads blobs from Get-NsgFlowBlob' {
        @(Get-NsgFlowBlob $logs -Nsg WEB-NSG | Get-NsgFlowRecord).Count | Should -Be 5
        @(Get-NsgFlowBlob $logs | Get-NsgFlowRecord -StartTime 2026-03-04T06:00 -Decision Allow).Count | Should -Be 3
        @(Get-NsgFlowBlob $logs | Get-NsgFlowRecord -Tail 1).Count | Should -Be 1
    }
}

Describe 'Nonsense is refused while it is bound' {
    It '-<Name> <Value>' -ForEach @(
        @{ Name = 'Address'; Value = '10.0.0.0/33'; Says = '*10.0.0.0/33 is not a prefix*' }
        @{ Name = 'Port'; Value = '70000'; Says = '*70000*' }
        @{ Name = 'Protocol'; Value = 'carrier-pigeon'; Says = '*carrier-pigeon*' }
        @{ Name = 'Decision'; Value = 'maybe'; Says = '*maybe is not a decision*' }
        @{ Name = 'Direction'; Value = 'up'; Says = '*up is not a direction*' }
        @{ Name = 'State'; Value = 'asleep'; Says = '*asleep is not a flow state*' }
        @{ Name = 'MacAddress'; Value = '00-0d'; Says = '*00-0d*' }
        @{ Name = 'StartTime'; Value = 'yesterdayish'; Says = '*yesterdayish*' }
        @{ Name = 'Last'; Value = '7'; Says = '*7 has no unit*' }
        @{ Name = 'Encryption'; Value = '?'; Says = '*?*' }
    ) {
        $with = @{ $Name = $Value }
        $caught = $null
        try { Get-NsgFlowRecord -Path $logs @with } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $caught.Exception.Message | Should -BeLike $Says
    }

    It 'a list with nothing in it' {
        { Get-NsgFlowRecord -Path $logs -Address @('10.0.0.1', $null) } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}

Describe 'Errors and warnings' {
    It 'says what to give when there is no source' {
        { Get-NsgFlowRecord -Decision Deny } | Should -Throw -ErrorId 'SourceMissing,NsgFlow.PowerShell.Commands.GetNsgFlowRecordCommand'
    }

    It 'refuses arguments that contradict each other: <Id>' -ForEach @(
        @{ Id = 'FirstAndTail'; With = @{ First = 1; Tail = 1 } }
        @{ Id = 'TimeAmbiguous'; With = @{ Last = '1h'; StartTime = '2h' } }
        @{ Id = 'TimeRangeEmpty'; With = @{ StartTime = '2026-03-04'; EndTime = '2026-03-03' } }
    ) {
        { Get-NsgFlowRecord -Path $logs @With } | Should -Throw -ErrorId "$Id,*"
    }

    It 'reports a path that is not there, and reads the others' {
        $found = @(Get-NsgFlowRecord -Path ([System.IO.Path]::Combine("$TestDrive", 'no-such')), $five -ErrorVariable bad -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 3
        $bad.Count | Should -Be 1
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        $bad[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $bad[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'reads the file system only' {
        Get-NsgFlowRecord -Path 'env:PATH' -ErrorVariable bad -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFileSystem,*'
    }

    It 'reports damage with the blob''s name, and gives the rest' {
        $broken = WriteBlob ([System.IO.Path]::Combine("$TestDrive", 'broken')) 'WEB-NSG' 5 '1772600460,10.0.0.4,10.0.1.5,50000,443,T,O,A,C,1,100,2,200', 'not,a,tuple'
        $found = @(Get-NsgFlowRecord $broken -ErrorVariable bad -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 1
        $bad.Count | Should -Be 1
        $bad[0].FullyQualifiedErrorId | Should -Be 'FlowTupleInvalid,NsgFlow.PowerShell.Commands.GetNsgFlowRecordCommand'
        $bad[0].TargetObject | Should -Be $broken
        $bad[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $bad[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        { Get-NsgFlowRecord $broken -ErrorAction Stop } | Should -Throw -ErrorId 'FlowTupleInvalid,*'
    }

    It 'warns exactly once, and says why, when <Why>' -ForEach @(
        @{ Why = 'the filter matches nothing'; With = @{ Port = 9 }; Says = '*none of the 6 tuples of 3 blobs*' }
        @{ Why = 'no blob is of these hours'; With = @{ StartTime = '2026-04-01' }; Says = '*no flow-log blob*from 2026-04-01*' }
        @{ Why = 'no blob is of that NSG'; With = @{ Nsg = 'none' }; Says = '*no flow-log blob*' }
    ) {
        $found = @(Get-NsgFlowRecord -Path $logs @With -WarningVariable warned -WarningAction SilentlyContinue -ErrorVariable bad)
        $found.Count | Should -Be 0
        $bad | Should -BeNullOrEmpty
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike $Says
    }

    It 'warns once when a wildcard or a folder has nothing' {
        $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::Combine("$TestDrive", 'empty'))
        Get-NsgFlowRecord -Path ([System.IO.Path]::Combine("$TestDrive", 'empty')) -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        Get-NsgFlowRecord -Path ([System.IO.Path]::Combine("$TestDrive", 'empty', '*.nothing')) -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
    }

    It 'does not warn when something came out' {
        $null = Get-NsgFlowRecord -Path $logs -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeNullOrEmpty
    }

    It 'says one line for each blob with -Verbose' {
        $lines = @(Get-NsgFlowRecord -Path $logs -Verbose 4>&1).Where{ $_ -is [System.Management.Automation.VerboseRecord] }
        $lines.Count | Should -Be 3
        $lines[0].Message | Should -BeLike '*: 3 tuples, 3 passed the filter, *'
    }

    It 'refuses a blob that no store gave out' {
        $made = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-NsgFlowBlob $five)))
        $made.PSObject.TypeNames[0] | Should -Be 'Deserialized.NsgFlow.FlowBlob'
        { $made | Get-NsgFlowRecord -ErrorAction Stop } | Should -Throw -ErrorId 'BlobWithoutStore,*'
    }
}

Describe 'Ending early' {
    It 'stops without errors when downstream has enough' {
        $found = @(Get-NsgFlowRecord -Path $logs -ErrorVariable bad | Select-Object -First 1)
        $found.Count | Should -Be 1
        $bad | Should -BeNullOrEmpty
    }

    It 'ends within a second when it is stopped while it reads' {
        $sample = [System.IO.Path]::Combine("$TestDrive", 'long')
        $null = New-NsgFlowSample $sample -Hours 2 -Nic 2 -TuplesPerMinute 2000
        # CreateDefault2: the engine alone has no snap-ins.
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $null = $shell.AddScript('param($module, $path) Import-Module $module; while ($true) { Get-NsgFlowRecord $path }').AddArgument((Get-Module NsgFlow).Path.Replace('.psm1', '.psd1')).AddArgument($sample)
            $null = $shell.BeginInvoke()
            [System.Threading.Thread]::Sleep(1500)
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            # On a busy machine: what is stopped never ends.
            $watch.ElapsedMilliseconds | Should -BeLessThan 5000
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Completion' {
    BeforeAll {
        function Complete([string] $Line) {
            [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.ForEach{ $_.CompletionText }
        }
    }

    It 'offers <Name>' -ForEach @(
        @{ Name = 'decisions'; Line = 'Get-NsgFlowRecord -Decision D'; Expected = 'Deny' }
        @{ Name = 'directions'; Line = 'Get-NsgFlowRecord -Direction In'; Expected = 'Inbound' }
        @{ Name = 'states'; Line = 'Get-NsgFlowRecord -State C'; Expected = 'Continue' }
        @{ Name = 'protocols'; Line = 'Get-NsgFlowRecord -Protocol t'; Expected = 'Tcp' }
        @{ Name = 'service names'; Line = 'Get-NsgFlowRecord -DestinationPort htt'; Expected = 'https' }
        @{ Name = 'containers'; Line = 'Get-NsgFlowBlob -StorageAccount x -Container insights-logs-f'; Expected = 'insights-logs-flowlogflowevent' }
        @{ Name = 'default rules'; Line = 'Get-NsgFlowRecord -Rule DenyAllI'; Expected = 'DenyAllInBound' }
        @{ Name = 'encryption states'; Line = 'Get-NsgFlowRecord -Encryption Not'; Expected = 'NotEncrypted' }
        @{ Name = 'lengths of time'; Line = 'Get-NsgFlowRecord -Last 7'; Expected = '7d' }
    ) {
        Complete $Line | Should -Contain $Expected
    }

    It 'offers NSGs that the names under -Path tell, unread' {
        $fresh = [System.IO.Path]::Combine("$TestDrive", 'fresh')
        $null = WriteBlob $fresh 'NEVER-READ-NSG' 5 '1772600460,10.0.0.4,10.0.1.5,50000,443,T,O,A,C,1,100,2,200'
        Complete "Get-NsgFlowRecord -Path '$fresh' -Nsg never" | Should -Contain 'NEVER-READ-NSG'
    }

    It 'offers rules that were read in this session' {
        $null = Get-NsgFlowRecord -Path $logs
        Complete 'Get-NsgFlowRecord -Rule we' | Should -Contain 'web'
    }

    It 'says nothing about a path that is not there' {
        { Complete 'Get-NsgFlowRecord -Path /no/such/path -Nsg zzz' } | Should -Not -Throw
    }
}

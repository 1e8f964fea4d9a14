BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))

    function Bytes([string] $Folder) {
        $all = [System.IO.Directory]::GetFiles($Folder, '*', 'AllDirectories')
        [array]::Sort($all, [System.StringComparer]::Ordinal)
        foreach ($file in $all) { [System.BitConverter]::ToString([System.IO.File]::ReadAllBytes($file)).GetHashCode() }
    }
}

Describe 'New-NsgFlowSample' {
    It 'writes what it says, in format <_>' -ForEach 'Nsg1', 'Nsg2', 'VNet4' {
        $folder = [System.IO.Path]::Combine("$TestDrive", "truth-$_")
        $truth = New-NsgFlowSample -Path $folder -Hours 1 -Nic 2 -TuplesPerMinute 20 -Format $_
        $truth -is [NsgFlow.FlowSampleTruth] | Should -BeTrue
        $truth.Path | Should -Be $folder
        [System.IO.Directory]::GetFiles($folder, 'PT1H.json', 'AllDirectories').Count | Should -Be $truth.Blobs

        $records = @(Get-NsgFlowRecord -Path $folder)
        $records.Count | Should -Be $truth.Tuples
        $records.Where{ $_.Decision -eq 'Deny' }.Count | Should -Be $truth.DeniedTuples
        $sent = [long]0
        foreach ($record in $records) { $sent += $record.BytesSent }
        $sent | Should -Be $truth.BytesSent
    }

    It 'writes the same bytes for the same seed, and others for another' {
        $folders = foreach ($name in 'a', 'b', 'c') { [System.IO.Path]::Combine("$TestDrive", "seed-$name") }
        $null = New-NsgFlowSample $folders[0] -Seed 7 -Hours 1 -Nic 1 -TuplesPerMinute 10
        $null = New-NsgFlowSample $folders[1] -Seed 7 -Hours 1 -Nic 1 -TuplesPerMinute 10
        $null = New-NsgFlowSample $folders[2] -Seed 8 -Hours 1 -Nic 1 -TuplesPerMinute 10
        (Bytes $folders[0]) -join ' ' | Should -Be ((Bytes $folders[1]) -join ' ')
        (Bytes $folders[0]) -join ' ' | Should -Not -Be ((Bytes $folders[2]) -join ' ')
    }

    It 'writes nothing with -WhatIf' {
        $folder = [System.IO.Path]::Combine("$TestDrive", 'whatif')
        New-NsgFlowSample $folder -WhatIf | Should -BeNullOrEmpty
        New-NsgFlowSample $folder -Hours 1 -Nic 1 -WhatIf | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists($folder) | Should -BeFalse
    }

    It 'takes names and times for the logs' {
        $folder = [System.IO.Path]::Combine("$TestDrive", 'names')
        $null = New-NsgFlowSample $folder -Hours 1 -Nic 1 -TuplesPerMinute 5 -Nsg web-nsg -ResourceGroupName rg9 -StartTime 2026-03-04T05
        $blob = Get-NsgFlowBlob $folder
        $blob.Target | Should -Be 'WEB-NSG'
        $blob.ResourceGroup | Should -Be 'RG9'
        $blob.Hour | Should -Be ([datetime]::new(2026, 3, 4, 5, 0, 0, [System.DateTimeKind]::Utc))
    }

    It 'takes a path relative to the session''s location' {
        $before = $ExecutionContext.SessionState.Path.CurrentLocation.Path
        try {
            $null = $ExecutionContext.SessionState.Path.SetLocation("$TestDrive")
            (New-NsgFlowSample relative -Hours 1 -Nic 1 -TuplesPerMinute 5).Path | Should -Be ([System.IO.Path]::Combine("$TestDrive", 'relative'))
        }
        finally {
            $null = $ExecutionContext.SessionState.Path.SetLocation($before)
        }
    }

    It 'says that a file is no folder' {
        $file = [System.IO.Path]::Combine("$TestDrive", 'list.txt')
        [System.IO.File]::WriteAllText($file, 'x')
        New-NsgFlowSample $file -ErrorVariable bad -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'SampleWriteFailed,*'
        "$($bad[0])" | Should -Be "'$file' is a file; a sample is written to a folder."
    }

    It 'warns of other blobs in the folder, and not of its own' {
        $folder = [System.IO.Path]::Combine("$TestDrive", 'twice')
        $null = New-NsgFlowSample $folder -Hours 2 -Nic 1 -TuplesPerMinute 5 -WarningVariable first -WarningAction SilentlyContinue
        $null = New-NsgFlowSample $folder -Hours 2 -Nic 1 -TuplesPerMinute 5 -WarningVariable again -WarningAction SilentlyContinue
        $null = New-NsgFlowSample $folder -Hours 1 -Nic 1 -TuplesPerMinute 5 -WarningVariable fewer -WarningAction SilentlyContinue
        $null = New-NsgFlowSample $folder -Hours 1 -Nic 1 -TuplesPerMinute 5 -Format VNet4 -WarningVariable other -WarningAction SilentlyContinue
        $first.Count | Should -Be 0
        $other.Count | Should -Be 0
        $again.Count | Should -Be 0
        $fewer.Count | Should -Be 1
        "$($fewer[0])" | Should -BeLike '*holds 1 blob more than the 1 blob written now*'
    }

    It 'says what cannot be made' {
        New-NsgFlowSample ([System.IO.Path]::Combine("$TestDrive", 'bad')) -StartTime 2026-03-04T05:30 -ErrorVariable bad -ErrorAction SilentlyContinue
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'SampleOptionInvalid,*'
        "$($bad[0])" | Should -Be 'StartTime must be a whole hour (UTC) in the years 2002 to 2284.'
        $bad[0].Exception.Message | Should -Be "$($bad[0])"
        New-NsgFlowSample ([System.IO.Path]::Combine("$TestDrive", 'bad')) -Nsg 'a b' -ErrorVariable bad -ErrorAction SilentlyContinue
        "$($bad[0])" | Should -Be 'Nsg may have letters a to z, digits, and - _ . ( ) only.'
        { New-NsgFlowSample x -Hours 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

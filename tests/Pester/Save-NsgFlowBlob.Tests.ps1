# Saving from files; from a storage account it is tested in tests/Cmdlets, against Azurite.

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $logs = [System.IO.Path]::Combine("$TestDrive", 'logs')
    # 3 hours, 2 interfaces: 6 blobs.
    $null = New-NsgFlowSample $logs -Hours 3 -Nic 2 -TuplesPerMinute 10 -StartTime 2026-03-04T05 -Nsg web-nsg
    function Lines($Records) { @($Records).ForEach{ "$($_.Time.Ticks) $($_.SourceAddress) $($_.SourcePort) $($_.DestinationAddress) $($_.DestinationPort) $($_.State) $($_.BytesSent)" } -join "`n" }
}

Describe 'Save-NsgFlowBlob' {
    It 'saves what -Path holds, <Name>, and later nothing' -ForEach @(
        @{ Name = 'plain'; With = @{}; End = '*macAddress=*PT1H.json' }
        @{ Name = 'packed'; With = @{ Gzip = $true }; End = '*macAddress=*PT1H.json.gz' }
    ) {
        $to = [System.IO.Path]::Combine("$TestDrive", "mirror-$Name")
        $saved = @(Save-NsgFlowBlob $logs -Destination $to @With)
        $saved.Count | Should -Be 6
        $saved[0] -is [NsgFlow.SavedFlowBlob] | Should -BeTrue
        ($saved | Group-Object Status).Name | Should -Be 'New'
        $saved[0].Path | Should -BeLike $End
        $saved[0].Path.StartsWith($to) | Should -BeTrue
        $saved[0].Target | Should -Be 'WEB-NSG'
        $saved[0].BytesDownloaded | Should -Be $saved[0].Length
        $saved[0].FileLength | Should -Be ([System.IO.FileInfo]::new($saved[0].Path).Length)

        Lines (Get-NsgFlowRecord $to) | Should -Be (Lines (Get-NsgFlowRecord $logs))

        $again = @(Save-NsgFlowBlob $logs -Destination $to @With)
        ($again | Group-Object Status).Name | Should -Be 'Unchanged'
        $again[0].BytesDownloaded | Should -Be 0
    }

    It 'takes blobs and times' {
        $to = [System.IO.Path]::Combine("$TestDrive", 'chosen')
        @(Get-NsgFlowBlob $logs | Where-Object { $_.Hour.Hour -eq 6 } | Save-NsgFlowBlob -Destination $to).Count | Should -Be 2
        @(Save-NsgFlowBlob $logs -StartTime 2026-03-04T06:30 -Destination $to).Count | Should -Be 4
        @(Get-NsgFlowBlob $to).Count | Should -Be 4
    }

    It 'gives its copies to Get-NsgFlowRecord' {
        $to = [System.IO.Path]::Combine("$TestDrive", 'piped')
        Lines (Save-NsgFlowBlob $logs -Destination $to | Get-NsgFlowRecord) | Should -Be (Lines (Get-NsgFlowRecord $logs))
    }

    It 'says what it would do, and does nothing' {
        $to = [System.IO.Path]::Combine("$TestDrive", 'whatif')
        Save-NsgFlowBlob $logs -Destination $to -WhatIf -WarningVariable warned | Should -BeNullOrEmpty
        [System.IO.Directory]::Exists($to) | Should -BeFalse
        $warned | Should -BeNullOrEmpty
    }

    It 'takes a relative destination from the current location' {
        $location = $ExecutionContext.SessionState.Path.CurrentLocation
        try {
            $null = $ExecutionContext.SessionState.Path.SetLocation("$TestDrive")
            (Save-NsgFlowBlob $logs -Destination relative)[0].Path.StartsWith([System.IO.Path]::Combine("$TestDrive", 'relative')) | Should -BeTrue
        }
        finally {
            $null = $ExecutionContext.SessionState.Path.SetLocation($location.Path)
        }
    }

    It 'says when a copy was replaced' {
        $to = [System.IO.Path]::Combine("$TestDrive", 'damaged')
        $path = (Save-NsgFlowBlob $logs -Destination $to)[0].Path
        [System.IO.File]::WriteAllText($path, '{"records":[')
        $saved = @(Save-NsgFlowBlob $logs -Destination $to -WarningVariable warned -WarningAction SilentlyContinue)
        $saved[0].Status | Should -Be 'Rewritten'
        $saved[0].Reason | Should -BeLike '*length*'
        $warned.Count | Should -Be 1
        $saved[1].Status | Should -Be 'Unchanged'
    }

    It 'refuses a loose file, and saves the rest' {
        $mixed = [System.IO.Path]::Combine("$TestDrive", 'mixed')
        $null = New-NsgFlowSample $mixed -Hours 1 -Nic 1 -TuplesPerMinute 5
        [System.IO.File]::WriteAllText([System.IO.Path]::Combine($mixed, 'loose.json'), '{"records":[]}')
        $saved = @(Save-NsgFlowBlob $mixed -Destination ([System.IO.Path]::Combine("$TestDrive", 'rest')) -ErrorVariable bad -ErrorAction SilentlyContinue)
        $saved.Count | Should -Be 1
        ($bad[0].FullyQualifiedErrorId -split ',')[0] | Should -Be 'BlobNameUnsafe'
    }

    It 'refuses a destination that <Name>' -ForEach @(
        @{ Name = 'is a file'; To = 'file'; Id = 'MirrorWriteFailed' }
        @{ Name = 'is no folder of the file system'; To = 'Env:'; Id = 'PathNotFileSystem' }
    ) {
        if ($To -eq 'file') { $To = [System.IO.Path]::Combine("$TestDrive", 'file'); [System.IO.File]::WriteAllText($To, 'x') }
        { Save-NsgFlowBlob $logs -Destination $To } | Should -Throw -ErrorId "$Id,*"
    }

    It 'refuses a second run at once' {
        $to = [System.IO.Path]::Combine("$TestDrive", 'busy')
        $null = [System.IO.Directory]::CreateDirectory($to)
        $lock = [System.IO.FileStream]::new([System.IO.Path]::Combine($to, '.nsgflow.lock'), 'OpenOrCreate', 'ReadWrite', 'None')
        try { { Save-NsgFlowBlob $logs -Destination $to } | Should -Throw -ErrorId 'MirrorBusy,*' }
        finally { $lock.Dispose() }
        @(Save-NsgFlowBlob $logs -Destination $to).Count | Should -Be 6
    }

    It 'warns once when nothing is there' {
        Save-NsgFlowBlob $logs -Nsg none -Destination ([System.IO.Path]::Combine("$TestDrive", 'none')) -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike 'No flow-log blob*'
    }

    It 'stops early without errors' {
        $to = [System.IO.Path]::Combine("$TestDrive", 'early')
        @(Save-NsgFlowBlob $logs -Destination $to -ErrorVariable bad | Select-Object -First 1).Count | Should -Be 1
        $bad | Should -BeNullOrEmpty
        @(Save-NsgFlowBlob $logs -Destination $to).Count | Should -Be 6
    }

    It 'shows a table' {
        $to = [System.IO.Path]::Combine("$TestDrive", 'shown')
        (Save-NsgFlowBlob $logs -Destination $to | Select-Object -First 1 | Out-String -Width 120) | Should -Match '2026-03-04 05h New +[0-9A-F]{12} .* WEB-NSG'
    }
}

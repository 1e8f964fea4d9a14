BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $logs = [System.IO.Path]::Combine("$TestDrive", 'logs')
    # 3 hours, 2 interfaces: 6 blobs.
    $truth = New-NsgFlowSample $logs -Hours 3 -Nic 2 -TuplesPerMinute 10 -StartTime 2026-03-04T05 -Nsg web-nsg
}

Describe 'Get-NsgFlowBlob' {
    It 'lists what is there, in order of hour' {
        $blobs = @(Get-NsgFlowBlob $logs)
        $blobs.Count | Should -Be 6
        ($blobs.ForEach{ $_.Hour.Hour }) -join ' ' | Should -Be '5 5 6 6 7 7'
        $blobs[0] -is [NsgFlow.FlowBlob] | Should -BeTrue
        $blobs[0].Kind | Should -Be 'Nsg'
        $blobs[0].Target | Should -Be 'WEB-NSG'
        $blobs[0].MacAddress | Should -Match '^[0-9A-F]{12}$'
        $blobs[0].Length | Should -Be ([System.IO.FileInfo]::new($blobs[0].Name).Length)
        $blobs[0].IsOpen | Should -BeFalse
        $sum = 0
        foreach ($blob in $blobs) { $sum += $blob.Length }
        $sum | Should -Be $truth.BytesWritten
    }

    It '<Name>: <Count>' -ForEach @(
        @{ Name = 'start'; With = @{ StartTime = '2026-03-04T06:30' }; Count = 4 }
        @{ Name = 'MAC'; With = @{ MacAddress = 'first' }; Count = 3 }
        @{ Name = 'NSG'; With = @{ Nsg = 'web*' }; Count = 6 }
        @{ Name = 'the first'; With = @{ First = 2 }; Count = 2 }
    ) {
        if ($With.MacAddress -eq 'first') { $With = @{ MacAddress = $truth.MacAddresses[0] } }
        @(Get-NsgFlowBlob $logs @With).Count | Should -Be $Count
    }

    It 'warns once when nothing is there' {
        Get-NsgFlowBlob $logs -Nsg none -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike 'No flow-log blob*'
    }

    It 'says what to give when there is no source' {
        { Get-NsgFlowBlob -Last 1h } | Should -Throw -ErrorId 'SourceMissing,*'
    }

    It 'stops early without errors' {
        @(Get-NsgFlowBlob $logs -ErrorVariable bad | Select-Object -First 1).Count | Should -Be 1
        $bad | Should -BeNullOrEmpty
    }

    It 'shows a table' {
        (Get-NsgFlowBlob $logs -First 1 | Out-String -Width 120) | Should -Match '2026-03-04 05h Nsg +[0-9A-F]{12} .* WEB-NSG'
    }
}

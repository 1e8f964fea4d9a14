# What comes down the pipeline twice is counted once.

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $samples = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples'))

    # As Get-ChildItem -Recurse: folders, and then what is in them.
    function Everything([string] $Folder) {
        foreach ($entry in [System.IO.DirectoryInfo]::new($Folder).GetFileSystemInfos()) {
            if ($entry -is [System.IO.DirectoryInfo]) {
                $entry
                Everything $entry.FullName
            }
            elseif ($entry.Extension -eq '.json') {
                $entry
            }
        }
    }
}

Describe 'Each blob is read once' {
    It 'when folders come with everything below them' {
        @(Everything $samples | Get-NsgFlowRecord -ErrorVariable bad).Count | Should -Be 7199
        @(Everything $samples | Get-NsgFlowBlob).Count | Should -Be 8
        @(Everything $samples | Get-NsgFlowRecord -Tail 10000).Count | Should -Be 7199
        $bad | Should -BeNullOrEmpty
    }

    It 'when <Name>' -ForEach @(
        @{ Name = 'a folder is piped twice'; Do = { $samples, $samples | Get-NsgFlowBlob } }
        @{ Name = 'a folder is given twice'; Do = { Get-NsgFlowBlob $samples, "$samples/" } }
        @{ Name = 'a folder and one in it are given literally'; Do = { Get-NsgFlowBlob -LiteralPath "$samples/insights-logs-flowlogflowevent", $samples } }
    ) {
        @(& $Do).Count | Should -Be 8
    }

    It 'when blobs are piped twice' {
        $blobs = @(Get-NsgFlowBlob $samples)
        @($blobs + $blobs | Get-NsgFlowRecord).Count | Should -Be 7199
        @($blobs + $blobs | Get-NsgFlowRecord -Tail 10000).Count | Should -Be 7199
    }

    It 'but again for each id of the pipeline' {
        $log = @(Get-NsgFlowRecord $samples -VirtualNetwork * -First 1)[0].TargetResourceId
        $all = @(Get-NsgFlowRecord $samples -ResourceId $log).Count
        $all | Should -BeGreaterThan 0
        $other = '/subscriptions/none/resourceGroups/none/providers/Microsoft.Network/virtualNetworks/none'
        @([pscustomobject]@{ Id = $other }, [pscustomobject]@{ Id = $log } | Get-NsgFlowRecord $samples).Count | Should -Be $all
        @([pscustomobject]@{ Id = $log }, [pscustomobject]@{ Id = $log } | Get-NsgFlowRecord $samples).Count | Should -Be $all
    }

    It 'and a second command reads it again' {
        @(Get-NsgFlowBlob $samples).Count | Should -Be 8
        @(Get-NsgFlowBlob $samples).Count | Should -Be 8
    }
}

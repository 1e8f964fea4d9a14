# Following, as somebody at a prompt or in a runbook sees it; growing blobs and faults are in tests/Cmdlets.

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $logs = [System.IO.Path]::Combine("$TestDrive", 'logs')
    $null = New-NsgFlowSample $logs -Hours 2 -Nic 1 -TuplesPerMinute 5 -StartTime 2026-03-04T05
    $more = [System.IO.Path]::Combine("$TestDrive", 'more')
    $null = New-NsgFlowSample $more -Hours 1 -Nic 1 -TuplesPerMinute 5 -StartTime 2026-03-04T07
    $count = @(Get-NsgFlowRecord $logs).Count
    function CopyLogs([string] $From, [string] $To) {
        foreach ($file in [System.IO.Directory]::GetFiles($From, '*.json', 'AllDirectories')) {
            $copy = $To + $file.Substring($From.Length)
            $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($copy))
            [System.IO.File]::Copy($file, $copy)
        }
    }
}

Describe 'Get-NsgFlowRecord -Checkpoint' {
    It 'gives each record once, and then nothing without a warning' {
        $here = [System.IO.Path]::Combine("$TestDrive", 'growing')
        CopyLogs $logs $here
        $checkpoint = [System.IO.Path]::Combine("$TestDrive", 'each.checkpoint')
        @(Get-NsgFlowRecord $here -Checkpoint $checkpoint).Count | Should -Be $count
        Get-NsgFlowRecord $here -Checkpoint $checkpoint -WarningVariable warned | Should -BeNullOrEmpty
        $warned | Should -BeNullOrEmpty
        CopyLogs $more $here
        $new = @(Get-NsgFlowRecord $here -Checkpoint $checkpoint)
        $new.Count | Should -Be @(Get-NsgFlowRecord $more).Count
        $new[0].Time.Hour | Should -Be 7
    }

    It 'does nothing again that the pipeline has done' {
        $checkpoint = [System.IO.Path]::Combine("$TestDrive", 'work.checkpoint')
        $first = @(Get-NsgFlowRecord @(Get-NsgFlowBlob $logs)[0].Name).Count
        $state = @{ Taken = 0 }
        { Get-NsgFlowRecord $logs -Checkpoint $checkpoint | ForEach-Object { if (++$state.Taken -gt $first + 1) { throw 'the database is gone' } } } | Should -Throw '*the database is gone*'
        @(Get-NsgFlowRecord $logs -Checkpoint $checkpoint).Count | Should -Be ($count - $first)
    }

    It 'refuses what it cannot go on from: <Id>' -ForEach @(
        @{ Id = 'CheckpointDamaged'; Text = 'no state'; With = @{} }
        @{ Id = 'CheckpointTooNew'; Text = '{"version":99}'; With = @{} }
        @{ Id = 'CheckpointTakesAll'; Text = ''; With = @{ First = 3 } }
        @{ Id = 'FollowHasNoEnd'; Text = ''; With = @{ EndTime = '2026-03-05' } }
    ) {
        $checkpoint = [System.IO.Path]::Combine("$TestDrive", "$Id.checkpoint")
        [System.IO.File]::WriteAllText($checkpoint, $Text)
        { Get-NsgFlowRecord $logs -Checkpoint $checkpoint @With } | Should -Throw -ErrorId "$Id,NsgFlow.PowerShell.Commands.GetNsgFlowRecordCommand"
    }
}

Describe 'Get-NsgFlowRecord -Wait' {
    It 'ends with -Timeout, and has given what is there' {
        @(Get-NsgFlowRecord $logs -Wait -StartTime 2026-03-04 -Timeout 1s -PollInterval 1h).Count | Should -Be $count
    }

    It 'ends with -First' {
        @(Get-NsgFlowRecord $logs -Wait -StartTime 2026-03-04 -First 3).Count | Should -Be 3
    }

    It 'is what -Timeout and -PollInterval are about' {
        { Get-NsgFlowRecord $logs -Timeout 1s } | Should -Throw -ErrorId 'WaitMissing,NsgFlow.PowerShell.Commands.GetNsgFlowRecordCommand'
    }
}

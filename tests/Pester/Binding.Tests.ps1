# What people type at the prompt, without quotes: the engine makes numbers of some of it before the module sees it.

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $logs = [System.IO.Path]::Combine("$TestDrive", 'logs')
    # 3 hours, 2 interfaces: 6 blobs.
    $null = New-NsgFlowSample $logs -Hours 3 -Nic 2 -TuplesPerMinute 10 -StartTime 2026-03-04T05 -Nsg web-nsg

    function Run([string] $Line) {
        & ([scriptblock]::Create($Line))
    }

    function Complete([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.ForEach{ $_.CompletionText }
    }
}

Describe 'Lengths of time without quotes' {
    It '<Command> takes every completed value of -<Parameter>' -ForEach @(
        foreach ($command in "Get-NsgFlowRecord '{0}' -First 1", "Get-NsgFlowBlob '{0}' -First 1", "@() | ConvertFrom-NsgFlowJson") {
            foreach ($parameter in 'Last', 'StartTime', 'Since', 'EndTime', 'Until') {
                @{ Command = $command; Parameter = $parameter }
            }
        }
    ) {
        $line = ($Command -f $logs) + " -WarningAction SilentlyContinue -ErrorAction Stop -$Parameter "
        $values = @(Complete $line)
        $values.Count | Should -Be 6
        foreach ($value in $values + '45s' + '1.5d' + '2w') {
            { Run "$line$value" } | Should -Not -Throw
        }
    }

    It 'means what was typed' {
        @(Run "Get-NsgFlowBlob '$logs' -Last 1d -EndTime 2026-03-05T06").Count | Should -Be 4
        @(Run "Get-NsgFlowBlob '$logs' -Last 45s -EndTime 2026-03-04T05:30").Count | Should -Be 2
        { Run "New-NsgFlowSample '$TestDrive/no' -StartTime 7d -WhatIf" } | Should -Not -Throw
    }

    It 'still refuses <_>, which has no unit' -ForEach '90', '7', '1.5' {
        { Run "Get-NsgFlowBlob '$logs' -Last $_" } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        { Run "Get-NsgFlowBlob '$logs' -Since $_" } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}

Describe 'MAC addresses without quotes' {
    It '<_> is taken as typed' -ForEach '002248123456', '0022481e0200', '00224810020d', '000000000001', '122481e20012' {
        $text = '{"category":"NetworkSecurityGroupFlowEvent","macAddress":"' + $_.ToUpperInvariant() + '","properties":{"Version":2,"flows":[{"rule":"r","flows":[{"mac":"' +
            $_.ToUpperInvariant() + '","flowTuples":["1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,"]}]}]}}'
        @(Run "'$text' | ConvertFrom-NsgFlowJson -MacAddress $_").Count | Should -Be 1
    }

    It 'gets its zeros back in a list' {
        $text = '{"category":"NetworkSecurityGroupFlowEvent","macAddress":"002248123456","properties":{"Version":2,"flows":[{"rule":"r","flows":[{"mac":"002248123456","flowTuples":["1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,"]}]}]}}'
        @(Run "'$text' | ConvertFrom-NsgFlowJson -MacAddress 000000000001, 002248123456").Count | Should -Be 1
    }

    It 'must be quoted where its digits are lost: <_>' -ForEach '0022481e0200', '00224810020d', '100000000000d', '1e11' {
        $caught = $null
        try { Run "Get-NsgFlowBlob '$logs' -MacAddress 000000000001, $_" } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $caught.Exception.Message | Should -BeLike '*put it in quotes*'
    }
}

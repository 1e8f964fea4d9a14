# What comes down the pipeline, or stands where something else belongs.

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $samples = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples'))
    $blobs = @(Get-NsgFlowBlob $samples)
    $blob = $blobs[0].Name
    $lines = [System.IO.File]::ReadAllText($blob).Split("`n")
    $tuple = '1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,'

    function Complete([string] $Line) {
        [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.ForEach{ $_.CompletionText }
    }
}

Describe 'States' {
    It 'are offered without None by <_>' -ForEach 'Get-NsgFlowRecord', 'ConvertFrom-NsgFlowJson' {
        (@(Complete "$_ -State ") | Sort-Object) -join ' ' | Should -Be 'Begin Continue Deny End'
        @(Complete "$_ -Encryption ") | Should -Not -Contain 'None'
        @(Complete "$_ -Protocol ") | Should -Not -Contain 'Other'
    }

    It 'bind by letter' {
        foreach ($letter in 'B', 'C', 'E', 'D') {
            { $tuple | ConvertFrom-NsgFlowJson -Version 2 -State $letter -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Not -Throw
        }
        @($tuple | ConvertFrom-NsgFlowJson -Version 2 -State B, E).Count | Should -Be 1
        { $tuple | ConvertFrom-NsgFlowJson -Version 2 -State None } | Should -Throw
    }
}

Describe 'Paths' {
    It 'leave out what is no flow log by its name when a wildcard says nothing about it' {
        @(Get-NsgFlowRecord "$samples/*" -ErrorVariable bad).Count | Should -Be 7199
        $bad | Should -BeNullOrEmpty
        Get-NsgFlowRecord "$samples/*.md" -ErrorVariable bad -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $bad.Count | Should -Be 1
    }

    It 'bind by the property Path, as of a list' {
        @([pscustomobject]@{ Path = $blob; Note = 'x' } | Get-NsgFlowBlob).Count | Should -Be 1
        @([pscustomobject]@{ Path = $samples } | Get-NsgFlowRecord).Count | Should -Be 7199
    }

    It 'are the target of a listing''s error' -Skip:($PSVersionTable.PSEdition -ne 'Core' -or $IsWindows) {
        [System.IO.Directory]::CreateDirectory("$TestDrive/odd") | Out-Null
        # Not to the samples: what empties TestDrive may follow links.
        [System.IO.Directory]::CreateDirectory("$TestDrive/elsewhere") | Out-Null
        [System.IO.Directory]::CreateSymbolicLink("$TestDrive/odd/link", "$TestDrive/elsewhere") | Out-Null
        Get-NsgFlowBlob "$TestDrive/odd" -ErrorVariable bad -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'FolderLinkSkipped,*'
        $bad[0].TargetObject | Should -Be "$TestDrive/odd"
    }
}

Describe 'Resource ids' {
    It '<_> is refused' -ForEach 'foo', 'web*', '/foo/bar' {
        $caught = $null
        try { Get-NsgFlowBlob $samples -ResourceId $_ } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $caught.Exception.Message | Should -BeLike '*is no ARM id: it begins with /subscriptions/*'
    }

    It '<_> is taken' -ForEach '/SUBSCRIPTIONS/x', '*/networkSecurityGroups/*', '/subscriptions/*/resourceGroups/y' {
        { Get-NsgFlowBlob $samples -ResourceId $_ -WarningAction SilentlyContinue -ErrorAction Stop } | Should -Not -Throw
    }
}

Describe 'Nothing from the pipeline' {
    It 'is said to <_>' -ForEach 'Get-NsgFlowRecord', 'Get-NsgFlowBlob' {
        @() | & $_ -WarningVariable warned -WarningAction SilentlyContinue
        $warned.Count | Should -Be 1
        $warned[0].Message | Should -BeLike '*: there was no input.'
    }
}

Describe 'Blobs' {
    It 'that went through a file are told apart' {
        $made = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($blobs[0]))
        $made | Get-NsgFlowRecord -ErrorVariable bad -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'BlobWithoutStore,*'
        $bad[0].TargetObject | Should -Be $blob
    }

    It 'get a verbose line also when -First ends them' {
        $said = @(Get-NsgFlowRecord $blob -First 1 -Verbose 4>&1).Where{ $_ -is [System.Management.Automation.VerboseRecord] }
        $said.Count | Should -Be 1
        $said[0].Message | Should -BeLike "$blob*: * so far"
    }
}

Describe 'ConvertFrom-NsgFlowJson' {
    It 'takes lines and tuples as an argument' {
        @(ConvertFrom-NsgFlowJson $lines).Count | Should -Be @(Get-NsgFlowRecord $blob).Count
        @(ConvertFrom-NsgFlowJson $tuple, $tuple -Version 2).Count | Should -Be 2
    }

    It 'says what <Name> is' -ForEach @(
        @{ Name = 'a record'; Given = { Get-NsgFlowRecord $blob -First 1 } }
        @{ Name = 'a blob'; Given = { $blobs[0] } }
        @{ Name = 'a file'; Given = { [System.IO.FileInfo]::new($blob) } }
    ) {
        & $Given | ConvertFrom-NsgFlowJson -ErrorVariable bad -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue
        $bad.Count | Should -Be 1
        $bad[0].FullyQualifiedErrorId | Should -BeLike 'InputNotJson,*'
        "$warned" | Should -BeLike '*could not be read (1 error)*'
    }

    It 'suggests -Version <Version> for a bare tuple' -ForEach @(
        @{ Version = 1; Text = '1487282421,42.119.146.95,10.1.0.4,51529,5358,T,I,D' }
        @{ Version = 2; Text = '1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,' }
        @{ Version = 4; Text = '1663146003599,10.0.0.6,192.0.2.180,23956,443,6,O,B,NX,0,0,0,0' }
    ) {
        $Text | ConvertFrom-NsgFlowJson -ErrorVariable bad -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $bad[0].ErrorDetails.RecommendedAction | Should -BeLike "*-Version $Version."
    }
}

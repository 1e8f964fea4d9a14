# The stand-in for Pester tests itself: what must fail is seen to fail, in a process of its own.

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Start-TestHost.ps1'))
    function Get-Fixture([string] $Name) { [IO.Path]::Combine($PSScriptRoot, 'fixtures', $Name) }
    function Invoke-Fixture([string] $Name, [string] $Options = '') {
        Start-TestHost '-Command', "Invoke-Pester -Path '$(Get-Fixture $Name)' $Options"
    }
}

Describe 'A file with failures' {
    BeforeAll {
        $mixed = Get-Fixture 'Mixed.ps1'
        $run = Invoke-Fixture 'Mixed.ps1' '-Output Detailed'
    }

    It 'ends with the counts, and not with success' {
        $run.Lines[-1] | Should -BeExactly '4 passed, 12 failed, 3 skipped'
        $run.ExitCode | Should -Be 1
        $run.Err | Should -Match '12 tests failed'
    }

    It '<name> is marked <mark>' -ForEach @(
        @{ name = 'passes'; mark = '+' }
        @{ name = 'fails on a value'; mark = '-' }
        @{ name = 'fails on a string'; mark = '-' }
        @{ name = 'throws'; mark = '-' }
        @{ name = 'is skipped'; mark = '!' }
        @{ name = 'skips itself, is skipped, because there is no network'; mark = '!' }
        @{ name = 'stops at the first failure'; mark = '-' }
        @{ name = 'proves it'; mark = '+' }
        @{ name = 'stops at an error that ends a statement'; mark = '-' }
        @{ name = 'proves that too'; mark = '+' }
        @{ name = 'leaves by exit'; mark = '-' }
        @{ name = 'fails in a function'; mark = '-' }
        @{ name = 'fails after ten'; mark = '-' }
        @{ name = 'does not run'; mark = '-' }
        @{ name = 'does not run either'; mark = '-' }
        @{ name = 'AfterAll of AfterAll throws'; mark = '-' }
        @{ name = 'fails by it'; mark = '-' }
        @{ name = 'is skipped with its block'; mark = '!' }
    ) {
        $pattern = "(?m)^ *\[$([regex]::Escape($mark))\] $([regex]::Escape($name)) \d+ms$"
        [regex]::Matches($run.Out, $pattern) | Should -HaveCount 1
    }

    It 'says what was expected, and where: line <line>' -ForEach @(
        @{ says = 'Expected 3, because of a wrong test, but got 2.'; line = 6 }
        @{ says = 'Strings differ at index 2.'; line = 8 }
        @{ says = 'RuntimeException: went wrong'; line = 9 }
        @{ says = "Strings differ at index 0."; line = 20 }
        @{ says = 'no set-up'; line = 25 }
        @{ says = 'no clean-up'; line = 30 }
    ) {
        $run.Out.Contains($says) | Should -BeTrue
        $run.Out | Should -Match ([regex]::Escape("$mixed`:$line") + '\n')
    }

    It 'names the caller too when a function failed' {
        $at = [regex]::Escape($mixed)
        $run.Out | Should -Match "$at`:20\n *at <ScriptBlock>, $at`:17\n"
    }

    It 'shows blocks and tests only with Detailed, failures always' {
        $run.Out | Should -Match 'Describing Mixed'
        $normal = Invoke-Fixture 'Mixed.ps1'
        $normal.Out | Should -Not -Match '\[\+\]'
        $normal.Out | Should -Match '\[-\] Mixed\.fails on a value'
        (Invoke-Fixture 'Mixed.ps1' '-Output None').Out.Trim() | Should -BeExactly '4 passed, 12 failed, 3 skipped'
    }
}

Describe 'Files that cannot be discovered' {
    It '<file> is one failure with its position' -ForEach @(
        @{ file = 'Unparsable.ps1'; says = 'Missing closing' }
        @{ file = 'DiscoveryFails.ps1'; says = 'while discovering' }
    ) {
        $run = Invoke-Fixture $file
        $run.Lines[-1] | Should -BeExactly '0 passed, 1 failed, 0 skipped'
        $run.ExitCode | Should -Be 1
        $run.Out | Should -Match $says
        $run.Out | Should -Match ([regex]::Escape((Get-Fixture $file)) + ':2')
    }
}

Describe 'Choosing tests' {
    It '<options> runs <counts>' -ForEach @(
        @{ options = ''; counts = '3 passed, 1 failed, 0 skipped' }
        @{ options = '-Tag outer'; counts = '2 passed, 1 failed, 0 skipped' }
        @{ options = '-Tag SLOW'; counts = '1 passed, 1 failed, 0 skipped' }
        @{ options = '-Tag slow -ExcludeTag broken'; counts = '1 passed, 0 failed, 0 skipped' }
        @{ options = '-ExcludeTag outer'; counts = '1 passed, 0 failed, 0 skipped' }
        @{ options = '-Tag none'; counts = '0 passed, 0 failed, 0 skipped' }
    ) {
        (Invoke-Fixture 'Tagged.ps1' $options).Lines[-1] | Should -BeExactly $counts
    }

    It 'a folder gives its *.Tests.ps1, and no other script' {
        [IO.File]::WriteAllText([IO.Path]::Combine($TestDrive, 'a.Tests.ps1'), 'Describe a { It b { } }')
        [IO.File]::WriteAllText([IO.Path]::Combine($TestDrive, 'c.ps1'), 'throw')
        (Start-TestHost '-Command', "Invoke-Pester '$TestDrive'").Lines[-1] | Should -BeExactly '1 passed, 0 failed, 0 skipped'
    }
}

Describe 'What Invoke-Pester leaves' {
    It '-PassThru gives counts and tests, and leaves the exit code to the caller' {
        $text = "`$r = Invoke-Pester '$(Get-Fixture 'Tagged.ps1')' -PassThru -Output None; `"`$(`$r.PassedCount)/`$(`$r.FailedCount)/`$(`$r.SkippedCount)/`$(`$r.TotalCount)/`$(`$r.Result)/`$LASTEXITCODE/`$(`$r.Tests[2].ExpandedPath)`"; exit `$r.FailedCount + 4"
        $run = Start-TestHost '-Command', $text
        $run.Lines[-1] | Should -BeExactly '3/1/0/4/Failed/1/Tagged.is slow and fails'
        $run.ExitCode | Should -Be 5
        $run.Err | Should -BeNullOrEmpty
    }

    It 'success when all pass, even though a test wrote an error' {
        $file = [IO.Path]::Combine($TestDrive, 'w.Tests.ps1')
        [IO.File]::WriteAllText($file, 'Describe a { It b { & { [CmdletBinding()] param() $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new([Exception]::new("written"), "Id", "NotSpecified", $null)) } } }')
        $run = Start-TestHost '-Command', "Invoke-Pester '$file'"
        $run.Lines[-1] | Should -BeExactly '1 passed, 0 failed, 0 skipped'
        $run.Err | Should -Match 'written'
        $run.ExitCode | Should -Be 0
    }

    It 'nothing of one file is there in the next, and no folder is left' {
        $folder = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, 'two')).FullName
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'a.Tests.ps1'), 'BeforeAll { $script:left = 1; function Get-Left { 1 } }; Describe a { It b { $script:left | Should -Be 1; Write-Host "in $TestDrive." } }')
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'b.Tests.ps1'), 'Describe a { It b { $script:left | Should -BeNullOrEmpty; { Get-Left } | Should -Throw } }')
        $run = Start-TestHost '-Command', "Invoke-Pester '$folder'"
        $run.Lines[-1] | Should -BeExactly '2 passed, 0 failed, 0 skipped'
        $run.Out -match 'in (.+)\.\n' | Should -BeTrue
        [IO.Directory]::Exists($Matches[1]) | Should -BeFalse
    }

    It 'a keyword outside of a test file is an error that says so' {
        (Start-TestHost '-Command', 'Describe x { }').Err | Should -Match 'Invoke-Pester'
    }
}

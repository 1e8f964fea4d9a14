# Scopes, phases and data of the keywords. Plain Pester 5: it passes there too.

BeforeDiscovery {
    $found = 'at discovery'
    $cases = @(
        @{ name = 'first'; at = @{ depth = 'one' }; value = 1 }
        @{ name = 'second'; at = @{ depth = 'two' }; value = 2 }
    )
}

BeforeAll {
    $fileLevel = 'file'
    $script:counter = 0
    function Get-FromFile { "function of $fileLevel" }
    $global:keywordsOrder = [Collections.Generic.List[string]]::new()
}

AfterAll { $global:keywordsOrder = $global:keywordsAfterEach = $null }

Describe 'Scopes' {
    BeforeAll { $blockLevel = 'block'; $changed = 'before' }
    BeforeEach { $each = "each of $blockLevel"; $changed = 'by BeforeEach' }
    AfterEach { $global:keywordsAfterEach = "$each/$inTest" }

    It 'a test sees what BeforeAll of its file and block set' {
        $fileLevel | Should -Be 'file'
        $blockLevel | Should -Be 'block'
        Get-FromFile | Should -Be 'function of file'
    }

    It 'BeforeEach, the test and AfterEach share a scope' {
        $each | Should -Be 'each of block'
        $changed | Should -Be 'by BeforeEach'
        $inTest = 'set here'
    }

    It 'what a test sets is gone in the next, though AfterEach saw it' {
        $inTest | Should -BeNullOrEmpty
        $global:keywordsAfterEach | Should -Be 'each of block/set here'
    }

    It 'what discovery set is not there when tests run' {
        $found | Should -BeNullOrEmpty
        $cases | Should -BeNullOrEmpty
    }

    It 'the script scope lasts from test to test: 1' { $script:counter++; $script:counter | Should -Be 1 }
    It 'the script scope lasts from test to test: 2' { $script:counter++; $script:counter | Should -Be 2 }

    Context 'nested' {
        BeforeAll { $nested = "$blockLevel in nested"; $blockLevel = 'hidden' }
        BeforeEach { $inner = "$each and inner" }

        It 'sees the outer block and runs the outer BeforeEach first' {
            $nested | Should -Be 'block in nested'
            $inner | Should -Be 'each of hidden and inner'
        }
    }

    It 'a nested block does not change the outer one' {
        $blockLevel | Should -Be 'block'
        $nested | Should -BeNullOrEmpty
    }
}

Describe 'Order' {
    BeforeAll { $keywordsOrder.Add('all') }
    BeforeEach { $keywordsOrder.Add('each') }
    AfterEach { $keywordsOrder.Add('/each') }

    It 'first' { $keywordsOrder.Add('test') }

    Context 'inner' {
        BeforeAll { $keywordsOrder.Add('inner all') }
        AfterAll { $keywordsOrder.Add('/inner all') }
        BeforeEach { $keywordsOrder.Add('inner each') }
        AfterEach { $keywordsOrder.Add('/inner each') }
        It 'second' { $keywordsOrder.Add('inner test') }
    }

    It 'is from the outside in and back' {
        $keywordsOrder -join ' ' | Should -Be ('all each test /each inner all each inner each inner test /inner each /each /inner all each')
    }
}

Describe 'Data' {
    It 'a table''s keys are variables: <name> is <value>' -ForEach $cases {
        $value | Should -BeGreaterThan 0
        $_.name | Should -Be $name
        $at.depth | Should -BeIn 'one', 'two'
    }

    It '<_> is the item itself' -TestCases 'x', 'y' { $_ | Should -Match '^[xy]$' }

    Context 'a block for <name>' -ForEach $cases {
        BeforeAll { $twice = $value * 2 }
        It 'has its data in BeforeAll, and <value> in the title' { $twice | Should -Be ($_.value * 2) }
        It 'multiplies with data of its own: <factor>' -ForEach @(@{ factor = 10 }) { $factor * $value | Should -BeIn 10, 20 }
    }
}

Describe 'TestDrive' {
    BeforeAll { [IO.File]::WriteAllText([IO.Path]::Combine($TestDrive, 'kept.txt'), 'x') }

    Context 'inner' {
        It 'is a folder that exists, with what the outer block made' {
            [IO.Directory]::Exists($TestDrive) | Should -BeTrue
            [IO.File]::Exists([IO.Path]::Combine($TestDrive, 'kept.txt')) | Should -BeTrue
            $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, 'inner', 'deeper'))
            [IO.File]::WriteAllText([IO.Path]::Combine($TestDrive, 'inner', 'deeper', 'gone.txt'), 'x')
        }
    }

    It 'lost what the inner block left, and kept the outer''s' {
        [IO.Directory]::Exists([IO.Path]::Combine($TestDrive, 'inner')) | Should -BeFalse
        [IO.File]::Exists([IO.Path]::Combine($TestDrive, 'kept.txt')) | Should -BeTrue
    }
}

Describe 'TestDrive and links' {
    BeforeAll {
        $elsewhere = [IO.Directory]::CreateTempSubdirectory('elsewhere-').FullName
        [IO.File]::WriteAllText([IO.Path]::Combine($elsewhere, 'precious.txt'), 'x')
    }
    AfterAll { [IO.Directory]::Delete($elsewhere, $true) }

    Context 'a block that links out of it' {
        It 'makes the link' {
            $null = [IO.Directory]::CreateSymbolicLink([IO.Path]::Combine($TestDrive, 'link'), $elsewhere)
            [IO.File]::Exists([IO.Path]::Combine($TestDrive, 'link', 'precious.txt')) | Should -BeTrue
        }
    }

    It 'removes the link and leaves what it leads to' {
        [IO.Directory]::Exists([IO.Path]::Combine($TestDrive, 'link')) | Should -BeFalse
        [IO.File]::Exists([IO.Path]::Combine($elsewhere, 'precious.txt')) | Should -BeTrue
    }
}

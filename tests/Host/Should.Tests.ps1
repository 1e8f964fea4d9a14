# Every operator, where it holds, where it does not, and what it says. Plain Pester 5: it passes there too.

Describe 'Should' {
    It '<actual> <operator> <expected> holds, and its -Not fails' -ForEach @(
        @{ operator = 'Be'; actual = 1; expected = 1 }
        @{ operator = 'Be'; actual = 'abc'; expected = 'ABC' }
        @{ operator = 'Be'; actual = 1, 2, 3; expected = 1, 2, 3 }
        @{ operator = 'Be'; actual = $null; expected = $null }
        @{ operator = 'Be'; actual = '1'; expected = 1 }
        @{ operator = 'Be'; actual = [DayOfWeek]::Monday; expected = 'monday' }
        @{ operator = 'Be'; actual = [datetime] '2026-11-23'; expected = [datetime] '2026-11-23' }
        @{ operator = 'BeExactly'; actual = 'abc'; expected = 'abc' }
        @{ operator = 'BeExactly'; actual = 'a', 'B'; expected = 'a', 'B' }
        @{ operator = 'BeGreaterThan'; actual = 3; expected = 2 }
        @{ operator = 'BeLessThan'; actual = 2.5; expected = 3 }
        @{ operator = 'BeLike'; actual = 'network'; expected = 'NET*' }
        @{ operator = 'Match'; actual = 'network'; expected = '^NET.{4}$' }
        @{ operator = 'Contain'; actual = 'a', 'b'; expected = 'B' }
        @{ operator = 'BeIn'; actual = 2; expected = 1, 2 }
        @{ operator = 'HaveCount'; actual = 1, 2; expected = 2 }
        @{ operator = 'BeOfType'; actual = 'x'; expected = [string] }
        @{ operator = 'BeOfType'; actual = [IO.FileInfo] 'x'; expected = [IO.FileSystemInfo] }
        @{ operator = 'BeOfType'; actual = 1; expected = 'int' }
    ) {
        $splat = @{ $operator = $true }
        $actual | Should @splat $expected
        { $actual | Should @splat $expected -Not } | Should -Throw -ErrorId 'PesterAssertionFailed*'
    }

    It '<actual> <operator> <expected> fails, and its -Not holds' -ForEach @(
        @{ operator = 'Be'; actual = 1; expected = 2 }
        @{ operator = 'Be'; actual = 1, 2; expected = 1, 3 }
        @{ operator = 'Be'; actual = 1, 2; expected = 1, 2, 3 }
        @{ operator = 'Be'; actual = $null; expected = 0 }
        @{ operator = 'Be'; actual = 0; expected = $null }
        @{ operator = 'Be'; actual = ''; expected = $null }
        @{ operator = 'BeExactly'; actual = 'abc'; expected = 'ABC' }
        @{ operator = 'BeExactly'; actual = 'a', 'b'; expected = 'a', 'B' }
        @{ operator = 'BeGreaterThan'; actual = 2; expected = 2 }
        @{ operator = 'BeLessThan'; actual = 2; expected = 2 }
        @{ operator = 'BeLike'; actual = 'network'; expected = 'work*' }
        @{ operator = 'Match'; actual = 'network'; expected = '^work' }
        @{ operator = 'Contain'; actual = 'a', 'b'; expected = 'c' }
        @{ operator = 'BeIn'; actual = 3; expected = 1, 2 }
        @{ operator = 'HaveCount'; actual = 1, 2; expected = 1 }
        @{ operator = 'BeOfType'; actual = 'x'; expected = [int] }
    ) {
        $splat = @{ $operator = $true }
        $actual | Should @splat $expected -Not
        { $actual | Should @splat $expected } | Should -Throw -ErrorId 'PesterAssertionFailed*'
    }

    It 'BeTrue and BeFalse go by what is true to PowerShell' {
        $true | Should -BeTrue
        'text' | Should -BeTrue
        0 | Should -BeFalse
        $null | Should -BeFalse
        { $false | Should -BeTrue } | Should -Throw '*Expected $true, but got $false.*'
        { 1 | Should -BeFalse } | Should -Throw '*Expected $false, but got 1.*'
        { 1 | Should -Not -BeTrue } | Should -Throw
    }

    It 'BeNullOrEmpty holds for null, empty text, an empty array and nothing at all' {
        $null | Should -BeNullOrEmpty
        '' | Should -BeNullOrEmpty
        @() | Should -BeNullOrEmpty
        Should -ActualValue @() -BeNullOrEmpty
        @{} | Should -BeNullOrEmpty
        0 | Should -Not -BeNullOrEmpty
        ' ' | Should -Not -BeNullOrEmpty
        { 'x' | Should -BeNullOrEmpty } | Should -Throw "*Expected `$null or empty, but got 'x'.*"
        { $null | Should -Not -BeNullOrEmpty } | Should -Throw '*Expected a value, but got $null or empty.*'
    }

    It 'the pipeline is one collection' {
        1..3 | Should -HaveCount 3
        1..3 | Should -Contain 2
        @() | Should -HaveCount 0
        1 | Should -HaveCount 1
        1..3 | ForEach-Object { $_ * 2 } | Should -Be 2, 4, 6
    }

    It 'says <says>' -ForEach @(
        @{ code = { 1 | Should -Be 2 }; says = 'Expected 2, but got 1.' }
        @{ code = { 1 | Should -Be 2 -Because 'it is so' }; says = 'Expected 2, because it is so, but got 1.' }
        @{ code = { 'ab' | Should -Be 'abc' }; says = "Strings differ at index 2." }
        @{ code = { 1 | Should -Not -Be 1 }; says = 'Expected 1 to be different from the actual value, but got the same value.' }
        @{ code = { 1 | Should -BeGreaterThan 2 }; says = 'Expected the actual value to be greater than 2, but got 1.' }
        @{ code = { 'a' | Should -BeLike 'b*' }; says = "Expected like wildcard 'b*' to match 'a', but it did not match." }
        @{ code = { 'a' | Should -Match 'b' }; says = "Expected regular expression 'b' to match 'a', but it did not match." }
        @{ code = { 1, 2 | Should -Contain 3 }; says = 'Expected 3 to be found in collection @(1, 2), but it was not found.' }
        @{ code = { 3 | Should -BeIn 1, 2 }; says = 'Expected collection @(1, 2) to contain 3, but it was not found.' }
        @{ code = { 1, 2 | Should -HaveCount 3 }; says = 'Expected a collection with size 3, but got collection with size 2 @(1, 2).' }
        @{ code = { 'x' | Should -BeOfType [int] }; says = "Expected the value to have type [int] or any of its subtypes, but got 'x' with type [string]." }
        @{ code = { { } | Should -Throw }; says = 'Expected an exception to be thrown, but no exception was thrown.' }
        @{ code = { { throw 'a' } | Should -Throw 'b' }; says = "Expected an exception with message like 'b' to be thrown, but the message was 'a'." }
        @{ code = { { throw 'a' } | Should -Not -Throw }; says = 'Expected no exception to be thrown, but an exception "a" was thrown from' }
    ) {
        $message = try { & $code; 'nothing' } catch { $_.Exception.Message }
        $message.Contains($says) | Should -BeTrue -Because "it said: $message"
    }
}

Describe 'Should -Throw' {
    BeforeAll {
        function Stop-WithId {
            [CmdletBinding()] param()
            $PSCmdlet.ThrowTerminatingError([Management.Automation.ErrorRecord]::new([ArgumentException]::new('bad [input]'), 'MyId', 'InvalidArgument', 'x'))
        }
        function Write-WithId {
            [CmdletBinding()] param()
            $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new([ArgumentException]::new('only written'), 'Written', 'InvalidArgument', 'x'))
        }
    }

    It 'matches message, id and type' {
        { throw 'the message' } | Should -Throw
        { throw 'the message' } | Should -Throw 'THE*'
        { throw 'the message' } | Should -Throw -ExpectedMessage '*message'
        { Stop-WithId } | Should -Throw -ErrorId 'MyId,Stop-WithId'
        { Stop-WithId } | Should -Throw -ErrorId 'MyId*' -ExpectedMessage 'bad*' -ExceptionType ([ArgumentException])
    }

    It 'fails when message, id or type is another' {
        { { Stop-WithId } | Should -Throw -ErrorId 'Other*' } | Should -Throw "*the FullyQualifiedErrorId was 'MyId,Stop-WithId'*"
        { { Stop-WithId } | Should -Throw -ExceptionType ([IO.IOException]) } | Should -Throw '*exception type was*ArgumentException*'
        { { Stop-WithId } | Should -Throw 'bad' } | Should -Throw '*the message was*'
    }

    It 'does not count an error that is only written, unless it is made to stop' {
        { Write-WithId 2>$null } | Should -Not -Throw
        { Write-WithId -ErrorAction Stop } | Should -Throw -ErrorId 'Written*'
    }

    It 'gives the error with -PassThru' {
        $record = { Stop-WithId } | Should -Throw -PassThru
        $record | Should -BeOfType ([Management.Automation.ErrorRecord])
        $record.TargetObject | Should -Be 'x'
    }

    It 'runs the block in a scope of its own, which sees the test''s variables' {
        $seen = 'outer'
        { if ($seen -ne 'outer') { throw 'blind' }; $seen = 'inner' } | Should -Not -Throw
        $seen | Should -Be 'outer'
    }
}

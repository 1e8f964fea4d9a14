# What build.ps1 Test says at its end. The suites are a dotnet and a mono that leave the results they are told to, and one real Pester file.

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Start-TestHost.ps1'))
    $root = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '..', '..'))

    # A checkout that has nothing but the build's scripts and, for each suite, a file to find it by.
    function New-Checkout([string] $Pester) {
        $folder = [IO.Path]::Combine($TestDrive, [IO.Path]::GetRandomFileName())
        $files = @{
            'build.ps1'                    = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'build.ps1'))
            'tests/Pester/run.ps1'         = [IO.File]::ReadAllText([IO.Path]::Combine($root, 'tests', 'Pester', 'run.ps1'))
            'tests/Pester/Small.Tests.ps1' = $Pester
            'tests/Unit/Suite.csproj'      = 'Microsoft.NET.Test.Sdk'
            'tests/Unit.Framework/run.sh'  = ''
        }
        foreach ($name in $files.Keys) {
            $path = [IO.Path]::Combine($folder, $name)
            $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
            [IO.File]::WriteAllText($path, $files[$name])
        }
        $folder
    }

    # build.ps1 with a task that changes nothing here gives its functions; then the programs are replaced.
    function Invoke-Test([string] $Pester, [string] $Trx, [string] $Mono, [int] $ExitCode) {
        $folder = New-Checkout $Pester
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'results.trx'), $Trx)
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'mono.xml'), $Mono)
        [IO.File]::WriteAllText([IO.Path]::Combine($folder, 'go.ps1'), @"
. ([IO.Path]::Combine(`$PSScriptRoot, 'build.ps1')) Clean
function HasProgram([string] `$Program) { `$true }
function Leave([string] `$Name, [string] `$To) {
    `$text = [IO.File]::ReadAllText((JoinPath `$PSScriptRoot `$Name))
    if (`$text) {
        `$null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName(`$To))
        [IO.File]::WriteAllText(`$To, `$text)
    }
    `$global:LASTEXITCODE = $ExitCode
}
function dotnet { Leave 'results.trx' (JoinPath `$args[-1] 'results.trx') }
function sh { Leave 'mono.xml' `$args[-1] }
Test
"@)
        Start-TestHost ([IO.Path]::Combine($folder, 'go.ps1'))
    }

    function Get-Trx([string] $Results, [string] $Counters, [string] $More = '') {
        "<TestRun xmlns=""http://microsoft.com/schemas/VisualStudio/TeamTest/2010""><Results>$Results</Results>" +
            "<ResultSummary><Counters $Counters />$More</ResultSummary></TestRun>"
    }

    function Get-MonoXml([string] $Counts, [string] $Tests) {
        "<assemblies><assembly $Counts><errors /><collection>$Tests</collection></assembly></assemblies>"
    }

    $passes = "Describe 'Small' { It 'passes' { 1 | Should -Be 1 } }"
    $goodTrx = Get-Trx '<UnitTestResult testName="Suite.Good" outcome="Passed" />' 'total="1" executed="1" passed="1"'
    $goodMono = Get-MonoXml 'passed="1" failed="0" skipped="0" errors="0"' '<test name="Core.Good" result="Pass" />'
}

Describe 'The end of build.ps1 Test' {
    It 'is one line when nothing failed' {
        $run = Invoke-Test $passes $goodTrx $goodMono 0
        $run.Lines[-1] | Should -BeExactly '3 passed, 0 failed'
        $run.Out | Should -Not -Match 'Failed:'
        $run.ExitCode | Should -Be 0
    }

    It 'names every test that failed, of each kind of suite' {
        $trx = Get-Trx ('<UnitTestResult testName="Suite.Good" outcome="Passed" /><UnitTestResult testName="Suite.Bad(n: 1)" outcome="Failed">' +
            "<Output><ErrorInfo><Message>Not in range`nRange: 1 - 2</Message><StackTrace>at</StackTrace></ErrorInfo></Output></UnitTestResult>" +
            '<UnitTestResult testName="Suite.Skipped" outcome="NotExecuted" />') 'total="3" executed="2" passed="1"'
        $mono = Get-MonoXml 'passed="0" failed="1" skipped="0" errors="0"' `
            '<test name="Core.Bad" result="Fail"><failure exception-type="E"><message><![CDATA[Expected 1]]></message></failure></test>'
        $run = Invoke-Test "Describe 'Small' { It 'fails' { 1 | Should -Be 2 }; It 'passes' { } }" $trx $mono 1
        $run.Lines[-4..-1] | Should -HaveCount 4
        $run.Lines[-4] | Should -BeExactly 'Failed: Suite: Suite.Bad(n: 1): Not in range Range: 1 - 2'
        $run.Lines[-3] | Should -BeExactly 'Failed: NsgFlow.Unit (net472 under Mono): Core.Bad: Expected 1'
        $run.Lines[-2] | Should -BeLike 'Failed: Small.Tests.ps1: Small.fails: Expected 2, but got 1.*'
        $run.Lines[-1] | Should -BeExactly '2 passed, 3 failed, 1 skipped'
        $run.ExitCode | Should -Be 1
    }

    It 'tells of a suite that broke off after tests that passed' {
        $trx = Get-Trx '<UnitTestResult testName="Suite.Good" outcome="Passed" />' 'total="1" executed="1" passed="1"' `
            '<RunInfos><RunInfo outcome="Error"><Text>Test host process crashed</Text></RunInfo></RunInfos>'
        $run = Invoke-Test $passes $trx $goodMono 134
        $run.Lines[-3] | Should -BeExactly 'Failed: Suite: exit code 134, though no test failed. Test host process crashed'
        $run.Lines[-2] | Should -BeExactly 'Failed: NsgFlow.Unit (net472 under Mono): exit code 134, though no test failed.'
        $run.Lines[-1] | Should -BeExactly '3 passed, 2 failed'
    }

    It 'tells of suites that left no results, and of a file that has no test' {
        $run = Invoke-Test "'nothing'" '' '' 1
        $run.Lines[-4] | Should -BeExactly 'Failed: Suite: gave no results (exit code 1).'
        $run.Lines[-3] | Should -BeExactly 'Failed: NsgFlow.Unit (net472 under Mono): gave no results (exit code 1).'
        $run.Lines[-2] | Should -BeExactly 'Failed: Small.Tests.ps1: ran no test.'
        $run.Lines[-1] | Should -BeExactly '0 passed, 3 failed'
    }
}

# What a shell sees of tools/Host: arguments, exit codes, streams, colours, progress, Ctrl+C.

BeforeDiscovery {
    $noTerminal = -not (Get-Command script -CommandType Application -ErrorAction Ignore)
    $noSignals = [Environment]::OSVersion.Platform -ne 'Unix'
}

BeforeAll {
    . ([IO.Path]::Combine($PSScriptRoot, 'Start-TestHost.ps1'))
    function New-Script([string] $Text) {
        $path = [IO.Path]::Combine($TestDrive, [IO.Path]::GetRandomFileName() + '.ps1')
        [IO.File]::WriteAllText($path, $Text)
        $path
    }
    $escape = [char]27
}

Describe 'Exit codes' {
    It '-Command <text> ends with <code>' -ForEach @(
        @{ text = '1'; code = 0 }
        @{ text = 'exit 7'; code = 7 }
        @{ text = '1; throw "x"'; code = 1 }
        @{ text = 'Get-NoSuchCommand'; code = 1 }
        @{ text = 'Get-NoSuchCommand; 1'; code = 0 }
        @{ text = '1 +'; code = 1 }
    ) {
        (Start-TestHost '-Command', $text).ExitCode | Should -Be $code
    }

    It 'a script with <text> ends with <code>' -ForEach @(
        @{ text = '1'; code = 0 }
        @{ text = '"x"; exit 3; "y"'; code = 3 }
        @{ text = '& { exit 5 }'; code = 5 }
        @{ text = 'throw "x"'; code = 1 }
        @{ text = 'Get-NoSuchCommand; 1'; code = 0 }
        @{ text = 'param([int] $N) $N'; code = 0 }
    ) {
        (Start-TestHost (New-Script $text)).ExitCode | Should -Be $code
    }

    It 'a native program that failed is not the script''s own exit code' -Skip:$noSignals {
        (Start-TestHost (New-Script 'sh -c "exit 4"; "then $LASTEXITCODE"')) | ForEach-Object {
            $_.ExitCode | Should -Be 0
            $_.Out | Should -Match 'then 4'
        }
    }

    It 'arguments that do not bind end with 1, and the script does not run' {
        $run = Start-TestHost (New-Script 'param([int] $N) "ran"'), '-N', 'three'
        $run.ExitCode | Should -Be 1
        $run.Out | Should -Not -Match 'ran'
        $run.Err | Should -Match "parameter 'N'"
    }

    It 'a script that is not there, and an option that is not known, end with 64' {
        (Start-TestHost 'no-such.ps1').ExitCode | Should -Be 64
        (Start-TestHost '-NoSuchOption').ExitCode | Should -Be 64
    }

    It 'a parse error in a script gives its position' {
        $path = New-Script "'fine'`nif ("
        $run = Start-TestHost $path
        $run.ExitCode | Should -Be 1
        $run.Out | Should -Not -Match 'fine'
        $run.Err | Should -Match ([regex]::Escape($path) + ':2')
        $run.Err | Should -Match 'Missing condition'
    }

    It 'an uncaught error gives the line that threw' {
        $path = New-Script "`n`nfunction f { throw 'deep down' }`nf"
        $run = Start-TestHost $path
        $run.Err | Should -Match ([regex]::Escape($path) + ':3')
        $run.Err | Should -Match 'deep down'
    }
}

Describe 'Arguments' {
    BeforeAll {
        $script = New-Script 'param($Name, [int] $N = 5, [switch] $On, [Parameter(ValueFromRemainingArguments)] $Rest) "$Name|$N|$On|$($Rest -join ",")"'
    }

    It '<words> bind as <expected>' -ForEach @(
        @{ words = @('a'); expected = 'a|5|False|' }
        @{ words = @('-N', '7', 'a', 'b', 'c'); expected = 'a|7|True|b,c'.Replace('True', 'False') }
        @{ words = @('-Name', "it's `$x", '-On'); expected = "it's `$x|5|True|" }
        @{ words = @('-Name:colon', '-On:$false'); expected = 'colon|5|False|' }
        @{ words = @('a', '-5'); expected = 'a|-5|False|' }
        @{ words = @('a', '1', '--', '-On'); expected = 'a|1|False|-On' }
        @{ words = @('$(1+1)', '-N', '1'); expected = '$(1+1)|1|False|' }
    ) {
        (Start-TestHost (@($script) + $words)).Lines[-1] | Should -BeExactly $expected
    }

    It 'a relative script path and the location are the current folder''s' {
        [IO.File]::WriteAllText([IO.Path]::Combine($TestDrive, 'here.ps1'), '"$($pwd.ProviderPath)|$PSScriptRoot|$($MyInvocation.MyCommand.Name)"')
        (Start-TestHost 'here.ps1' -WorkingDirectory $TestDrive).Lines[-1] | Should -BeExactly "$TestDrive|$TestDrive|here.ps1"
    }

    It 'options of pwsh that mean nothing here are accepted' {
        (Start-TestHost '-NoProfile', '-NonInteractive', '-Command', '1').Lines | Should -Be '1'
    }

    It '-NonInteractive refuses to ask' {
        $run = Start-TestHost '-NonInteractive', '-Command', '$Host.UI.ReadLine()'
        $run.ExitCode | Should -Be 1
        $run.Err | Should -Match 'NonInteractive'
    }

    It '--help shows the usage' {
        (Start-TestHost '--help').Out | Should -Match 'script\.ps1 \[arguments\]'
    }
}

Describe 'Streams' {
    BeforeAll {
        $text = "'object'; Write-Host 'hosted' -ForegroundColor Red; Write-Warning 'careful'; Write-Verbose 'talk' -Verbose; Write-Error 'broken'; `"`e[31mraw`e[0m`"; [pscustomobject]@{ First = 1; Second = 'two' }"
        $redirected = Start-TestHost '-Command', $text
    }

    It 'errors go to standard error and the rest to standard output' {
        $redirected.Err | Should -Match 'broken'
        $redirected.Out | Should -Not -Match 'broken'
        foreach ($word in 'object', 'hosted', 'WARNING: careful', 'VERBOSE: talk', 'raw') { $redirected.Out | Should -Match $word }
        $redirected.Err.Contains('careful') | Should -BeFalse
    }

    It 'objects are formatted by the engine' {
        $redirected.Out | Should -Match 'First Second\s+-+ -+\s+1 two'
    }

    It 'redirected output has no escape sequence' {
        ($redirected.Out + $redirected.Err).Contains($escape) | Should -BeFalse
    }

    It 'a terminal gets colours: <what>' -Skip:$noTerminal -ForEach @(
        @{ what = 'warnings yellow'; pattern = '\[33;1mWARNING: careful' }
        @{ what = 'errors red'; pattern = '\[31;1m[^\n]*broken' }
        @{ what = 'what a script asks for'; pattern = '\[91mhosted' }
    ) {
        (Start-TestHost '-Command', $text -Terminal).Out | Should -Match ($escape + $pattern)
    }

    It 'a terminal gets no colours with NO_COLOR' -Skip:$noTerminal {
        $run = Start-TestHost '-Command', $text -Terminal -Environment @{ NO_COLOR = '1' }
        $run.Out | Should -Match 'WARNING: careful'
        $run.Out | Should -Not -Match "$escape\[[0-9;]*m"
    }
}

Describe 'Progress' {
    BeforeAll {
        $text = '1..3 | ForEach-Object { Write-Progress -Activity Copying -Status "file $_" -PercentComplete ($_ * 25) -SecondsRemaining 90; [Threading.Thread]::Sleep(150) }; Write-Progress -Activity Copying -Completed; "done"'
    }

    It 'is drawn on a terminal with percent and time left, and erased' -Skip:$noTerminal {
        $run = Start-TestHost '-Command', $text -Terminal
        $run.Out | Should -Match 'Copying \[#####\.{15}\]  25% 0:01:30 left file 1'
        $run.Out | Should -Match '75%'
        # Blanks over the bar, then the next line of output where it stood.
        $run.Out | Should -Match "`r {40,}`rdone"
    }

    It 'is not drawn when redirected' {
        $run = Start-TestHost '-Command', $text
        $run.Out.Trim() | Should -BeExactly 'done'
    }
}

Describe 'Prompt' {
    It 'runs what is piped in, goes on over incomplete lines, and exits' {
        $run = Start-TestHost -InputText "`$x = 20`nfunction f {`n  `$x + 22`n}`nf`nexit 9`n'never'`n"
        $run.Lines | Should -Be '42'
        $run.ExitCode | Should -Be 9
    }

    It 'goes on after an error' {
        $run = Start-TestHost -InputText "throw 'first'`n'second'`n"
        $run.Err | Should -Match 'first'
        $run.Out | Should -Match 'second'
        $run.ExitCode | Should -Be 0
    }
}

Describe 'Prompt after a script' {
    It 'has what -NoExit left behind' {
        $run = Start-TestHost '-NoExit', '-Command', '$x = 41' -InputText "`$x + 1`n"
        $run.Lines | Should -Be '42'
        $run.ExitCode | Should -Be 0
    }
}

Describe 'Questions' {
    It '<answer> to -Confirm leaves the file: <there>' -ForEach @(
        @{ answer = 'y'; there = $false }
        @{ answer = 'n'; there = $true }
        @{ answer = 'perhaps'; there = $true }
    ) {
        $file = [IO.Path]::Combine($TestDrive, 'confirm.txt')
        [IO.File]::WriteAllText($file, 'x')
        $text = "& { [CmdletBinding(SupportsShouldProcess)] param() if (`$PSCmdlet.ShouldProcess('it')) { [IO.File]::Delete('$file') } } -Confirm"
        $run = Start-TestHost '-Command', $text -InputText "$answer`nn`n"
        $run.Out | Should -Match 'Are you sure'
        [IO.File]::Exists($file) | Should -Be $there
    }
}

Describe 'Modules' {
    It 'a binary module is imported' {
        # The host's own assembly will do: it has cmdlets in it.
        $run = Start-TestHost '-Command', "Import-Module '$(Get-TestHostPath)'; (Get-Module NsgFlow.Host).ModuleType; (Get-Command -Module NsgFlow.Host Start-Sleep).CommandType"
        $run.Lines | Should -Be 'Binary', 'Cmdlet'
        $run.Err | Should -BeNullOrEmpty
    }
}

Describe 'Ctrl+C' -Skip:$noSignals {
    It 'stops the pipeline, lets finally run, and ends with 130' {
        $process = New-TestHostProcess '-Command', 'try { "ready"; while ($true) { Start-Sleep 1 } } finally { [Console]::Out.WriteLine("cleaned") }'
        try {
            $process.StandardOutput.ReadLine() | Should -Be 'ready'
            kill -INT $process.Id
            $process.WaitForExit(20000) | Should -BeTrue
            $process.StandardOutput.ReadToEnd() | Should -Match 'cleaned'
            $process.ExitCode | Should -Be 130
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }

    It 'pressed twice kills what cannot be stopped' {
        $process = New-TestHostProcess '-Command', '"ready"; [Threading.Thread]::Sleep(60000)'
        try {
            $process.StandardOutput.ReadLine() | Should -Be 'ready'
            kill -INT $process.Id
            $process.WaitForExit(1000) | Should -BeFalse
            kill -INT $process.Id
            $process.WaitForExit(10000) | Should -BeTrue
            $process.ExitCode | Should -Not -Be 0
        }
        finally {
            if (-not $process.HasExited) { $process.Kill() }
            $process.Dispose()
        }
    }
}

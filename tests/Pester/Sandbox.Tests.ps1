# The README's second tour, as a newcomer without an Azure account runs it: build.ps1 Sandbox in a process of its own, from a shell with no input.

BeforeDiscovery {
    $node = $null -ne $ExecutionContext.InvokeCommand.GetCommand('node', [System.Management.Automation.CommandTypes]::Application)
    # Elsewhere the operating system has to be told of the CA, which a test must not do.
    $linux = [System.Runtime.InteropServices.RuntimeInformation]::IsOSPlatform([System.Runtime.InteropServices.OSPlatform]::Linux)
    $unfit = -not ($node -and $linux)
}

Describe 'The sandbox (Linux with Node.js)' -Skip:$unfit {
    BeforeAll {
        $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
        $shell = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
        $start = [System.Diagnostics.ProcessStartInfo]::new($shell)
        $words = '-NoProfile', '-NonInteractive', '-File', [System.IO.Path]::Combine($root, 'build.ps1'), 'Sandbox'
        # Under dotnet the host is an argument of its own.
        if ([System.IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') {
            $words = @([System.IO.Path]::Combine([System.AppContext]::BaseDirectory, 'NsgFlow.Host.dll')) + $words
        }
        foreach ($word in $words) { $start.ArgumentList.Add($word) }
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $start.Environment['COLUMNS'] = '120'
        $process = [System.Diagnostics.Process]::Start($start)
        $out = $process.StandardOutput.ReadToEndAsync()
        $err = $process.StandardError.ReadToEndAsync()
        $process.StandardInput.Close()
        if (-not $process.WaitForExit(240000)) { $process.Kill($true) }
        $shown = $out.Result
        $errors = $err.Result
        $tour = [System.IO.File]::ReadAllLines([System.IO.Path]::Combine($root, 'tests', 'Sandbox', 'tour.txt')).Where({ $_ })
        # What a line of the tour showed.
        function Shown([string] $Line) {
            $at = $shown.IndexOf("PS> $Line", [System.StringComparison]::Ordinal)
            $at | Should -BeGreaterOrEqual 0 -Because "the tour shows '$Line'"
            $rest = $shown.Substring($at + $Line.Length + 4)
            $end = [regex]::Match($rest, '(?m)^(PS> |# )')
            if ($end.Success) { $rest.Substring(0, $end.Index) } else { $rest }
        }
    }

    It 'ends by itself when there is nobody at the prompt' {
        $process.HasExited | Should -BeTrue
        $process.ExitCode | Should -Be 0
    }

    It 'runs every line, and only the two fail that are meant to' {
        foreach ($line in $tour.Where({ -not $_.StartsWith('# ') })) { $null = Shown $line }
        $all = $shown + $errors
        [regex]::Matches($all, '(?m)^\w+-\w+: ').Count | Should -Be 2 -Because $all
        $all | Should -Match 'No flow log writes flows of AKS cluster ''prod-weu'''
        $all | Should -Match 'none can be created: since 2025-06-30'
    }

    It 'signs in as the managed identity and finds the old flow log' {
        Shown 'Get-NsgFlowContext' | Should -Match 'ManagedIdentity'
        Shown 'Get-NsgFlowLog' | Should -Match 'web-nsg-rg-net-flowlog .* 2027-09-30'
    }

    It 'follows what is denied, and gives each flow once' {
        [regex]::Matches((Shown $tour.Where({ $_ -match '-Wait' })[0]), ' DENY ').Count | Should -Be 3
        $runs = [regex]::Matches($shown, '(?ms)^PS> [^\r\n]*-Checkpoint [^\r\n]*(?<rows>.*?)(?=^PS> |^# )')
        $runs.Count | Should -Be 2
        $runs[0].Groups['rows'].Value | Should -Match '(?m)^\d+ +[\d,]+'
        $runs[1].Groups['rows'].Value | Should -Not -Match '(?m)^\d+ +[\d,]+'
    }

    It 'logs the virtual network and reads what was written' {
        Shown $tour.Where({ $_ -match '^Enable-.*-WhatIf$' })[0] | Should -Match 'What if: .*Create flow log: .*storage account stflows'
        Shown $tour.Where({ $_ -match '^Enable-.*-PassThru$' })[0] | Should -Match 'VNet +On +stflows +30 d 10 min'
        [regex]::Matches((Shown $tour.Where({ $_ -match 'Where Decision -eq D' })[0]), ' DENY ').Count | Should -Be 8
        Shown $tour.Where({ $_ -match '^Measure-' })[0] | Should -Match '(?m)^10\.224\.0\.\d+ '
    }

    It 'asks Log Analytics the same, and anything' {
        [regex]::Matches((Shown $tour.Where({ $_ -match '^Get-NsgTrafficAnalytics ' })[0]), ' (Malware|Botnet) ').Count | Should -Be 5
        Shown $tour.Where({ $_ -match '^Measure-NsgTraffic -Workspace ' })[0] | Should -Match '(?m)^10\.224\.0\.\d+ '
        $rows = Shown $tour.Where({ $_ -match '^Invoke-NsgTrafficQuery ' })[0]
        [regex]::Matches($rows, '(?m)^ *\d+ +\d+\r?$').Count | Should -Be 5 -Because $rows
    }

    It 'knows the network, finds nothing wrong, and plans the way out' {
        Shown $tour.Where({ $_ -match '^Resolve-' })[0] | Should -Match '10\.224\.0\.35 .*prod-weu/agentpool'
        $checks = Shown $tour.Where({ $_ -match '^Test-' })[0]
        $checks | Should -Match '(?m)^Pass +Data '
        $checks | Should -Not -Match '(?m)^Fail'
        Shown $tour.Where({ $_ -match '^Convert-' })[0] | Should -Match 'Create +Planned spoke-vnet/web'
    }
}

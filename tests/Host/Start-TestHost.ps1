# Runs the host as a process of its own, because what is tested is what a shell sees: streams, colours, exit codes.
# Dot-source it in BeforeAll.

function Get-TestHostPath {
    # Under the host itself: its own assembly. Under pwsh: the one that was built last.
    if ($Host.Name -eq 'NsgFlow.Host') { return [IO.Path]::Combine([AppContext]::BaseDirectory, 'NsgFlow.Host.dll') }
    $bin = [IO.Path]::GetFullPath([IO.Path]::Combine($PSScriptRoot, '../../out/artifacts/bin/Host'))
    $built = [IO.Directory]::GetFiles($bin, 'NsgFlow.Host.dll', 'AllDirectories')
    [Array]::Sort([long[]]@($built | ForEach-Object { [IO.File]::GetLastWriteTimeUtc($_).Ticks }), $built)
    $built[-1]
}

function New-TestHostProcess([string[]] $Arguments, [hashtable] $Environment = @{}, [string] $WorkingDirectory, [switch] $Terminal) {
    $start = [Diagnostics.ProcessStartInfo]::new()
    $start.RedirectStandardOutput = $start.RedirectStandardError = $start.RedirectStandardInput = $true
    if ($WorkingDirectory) { $start.WorkingDirectory = $WorkingDirectory }
    $words = @('dotnet', (Get-TestHostPath)) + @($Arguments | Where-Object { $_ })
    if ($Terminal) {
        # script(1) gives the host a terminal and hands on its exit code.
        $quoted = $words | ForEach-Object { "'" + $_.Replace("'", "'\''") + "'" }
        $words = 'script', '-qec', ($quoted -join ' '), '/dev/null'
    }
    $start.FileName = $words[0]
    foreach ($word in $words[1..($words.Count - 1)]) { $start.ArgumentList.Add($word) }
    # PSModulePath, since the stand-in steps back where a Pester is to be found.
    foreach ($name in 'NO_COLOR', 'COLUMNS', 'PSModulePath') { $null = $start.Environment.Remove($name) }
    $start.Environment['TERM'] = 'xterm'
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    [Diagnostics.Process]::Start($start)
}

function Start-TestHost([string[]] $Arguments, [hashtable] $Environment = @{}, [string] $WorkingDirectory, [string] $InputText = '', [switch] $Terminal) {
    $process = New-TestHostProcess $Arguments $Environment $WorkingDirectory -Terminal:$Terminal
    try {
        $out = $process.StandardOutput.ReadToEndAsync()
        $err = $process.StandardError.ReadToEndAsync()
        $process.StandardInput.Write($InputText)
        $process.StandardInput.Close()
        if (-not $process.WaitForExit(60000)) { $process.Kill($true); throw 'The host did not end within a minute.' }
        [pscustomobject]@{
            ExitCode = $process.ExitCode
            Out      = $out.Result.Replace("`r`n", "`n")
            Lines    = $out.Result.TrimEnd().Replace("`r`n", "`n").Split("`n")
            Err      = $err.Result.Replace("`r`n", "`n")
        }
    }
    finally { $process.Dispose() }
}

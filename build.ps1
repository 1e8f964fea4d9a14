<#
.SYNOPSIS
    Builds, shows, tests and packs NsgFlow.
.DESCRIPTION
    Runs under pwsh, under Windows PowerShell 5.1, and under the project's own host where neither is installed:
        dotnet run --project tools/Host -- build.ps1 Test
    That host has the engine only. So this script uses language constructs, .NET and native programs, and no cmdlet but the engine's own.
.PARAMETER Task
    Build    out/NsgFlow: the module exactly as it is installed.
    Demo     Build, then the main job on samples/.
    Sandbox  Build, then an Azure on this machine (simulator, Azurite, flow logs of the last hours), a tour, and a prompt.
    Test     Build, then every test; the last line is "N passed, N failed[, N skipped]", and above it stands what failed.
    Soak     Build, then about twenty minutes of growing flow logs, whose readers are killed hundreds of times; compares what they gave with what was written.
    Bench    The benchmarks of bench/.
    Docs     The help of docs/en-US, into out/NsgFlow/en-US.
    Package  Build, then out/package: a nupkg for a gallery and a flat zip for Azure Automation.
    Clean    Removes out/.
.PARAMETER Name
    Test: only the Pester files and test projects whose name is like this (wildcards).
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Demo', 'Sandbox', 'Test', 'Soak', 'Bench', 'Docs', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [string] $Name = '*'
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$out = [System.IO.Path]::Combine($root, 'out')
$module = [System.IO.Path]::Combine($out, 'NsgFlow')
# The host runs scripts with no console of their own; without these dotnet would ask the terminal about colours and send telemetry.
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

#region helpers

function Say([string] $Text) {
    $Host.UI.WriteLine($Text)
}

function JoinPath {
    [System.IO.Path]::Combine([string[]]$args)
}

# Runs a native program, shows what it prints, and fails when it does.
function Run([string] $Program, [string[]] $Arguments, [string] $In = $root) {
    $before = [Environment]::CurrentDirectory
    $location = $ExecutionContext.SessionState.Path.CurrentLocation
    try {
        $null = $ExecutionContext.SessionState.Path.SetLocation($In)
        & $Program @Arguments | Out-Default
        if ($LASTEXITCODE -ne 0) {
            throw "'$Program $($Arguments -join ' ')' failed with exit code $LASTEXITCODE."
        }
    }
    finally {
        $null = $ExecutionContext.SessionState.Path.SetLocation($location.Path)
        [Environment]::CurrentDirectory = $before
    }
}

function HasProgram([string] $Program) {
    $null -ne $ExecutionContext.InvokeCommand.GetCommand($Program, [System.Management.Automation.CommandTypes]::Application)
}

function RemoveFolder([string] $Path) {
    if ([System.IO.Directory]::Exists($Path)) {
        [System.IO.Directory]::Delete($Path, $true)
    }
}

function CopyFile([string] $From, [string] $ToFolder) {
    $null = [System.IO.Directory]::CreateDirectory($ToFolder)
    [System.IO.File]::Copy($From, [System.IO.Path]::Combine($ToFolder, [System.IO.Path]::GetFileName($From)), $true)
}

function Files([string] $Folder, [string] $Pattern) {
    if ([System.IO.Directory]::Exists($Folder)) {
        $found = [System.IO.Directory]::GetFiles($Folder, $Pattern)
        [Array]::Sort($found, [System.StringComparer]::Ordinal)
        $found
    }
}

function Version {
    $props = [xml][System.IO.File]::ReadAllText((JoinPath $root 'Directory.Build.props'))
    $props.SelectSingleNode('/Project/PropertyGroup/Version').InnerText
}

#endregion

#region Build

function Build {
    $project = JoinPath $root 'src' 'NsgFlow.PowerShell' 'NsgFlow.PowerShell.csproj'
    Run dotnet @('build', $project, '-c', 'Release', '-v', 'quiet', '-clp:NoSummary')

    # Laid out anew, but file by file: a session that has the module imported on Windows holds its DLLs.
    foreach ($framework in 'net8.0', 'net472') {
        $from = JoinPath $out 'artifacts' 'bin' 'NsgFlow.PowerShell' "release_$framework"
        $to = JoinPath $module 'bin' $framework
        RemoveFolder $to
        foreach ($file in Files $from '*.dll') {
            # The engine comes with the user's PowerShell.
            if ([System.IO.Path]::GetFileName($file) -ne 'System.Management.Automation.dll') {
                CopyFile $file $to
            }
        }
        # Our own symbols only: stack traces in bug reports need them, and they are small.
        foreach ($file in Files $from 'NsgFlow.*.pdb') {
            CopyFile $file $to
        }
        # Packages with another assembly for Windows; see ModuleLoadContext.
        foreach ($library in [System.IO.Directory]::GetDirectories($from, 'lib', [System.IO.SearchOption]::AllDirectories)) {
            if ([System.IO.Path]::GetFileName([System.IO.Path]::GetDirectoryName($library)) -eq 'win') {
                foreach ($file in [System.IO.Directory]::GetFiles($library, '*.dll', [System.IO.SearchOption]::AllDirectories)) {
                    CopyFile $file (JoinPath $to 'win')
                }
            }
        }
    }

    $source = JoinPath $root 'src' 'NsgFlow.PowerShell' 'Module'
    foreach ($file in 'NsgFlow.psm1', 'NsgFlow.Format.ps1xml', 'NsgFlow.Types.ps1xml') {
        CopyFile (JoinPath $source $file) $module
    }
    CopyFile (JoinPath $root 'NsgFlow.psd1') $module
    $license = JoinPath $root 'LICENSE'
    if ([System.IO.File]::Exists($license)) {
        CopyFile $license $module
    }
    Docs
    Say "Built $module"
}

# The help is made by tools/Help when that project is there, from docs/en-US.
function Docs {
    $project = JoinPath $root 'tools' 'Help'
    if ([System.IO.Directory]::Exists($project)) {
        Run dotnet @('run', '--project', $project, '--', (JoinPath $root 'docs' 'en-US'), (JoinPath $module 'en-US'))
    }
}

#endregion

#region Demo

# Shows a line of PowerShell as it would be typed, and what comes out, through the default view.
function Show([string] $Line) {
    Say ''
    Say "PS> $Line"
    & ([scriptblock]::Create($Line)) | Out-Default
}

function Demo {
    Microsoft.PowerShell.Core\Import-Module (JoinPath $module 'NsgFlow.psd1') -Force
    $before = $ExecutionContext.SessionState.Path.CurrentLocation.Path
    try {
        $null = $ExecutionContext.SessionState.Path.SetLocation((JoinPath $root 'samples'))
        foreach ($line in [System.IO.File]::ReadAllLines((JoinPath $root 'samples' 'demo.txt'))) {
            if ($line -and -not $line.StartsWith('#')) {
                Show $line
            }
        }
    }
    finally {
        $null = $ExecutionContext.SessionState.Path.SetLocation($before)
    }
}

#endregion

#region Sandbox

# A program whose output is read line by line, and whose input ends it.
function StartServer([string] $Program, [string[]] $Arguments) {
    $start = [System.Diagnostics.ProcessStartInfo]::new($Program)
    foreach ($argument in $Arguments) {
        $start.ArgumentList.Add($argument)
    }
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    [System.Diagnostics.Process]::Start($start)
}

# The shell is a process of its own, since it must be told of the CA when it starts. Without a terminal it ends after the tour.
function Sandbox {
    InstallTestTools
    if (-not (HasProgram node)) {
        throw 'The sandbox needs Node.js: its storage account is Azurite.'
    }
    $project = JoinPath $root 'tests' 'Sandbox'
    Run dotnet @('build', $project, '-v', 'quiet', '-clp:NoSummary')
    $server = StartServer dotnet @('run', '--no-build', '--project', $project, '--', (JoinPath $out 'sandbox'))
    try {
        $line = $server.StandardOutput.ReadLine()
        if (-not $line) {
            throw 'The sandbox did not start.'
        }
        foreach ($variable in [regex]::Matches($line, '"(?<name>\w+)":"(?<value>[^"]*)"')) {
            [Environment]::SetEnvironmentVariable($variable.Groups['name'].Value, $variable.Groups['value'].Value)
        }
        $shell = [System.Diagnostics.ProcessStartInfo]::new([System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName)
        $shell.UseShellExecute = $false
        foreach ($argument in @('-NoProfile') + $(if (-not [Console]::IsInputRedirected) { '-NoExit' }) + @('-File', (JoinPath $project 'Start.ps1'))) {
            $shell.ArgumentList.Add($argument)
        }
        [System.Diagnostics.Process]::Start($shell).WaitForExit()
    }
    finally {
        $server.StandardInput.Close()
        $null = $server.WaitForExit(10000)
    }
}

#endregion

#region Test

$script:total = @{ Passed = 0; Failed = 0; Skipped = 0 }
$script:failures = [System.Collections.Generic.List[string]]::new()

# Kept for the end: of a long log often only the end is left.
function AddFailure([string] $What, [string] $Text) {
    $line = ($Text -replace '\s+', ' ').Trim()
    if ($line.Length -gt 400) {
        $line = $line.Substring(0, 400) + '...'
    }
    $script:failures.Add("$($What): $line")
}

# A suite that ended without the results it writes.
function AddWithout([string] $What, [int] $ExitCode) {
    $why = "gave no results (exit code $ExitCode)."
    Say "$What $why"
    AddFailure $What $why
    Add $What 0 1 0
}

function Add([string] $What, [int] $Passed, [int] $Failed, [int] $Skipped) {
    $script:total.Passed += $Passed
    $script:total.Failed += $Failed
    $script:total.Skipped += $Skipped
    Say ('{0}: {1} ok, {2} not ok, {3} left out' -f $What, $Passed, $Failed, $Skipped)
}

# npm ci is for what tests start (Azurite, Microsoft's clients and KQL parser); a complete earlier install is kept.
function InstallTestTools {
    $folder = JoinPath $root 'tests'
    $lock = JoinPath $folder 'package-lock.json'
    $done = JoinPath $folder 'node_modules' '.package-lock.json'
    if (-not [System.IO.File]::Exists($lock)) {
        return
    }
    if ([System.IO.File]::Exists($done) -and [System.IO.File]::GetLastWriteTimeUtc($done) -ge [System.IO.File]::GetLastWriteTimeUtc($lock)) {
        return
    }
    if (HasProgram npm) {
        Run npm @('ci', '--no-audit', '--no-fund') -In $folder
    }
    else {
        Say "npm is not installed: the tests that need Azurite or Microsoft's packages say that they were skipped."
    }
}

function TestProject([string] $Project) {
    $what = [System.IO.Path]::GetFileNameWithoutExtension($Project)
    $results = JoinPath $out 'test' $what
    RemoveFolder $results
    & dotnet test $Project --nologo -v quiet --logger 'trx;LogFileName=results.trx' --results-directory $results | Out-Default
    $code = $LASTEXITCODE
    $trx = JoinPath $results 'results.trx'
    if (-not [System.IO.File]::Exists($trx)) {
        AddWithout $what $code
        return
    }
    $run = ([xml][System.IO.File]::ReadAllText($trx)).TestRun
    foreach ($test in $run.SelectNodes('//*[local-name() = "UnitTestResult"][@outcome = "Failed"]')) {
        AddFailure $what "$($test.GetAttribute('testName')): $($test.Output.ErrorInfo.Message)"
    }
    $counters = $run.ResultSummary.Counters
    $failed = [int]$counters.executed - [int]$counters.passed
    if ($code -ne 0 -and $failed -eq 0) {
        $failed = 1
        # A crash of the test process, after some tests had passed.
        AddFailure $what "exit code $code, though no test failed. $($run.ResultSummary.RunInfos.RunInfo.Text)"
    }
    Add $what ([int]$counters.passed) $failed ([int]$counters.total - [int]$counters.executed)
}

# Core's unit tests on .NET Framework's API, where Mono is installed; .ci/run installs it.
function TestMono([string] $Script) {
    $what = 'NsgFlow.Unit (net472 under Mono)'
    if (-not (HasProgram mono)) {
        Say "$($what): mono is not installed, so the tests of the .NET Framework build are left out."
        return
    }
    $results = JoinPath $out 'test' 'mono.xml'
    if ([System.IO.File]::Exists($results)) {
        [System.IO.File]::Delete($results)
    }
    & sh $Script -nologo -quiet -xml $results | Out-Default
    $code = $LASTEXITCODE
    if ($code -eq 77) {
        Say "$($what): mono is installed without what xunit needs of it, so the tests of the .NET Framework build are left out."
        return
    }
    if (-not [System.IO.File]::Exists($results)) {
        AddWithout $what $code
        return
    }
    $counts = ([xml][System.IO.File]::ReadAllText($results)).assemblies.assembly
    foreach ($test in $counts.SelectNodes('.//test[@result = "Fail"] | errors/error')) {
        AddFailure $what "$($test.GetAttribute('name')): $($test.SelectSingleNode('failure/message').InnerText)"
    }
    # By attribute: there is an element named errors, too.
    $failed = [int]$counts.GetAttribute('failed') + [int]$counts.GetAttribute('errors')
    if ($code -ne 0 -and $failed -eq 0) {
        $failed = 1
        AddFailure $what "exit code $code, though no test failed."
    }
    Add $what ([int]$counts.GetAttribute('passed')) $failed ([int]$counts.GetAttribute('skipped'))
}

# Each file in a process of its own: an imported binary module stays loaded until the process ends.
function TestPester([string] $File) {
    $what = [System.IO.Path]::GetFileName($File)
    $counts = JoinPath $out 'test' ($what + '.counts')
    if ([System.IO.File]::Exists($counts)) {
        [System.IO.File]::Delete($counts)
    }
    $shell = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    # The project's host may have been started as "dotnet NsgFlow.Host.dll", too.
    $library = @(if ($Host.Name -eq 'NsgFlow.Host' -and [System.IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') { [Environment]::GetCommandLineArgs()[0] })
    & $shell @library -NoProfile -NonInteractive -File (JoinPath $root 'tests' 'Pester' 'run.ps1') -Path $File -Counts $counts | Out-Default
    $code = $LASTEXITCODE
    if (-not [System.IO.File]::Exists($counts)) {
        AddWithout $what $code
        return
    }
    $first, $failed = [System.IO.File]::ReadAllLines($counts)
    foreach ($line in $failed) {
        AddFailure $what $line
    }
    $numbers = [int[]]$first.Split(' ')
    if ($numbers[0] + $numbers[1] + $numbers[2] -eq 0) {
        Say "$what ran no test."
        AddFailure $what 'ran no test.'
        $numbers[1] = 1
    }
    Add $what $numbers[0] $numbers[1] $numbers[2]
}

function Test {
    $null = [System.IO.Directory]::CreateDirectory((JoinPath $out 'test'))
    InstallTestTools
    foreach ($project in [System.IO.Directory]::GetFiles((JoinPath $root 'tests'), '*.csproj', [System.IO.SearchOption]::AllDirectories)) {
        $isTest = [System.IO.File]::ReadAllText($project).Contains('Microsoft.NET.Test.Sdk')
        if ($isTest -and [System.IO.Path]::GetFileNameWithoutExtension($project) -like $Name) {
            TestProject $project
        }
    }
    $mono = JoinPath $root 'tests' 'Unit.Framework' 'run.sh'
    if ([System.IO.File]::Exists($mono) -and 'NsgFlow.Unit.Framework' -like $Name) {
        TestMono $mono
    }
    foreach ($folder in 'Pester', 'Host') {
        foreach ($file in Files (JoinPath $root 'tests' $folder) '*.Tests.ps1') {
            if ([System.IO.Path]::GetFileName($file) -like $Name) {
                TestPester $file
            }
        }
    }
    foreach ($failure in $script:failures) {
        Say "Failed: $failure"
    }
    $line = '{0} passed, {1} failed' -f $script:total.Passed, $script:total.Failed
    if ($script:total.Skipped -gt 0) {
        $line += ', {0} skipped' -f $script:total.Skipped
    }
    Say $line
    if ($script:total.Failed -gt 0 -or $script:total.Passed -eq 0) {
        exit 1
    }
}

#endregion

#region Soak, Bench, Package, Clean

function Soak {
    InstallTestTools
    Run dotnet @('run', '--project', (JoinPath $root 'tests' 'Soak'), '--', 'long')
}

function Bench {
    Run dotnet @('run', '-c', 'Release', '--project', (JoinPath $root 'bench' 'NsgFlow.Bench'), '--', 'all')
}

# Azure Automation wants a zip with the module's files at its top, paths of at most 140 characters, and at most 100 MB.
function AddToZip([string] $Zip, [string] $Folder, [hashtable] $More) {
    $null = [System.Reflection.Assembly]::Load('System.IO.Compression, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089')
    if ([System.IO.File]::Exists($Zip)) {
        [System.IO.File]::Delete($Zip)
    }
    $stream = [System.IO.File]::Create($Zip)
    $archive = [System.IO.Compression.ZipArchive]::new($stream, [System.IO.Compression.ZipArchiveMode]::Create)
    try {
        $contents = @{}
        foreach ($file in [System.IO.Directory]::GetFiles($Folder, '*', [System.IO.SearchOption]::AllDirectories)) {
            $path = $file.Substring($Folder.Length + 1).Replace('\', '/')
            if ($path.Length -gt 140) {
                throw "'$path' is longer than the 140 characters that Azure Automation takes."
            }
            $contents[$path] = [System.IO.File]::ReadAllBytes($file)
        }
        foreach ($path in $More.Keys) {
            $contents[$path] = [System.Text.UTF8Encoding]::new($false).GetBytes($More[$path])
        }
        $paths = [string[]]$contents.Keys
        [Array]::Sort($paths, [System.StringComparer]::Ordinal)
        foreach ($path in $paths) {
            $entry = $archive.CreateEntry($path, [System.IO.Compression.CompressionLevel]::Optimal)
            $entryStream = $entry.Open()
            $entryStream.Write($contents[$path], 0, $contents[$path].Length)
            $entryStream.Dispose()
        }
    }
    finally {
        $archive.Dispose()
        $stream.Dispose()
    }
    $size = [System.IO.FileInfo]::new($Zip).Length
    Say ('{0}: {1:N1} MB' -f $Zip, ($size / 1MB))
    if ($size -gt 100MB) {
        throw "'$Zip' is larger than the 100 MB that Azure Automation takes."
    }
}

function Package {
    $version = Version
    $folder = JoinPath $out 'package'
    $null = [System.IO.Directory]::CreateDirectory($folder)
    AddToZip (JoinPath $folder 'NsgFlow.zip') $module @{}

    $nuspec = @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>NsgFlow</id>
    <version>$version</version>
    <authors>NsgFlow contributors</authors>
    <license type="expression">MIT</license>
    <description>Turns Azure network flow logs (NSG and virtual network) into objects, answers and decisions.</description>
    <tags>PSModule PSEdition_Desktop PSEdition_Core Windows Linux MacOS Azure NSG FlowLog NetworkWatcher</tags>
  </metadata>
</package>
"@
    $types = '<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    $seen = @{}
    foreach ($file in [System.IO.Directory]::GetFiles($module, '*', [System.IO.SearchOption]::AllDirectories) + @('x.nuspec', 'x.rels')) {
        $extension = [System.IO.Path]::GetExtension($file).TrimStart('.')
        if ($extension -and -not $seen.ContainsKey($extension)) {
            $seen[$extension] = $true
            $type = if ($extension -eq 'rels') { 'application/vnd.openxmlformats-package.relationships+xml' } else { 'application/octet' }
            $types += "<Default Extension=""$extension"" ContentType=""$type"" />"
        }
        elseif (-not $extension) {
            $types += "<Override PartName=""/$([System.IO.Path]::GetFileName($file))"" ContentType=""application/octet"" />"
        }
    }
    $types += '</Types>'
    $rels = '<?xml version="1.0" encoding="utf-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
        '<Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/NsgFlow.nuspec" Id="R1" /></Relationships>'
    AddToZip (JoinPath $folder "NsgFlow.$version.nupkg") $module @{
        'NsgFlow.nuspec' = $nuspec; '[Content_Types].xml' = $types; '_rels/.rels' = $rels
    }
}

function Clean {
    RemoveFolder $out
    Say "Removed $out"
}

#endregion

switch ($Task) {
    'Build' { Build }
    'Demo' { Build; Demo }
    'Sandbox' { Build; Sandbox }
    'Test' { Build; Test }
    'Soak' { Build; Soak }
    'Bench' { Build; Bench }
    'Docs' { Docs }
    'Package' { Build; Package }
    'Clean' { Clean }
}

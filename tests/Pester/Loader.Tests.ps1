# How the module loads on PowerShell 7. Each case has a process of its own, since nothing that is loaded goes away again.

BeforeDiscovery {
    # Writes assemblies to disk, for decoys; .NET 9 and later have it.
    $noDecoys = $null -eq ('System.Reflection.Emit.PersistedAssemblyBuilder' -as [type])
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $manifest = [System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1')
    $shell = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName

    # Runs text in a new shell and gives its lines.
    function InNewProcess([string] $Text) {
        $file = [System.IO.Path]::Combine("$TestDrive", [guid]::NewGuid().ToString('N') + '.ps1')
        [System.IO.File]::WriteAllText($file, "`$manifest = '$manifest'`n" + $Text)
        @(& $shell -NoProfile -NonInteractive -File $file 2>&1).ForEach{ "$_" }
    }

    # Name, version and load context of what is loaded.
    $loaded = @'
function Loaded([string] $Like) {
    foreach ($assembly in [System.AppDomain]::CurrentDomain.GetAssemblies()) {
        $name = $assembly.GetName()
        if ($name.Name -like $Like) { "$($name.Name) $($name.Version) $([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name)" }
    }
}
'@

    # Lets Azure.Storage.Blobs refuse a connection string: no network, no waiting.
    $useStorage = @'
$failed = @(try { Get-NsgFlowBlob -ConnectionString 'nonsense' } catch { $_ })
'@

    # Another version of Azure.Core, as another module would bring it: one made here, of the same name.
    function Decoy([string] $Version) {
        $folder = [System.IO.Path]::Combine("$TestDrive", "decoy-$Version")
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $path = [System.IO.Path]::Combine($folder, 'Azure.Core.dll')
        $name = [System.Reflection.AssemblyName]::new("Azure.Core, Version=$Version, Culture=neutral, PublicKeyToken=92742159e12e44c8")
        $builder = [System.Reflection.Emit.PersistedAssemblyBuilder]::new($name, [object].Assembly)
        $module = $builder.DefineDynamicModule('Azure.Core')
        $null = $module.DefineType('Azure.Core.Decoy', 'Public').CreateType()
        $builder.Save($path)
        $path
    }
}

Describe 'The least version of PowerShell' {
    BeforeAll {
        $file = [System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psm1')
        $tree = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
        $check = $tree.Find({ $args[0] -is [System.Management.Automation.Language.IfStatementAst] }, $false).Extent.Text
        # $PSVersionTable is constant, so the check is asked about another variable.
        $check = [scriptblock]::Create('param($Fake) $onCore = $Fake.PSEdition -eq ''Core''; ' + $check.Replace('$PSVersionTable', '$Fake'))
    }

    It 'refuses PowerShell <_> in one sentence' -ForEach '6.2.7', '7.0.13', '7.3.12' {
        $version = [version] $_
        { & $check @{ PSEdition = 'Core'; PSVersion = $version } } |
            Should -Throw "NsgFlow needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell $_."
    }

    It 'takes <Edition> <Version>' -ForEach @(
        @{ Edition = 'Core'; Version = '7.4.0' }
        @{ Edition = 'Core'; Version = '7.10.1' }
        @{ Edition = 'Core'; Version = '8.0.0' }
        @{ Edition = 'Desktop'; Version = '5.1.22621.1' }
    ) {
        & $check @{ PSEdition = $Edition; PSVersion = [version] $Version } | Should -BeNullOrEmpty
    }
}

Describe 'Import' {
    It 'loads nothing of Azure, and NsgFlow.Core alone into the default context' {
        $lines = InNewProcess ($loaded + @'

Import-Module $manifest
Loaded 'Azure.*'
Loaded 'Microsoft.Identity*'
Loaded 'NsgFlow.[ACP]*'
'@)
        $lines.Count | Should -Be 2
        $lines | Should -Contain 'NsgFlow.Core 0.1.0.0 Default'
        $lines | Should -Contain 'NsgFlow.PowerShell 0.1.0.0 NsgFlow'
    }

    It 'still loads nothing of Azure when files are read, nor to forget a sign-in that is not there' {
        $lines = InNewProcess ($loaded + @'

Import-Module $manifest
$null = '1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,' | ConvertFrom-NsgFlowJson -Version 2
$null = Get-NsgFlowRecord -Path $PSScriptRoot -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
Disconnect-NsgFlow
Loaded 'Azure.*'
Loaded 'NsgFlow.Azure'
'done'
'@)
        $lines -join ' ' | Should -Be 'done'
    }

    It 'loads Azure''s packages into its own context when storage is used' {
        $lines = InNewProcess ($loaded + "`nImport-Module `$manifest`n" + $useStorage + @'

"error $($failed[0].FullyQualifiedErrorId)"
Loaded 'Azure.*'
'@)
        $lines[0] | Should -BeLike 'error InvalidStorageCredential,NsgFlow.PowerShell.Commands.GetNsgFlowBlobCommand'
        $azure = $lines.Where{ $_ -like 'Azure.*' }
        $azure.Count | Should -BeGreaterThan 1
        $azure.Where{ $_ -notlike '* NsgFlow' } | Should -BeNullOrEmpty
    }

    It 'resolves type literals' {
        InNewProcess 'Import-Module $manifest; [NsgFlow.FlowRecord].FullName; [NsgFlow.FlowDecision]::Deny' | Should -Be @('NsgFlow.FlowRecord', 'Deny')
    }

    It 'gives all cmdlets again with -Force, twice, and after Remove-Module' {
        $lines = InNewProcess @'
Import-Module $manifest
foreach ($i in 1, 2) { Import-Module $manifest -Force; "$((Get-Module NsgFlow).ExportedCmdlets.Count) $((Get-Command -Module NsgFlow).Count)" }
Remove-Module NsgFlow
"$($null -eq (Get-Command Get-NsgFlowRecord -ErrorAction Ignore))"
Import-Module $manifest
"$((Get-Module NsgFlow).ExportedCmdlets.Count)"
('1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,' | ConvertFrom-NsgFlowJson -Version 2).DestPort
'@
        $count = (Get-Module -ListAvailable $manifest).ExportedCmdlets.Count
        $lines | Should -Be @("$count $count", "$count $count", 'True', "$count", '443')
    }

    It 'works in several runspaces at once' {
        $lines = InNewProcess @'
$shells = foreach ($i in 1..6) {
    $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
    $null = $shell.AddScript('param($manifest) $ErrorActionPreference = "Stop"; Import-Module $manifest; ("1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,," | ConvertFrom-NsgFlowJson -Version 2).DestPort').AddArgument($manifest)
    @{ Shell = $shell; Result = $shell.BeginInvoke() }
}
foreach ($one in $shells) { $one.Shell.EndInvoke($one.Result); $one.Shell.Dispose() }
'@
        $lines | Should -Be @('443', '443', '443', '443', '443', '443')
    }

    It 'works from a second copy of the same build' {
        $lines = InNewProcess @'
Import-Module $manifest
$copy = [System.IO.Path]::Combine($PSScriptRoot, 'copy')
foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::GetDirectoryName($manifest), '*', 'AllDirectories')) {
    $to = $file.Replace([System.IO.Path]::GetDirectoryName($manifest), $copy)
    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($to))
    [System.IO.File]::Copy($file, $to)
}
Remove-Module NsgFlow
Import-Module ([System.IO.Path]::Combine($copy, 'NsgFlow.psd1'))
(Get-Module NsgFlow).ModuleBase -eq $copy
('1542110424,10.5.16.4,13.67.143.118,59831,443,T,O,A,B,,,,' | ConvertFrom-NsgFlowJson -Version 2).DestPort
'@
        $lines | Should -Be @('True', '443')
    }

    It 'refuses when another version is loaded, and says what to do' -Skip:$noDecoys {
        # An NsgFlow.Core of another version, with nothing in it.
        $folder = [System.IO.Path]::Combine("$TestDrive", 'other')
        $null = [System.IO.Directory]::CreateDirectory($folder)
        $path = [System.IO.Path]::Combine($folder, 'NsgFlow.Core.dll')
        $builder = [System.Reflection.Emit.PersistedAssemblyBuilder]::new([System.Reflection.AssemblyName]::new('NsgFlow.Core, Version=9.9.9.9'), [object].Assembly)
        $null = $builder.DefineDynamicModule('NsgFlow.Core').DefineType('NsgFlow.Other', 'Public').CreateType()
        $builder.Save($path)
        $lines = InNewProcess @"
`$null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath('$path')
try { Import-Module `$manifest } catch { "`$_" }
"@
        $lines -join ' ' | Should -BeLike '*Another version of NsgFlow is loaded*Start a new PowerShell session*'
    }
}

Describe 'Beside another Azure.Core' -Skip:$noDecoys {
    It 'version <Version>, loaded before' -ForEach @{ Version = '1.0.0.0' }, @{ Version = '99.0.0.0' } {
        $decoy = Decoy $Version
        $lines = InNewProcess ($loaded + "`n`$null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath('$decoy')`nImport-Module `$manifest`n" + $useStorage + @'

"error $($failed[0].FullyQualifiedErrorId)"
Loaded 'Azure.Core'
[Azure.Core.Decoy].FullName
'@)
        $lines[0] | Should -BeLike 'error InvalidStorageCredential,*'
        $lines | Should -Contain "Azure.Core $Version Default"
        $lines.Where{ $_ -like 'Azure.Core * NsgFlow' }.Count | Should -Be 1
        $lines | Should -Contain 'Azure.Core.Decoy'
    }

    It 'version 99.0.0.0, loaded after' {
        $decoy = Decoy '99.0.0.0'
        $lines = InNewProcess ($loaded + "`nImport-Module `$manifest`n" + $useStorage + "`n`$null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath('$decoy')`n" + $useStorage + @'

"error $($failed[0].FullyQualifiedErrorId)"
Loaded 'Azure.Core'
'@)
        $lines[0] | Should -BeLike 'error InvalidStorageCredential,*'
        $lines | Should -Contain 'Azure.Core 99.0.0.0 Default'
        $lines.Where{ $_ -like 'Azure.Core * NsgFlow' }.Count | Should -Be 1
    }
}

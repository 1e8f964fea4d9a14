# Loads NsgFlow so that its Azure packages never meet those of another module. Language constructs and .NET calls only: a module
# loader that needs other modules' cmdlets is slow, and fails in constrained hosts.
#
# PowerShell 7: NsgFlow.Core.dll goes into the default load context (its types can be named in scripts), everything else into a
# context of its own (see NsgFlow.Loading.ModuleLoadContext). Windows PowerShell 5.1 has no load contexts: there a resolver answers
# for our folder only. What can be done in C# is done there, since this file runs uncompiled at every import.

$onCore = $PSVersionTable.PSEdition -eq 'Core'
# The manifest has one least version for both editions: 5.1.
if ($onCore -and ($PSVersionTable.PSVersion.Major -lt 7 -or ($PSVersionTable.PSVersion.Major -eq 7 -and $PSVersionTable.PSVersion.Minor -lt 4))) {
    throw "NsgFlow needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is PowerShell $($PSVersionTable.PSVersion)."
}
$corePath = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $(if ($onCore) { 'net8.0' } else { 'net472' }), 'NsgFlow.Core.dll')
if (-not [System.IO.File]::Exists($corePath)) {
    throw "NsgFlow is incomplete: '$corePath' is missing. Install the module again (from a checkout: build.ps1 Build, then import out/NsgFlow)."
}

$core = $null
try {
    # Gives the one that is loaded already if that came from the same path.
    $core = if ($onCore) { [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($corePath) } else { [System.Reflection.Assembly]::LoadFrom($corePath) }
}
catch [System.IO.FileLoadException] {
    # One from another path is loaded, and stays until the process ends. That is fine when it is the same build.
    foreach ($assembly in [System.AppDomain]::CurrentDomain.GetAssemblies()) {
        if ($assembly.GetName().Name -eq 'NsgFlow.Core') {
            $core = $assembly
        }
    }
    if ($null -eq $core) {
        throw
    }
}

$loading = $core.GetType($(if ($onCore) { 'NsgFlow.Loading.ModuleLoadContext' } else { 'NsgFlow.Loading.FolderAssemblyResolver' }))
if ($null -eq $loading -or $null -eq $loading.GetMethod('LoadCmdlets')) {
    throw "Another version of NsgFlow is loaded in this session, from '$($core.Location)'. Start a new PowerShell session to use this one."
}

$isReload = $loading::IsLoaded
$cmdlets = $loading::LoadCmdlets($corePath)
if (-not $onCore) {
    $ExecutionContext.SessionState.Module.OnRemove = { $loading::Unregister() }.GetNewClosure()
}

$inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru
if ($isReload) {
    # A second import of an assembly finds it in the engine's cache and forgets to hand its cmdlets to the importing module
    # (https://github.com/PowerShell/PowerShell/issues/20710). There is no public way to do that, hence the reflection.
    $self = $ExecutionContext.SessionState.Module
    $add = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
        if (-not $self.ExportedCmdlets.ContainsKey($cmdlet.Name)) {
            $null = $add.Invoke($self, @(, $cmdlet))
        }
    }
}

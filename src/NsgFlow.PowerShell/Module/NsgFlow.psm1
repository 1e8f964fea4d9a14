# Loads NsgFlow so that its Azure packages never meet those of another module. Language constructs and .NET calls only: a module
# loader that needs other modules' cmdlets is slow, and fails in constrained hosts.
#
# PowerShell 7: NsgFlow.Core.dll goes into the default load context (its types can be named in scripts), everything else into a
# context of its own (see NsgFlow.Loading.ModuleLoadContext). Windows PowerShell 5.1 has no load contexts: there a resolver answers
# for our folder only.

$onCore = $PSVersionTable.PSEdition -eq 'Core'
$framework = if ($onCore) { 'net8.0' } else { 'net472' }
$folder = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $framework)
$corePath = [System.IO.Path]::Combine($folder, 'NsgFlow.Core.dll')
if (-not [System.IO.File]::Exists($corePath)) {
    throw "NsgFlow is incomplete: '$corePath' is missing. Install the module again (from a checkout: build.ps1 Build, then import out/NsgFlow)."
}

# An assembly stays loaded until the process ends, also after Remove-Module. So a second version cannot take its place.
$ours = [System.Diagnostics.FileVersionInfo]::GetVersionInfo($corePath).ProductVersion
$candidates = if ($onCore) { [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies } else { [System.AppDomain]::CurrentDomain.GetAssemblies() }
$core = $null
foreach ($assembly in $candidates) {
    if ($assembly.GetName().Name -eq 'NsgFlow.Core') {
        $core = $assembly
        break
    }
}

if ($null -ne $core) {
    $theirs = [System.Reflection.CustomAttributeExtensions]::GetCustomAttribute($core, [System.Reflection.AssemblyInformationalVersionAttribute]).InformationalVersion
    if ($theirs -ne $ours) {
        throw "Another version of NsgFlow is loaded in this session: $theirs from '$($core.Location)', not $ours from '$corePath'. Start a new PowerShell session to use this one."
    }
}
elseif ($onCore) {
    $core = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($corePath)
}
else {
    $core = [System.Reflection.Assembly]::LoadFrom($corePath)
}

if ($onCore) {
    $cmdlets = $core.GetType('NsgFlow.Loading.ModuleLoadContext', $true)::LoadCmdlets()
    $inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru
}
else {
    $resolver = $core.GetType('NsgFlow.Loading.FolderAssemblyResolver', $true)
    $resolver::Register()
    $ExecutionContext.SessionState.Module.OnRemove = { $resolver::Unregister() }.GetNewClosure()
    $cmdlets = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($core.Location), 'NsgFlow.PowerShell.dll'))
    $inner = Microsoft.PowerShell.Core\Import-Module -Assembly $cmdlets -PassThru
}

# A second import of an assembly finds it in the engine's cache and forgets to hand its cmdlets to the importing module
# (https://github.com/PowerShell/PowerShell/issues/20710). There is no public way to do that, hence the reflection.
$self = $ExecutionContext.SessionState.Module
if ($self.ExportedCmdlets.Count -eq 0 -or $self.NestedModules.Count -eq 0) {
    $add = [System.Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $inner.ExportedCmdlets.Values) {
        if (-not $self.ExportedCmdlets.ContainsKey($cmdlet.Name)) {
            $null = $add.Invoke($self, @(, $cmdlet))
        }
    }
}

# A session that imports the module, or does nothing but what else this script does, and names the Azure assemblies it then holds.
param([string] $Module)

$ErrorActionPreference = 'Stop'
if ($Module) {
    Microsoft.PowerShell.Core\Import-Module $Module
}
foreach ($context in [System.Runtime.Loader.AssemblyLoadContext]::All) {
    foreach ($assembly in $context.Assemblies) {
        $name = $assembly.GetName().Name
        if ($name -like 'Azure.*' -or $name -like 'Microsoft.Identity*') {
            "azure $name"
        }
    }
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1'))
    function Lines($shown) { ($shown -join "`n").Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ } }
}

Describe 'Get-NsgInventory' {
    # Azure is not asked in these: what can be wrong with the file is seen before.
    It 'does not replace a file unless told so' {
        $file = [System.IO.Path]::Combine("$TestDrive", 'old.json')
        [System.IO.File]::WriteAllText($file, 'old')
        { Get-NsgInventory -Path $file } | Should -Throw -ErrorId 'InventoryExists,NsgFlow.PowerShell.Commands.GetNsgInventoryCommand'
        [System.IO.File]::ReadAllText($file) | Should -Be 'old'
    }

    It 'says that there is no place for the file' {
        { Get-NsgInventory -Path $TestDrive } | Should -Throw -ErrorId 'InventoryWriteFailed,NsgFlow.PowerShell.Commands.GetNsgInventoryCommand'
        { Get-NsgInventory -Path ([System.IO.Path]::Combine("$TestDrive", 'none', 'x.json')) } | Should -Throw -ErrorId 'InventoryWriteFailed,NsgFlow.PowerShell.Commands.GetNsgInventoryCommand'
        { Get-NsgInventory -Path Env:\x.json } | Should -Throw -ErrorId 'PathNotFileSystem,NsgFlow.PowerShell.Commands.GetNsgInventoryCommand'
    }

    It 'has lists of which one element can be taken' {
        $inventory = [NsgFlow.Network.NetworkInventory]::Parse('{ "networkInterfaces": [ { "name": "n1", "addresses": [ "10.0.0.4", "10.0.0.5" ] }, { "name": "n2" } ] }')
        @($inventory.NetworkInterfaces[0].Name) -join ' ' | Should -Be 'n1'
        @($inventory.NetworkInterfaces[-1].Name) -join ' ' | Should -Be 'n2'
        $inventory.NetworkInterfaces[0].Addresses[1] | Should -Be '10.0.0.5'
    }

    It 'shows an inventory by its numbers and first names' {
        $inventory = [NsgFlow.Network.NetworkInventory]::Parse('{ "time": "2026-11-23T09:00:00Z",
            "virtualNetworks": [ { "name": "hub", "location": "westeurope", "subnets": [ { "name": "a" } ] }, { "name": "spoke" } ],
            "nsgs": [ { "name": "n1" }, { "name": "n2" }, { "name": "n3" }, { "name": "n4" }, { "name": "n5" }, { "name": "n6" } ],
            "aksClusters": [ { "name": "prod", "nodePools": [ { "name": "p", "count": 3 } ] } ] }')
        $lines = Lines ($inventory | Out-String -Width 120)
        $lines[0] | Should -Be 'Time              : 2026-11-23 09:00:00Z'
        $lines -contains 'VirtualNetworks   : 2  hub (1 subnet), spoke (0 subnets)' | Should -BeTrue
        $lines -contains 'Nsgs              : 6  n1, n2, n3, n4, n5, …' | Should -BeTrue
        $lines -contains 'AksClusters       : 1  prod (3 nodes)' | Should -BeTrue
        $lines -contains 'LoadBalancers     : 0' | Should -BeTrue
        $lines -contains 'Locations         : 1  westeurope' | Should -BeTrue
    }
}

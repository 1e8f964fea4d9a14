BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1'))

    $json = '{
      "time": "2026-11-23T09:00:00Z",
      "virtualNetworks": [ { "id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/hub", "name": "hub", "location": "westeurope",
        "addressPrefixes": [ "10.1.0.0/16" ], "subnets": [ { "name": "web", "addressPrefixes": [ "10.1.1.0/24" ] } ] } ],
      "networkInterfaces": [ { "name": "vm1-nic", "macAddress": "00-0D-3A-F8-80-1A", "addresses": [ "10.1.1.4", "10.1.1.5" ], "virtualMachine": "vm1" } ],
      "loadBalancers": [ { "name": "lb", "frontends": [ { "addresses": [ "10.1.1.100" ] } ] } ],
      "aksClusters": [ { "name": "prod", "podRanges": [ "10.244.0.0/16" ], "serviceRanges": [ "10.96.0.0/12" ] } ],
      "sites": [ { "name": "Berlin", "addressPrefixes": [ "192.168.0.0/16" ] } ] }'
    $file = [System.IO.Path]::Combine("$TestDrive", 'network.json')
    [System.IO.File]::WriteAllText($file, $json)
    $tags = [System.IO.Path]::Combine("$TestDrive", 'tags.json')
    [System.IO.File]::WriteAllText($tags, '{ "values": [ { "name": "AzureCloud", "properties": { "addressPrefixes": [ "20.0.0.0/8" ] } },
        { "name": "Storage.WestEurope", "properties": { "region": "westeurope", "addressPrefixes": [ "20.60.0.0/20" ] } } ] }')
    $bad = [System.IO.Path]::Combine("$TestDrive", 'bad.txt')
    [System.IO.File]::WriteAllText($bad, "203.0.113.7`n")
    function Lines($shown) { ($shown -join "`n").Split("`n").ForEach{ $_.TrimEnd() }.Where{ $_ } }
}

Describe 'Resolve-NsgAddress' {
    It 'says what an address of a machine is' {
        $info = Resolve-NsgAddress 10.1.1.4 -Inventory $file
        $info -is [NsgFlow.AddressInfo] | Should -BeTrue
        $info.IPAddress | Should -Be '10.1.1.4'
        $info.Kind | Should -Be 'VirtualNetwork'
        "$($info.VirtualNetwork) $($info.Subnet) $($info.NetworkInterface) $($info.VirtualMachine)" | Should -Be 'hub web vm1-nic vm1'
        $info.MacAddress | Should -Be '000D3AF8801A'
        $info.Location | Should -Be 'westeurope'
        $null -eq $info.AksCluster | Should -BeTrue
    }

    It 'knows load balancers, pods, services and sites' {
        $infos = @('10.1.1.100', '10.244.3.3', '10.96.0.1', '192.168.1.1' | Resolve-NsgAddress -Inventory $file)
        "$($infos.Kind)" | Should -Be 'VirtualNetwork Private Private OnPremises'
        $infos[0].LoadBalancer | Should -Be 'lb'
        "$($infos[1].AksCluster) $($infos[1].AksRange)" | Should -Be 'prod Pod'
        $infos[2].AksRange | Should -Be 'Service'
        $infos[3].Site | Should -Be 'Berlin'
    }

    It 'asks lists about public addresses' {
        $infos = @(Resolve-NsgAddress 20.60.0.4, 203.0.113.7, 8.8.8.8 -ServiceTag $tags -ThreatList $bad)
        "$($infos.Kind)" | Should -Be 'Azure Malicious External'
        "$($infos[0].ServiceTag) $($infos[0].Location)" | Should -Be 'Storage.WestEurope westeurope'
        $infos[1].ThreatList | Should -Be 'bad.txt'
    }

    It 'answers a MAC with the addresses of its network interface' {
        foreach ($mac in '00-0D-3A-F8-80-1A', '000d3af8801a', '00:0d:3a:f8:80:1a') {
            "$((Resolve-NsgAddress $mac -Inventory $file).IPAddress)" | Should -Be '10.1.1.4 10.1.1.5'
        }

        $unknown = Resolve-NsgAddress 000000000001 -Inventory $file
        $unknown.MacAddress | Should -Be '000000000001'
        $null -eq $unknown.IPAddress | Should -BeTrue
        $null -eq $unknown.Kind | Should -BeTrue
    }

    It 'takes text, addresses, flow records and objects with a property' {
        (([ipaddress]'10.1.1.4') | Resolve-NsgAddress -Inventory $file).VirtualMachine | Should -Be 'vm1'
        $records = @('1542110400,10.1.1.4,192.168.1.1,44931,443,T,O,A,B,,,,', '1542110401,10.1.1.4,192.168.1.2,44932,443,T,O,A,B,,,,' | ConvertFrom-NsgFlowJson -Version 2)
        "$(($records | Resolve-NsgAddress -Inventory $file).IPAddress)" | Should -Be '10.1.1.4 192.168.1.1 192.168.1.2'
        "$((Resolve-NsgAddress $records -Inventory $file).IPAddress)" | Should -Be '10.1.1.4 192.168.1.1 192.168.1.2'
        ([pscustomobject]@{ PrivateIpAddress = '10.1.1.5' } | Resolve-NsgAddress -Inventory $file).VirtualMachine | Should -Be 'vm1'
        # Text that comes twice was asked twice.
        @('10.1.1.4', ' 10.1.1.4 ' | Resolve-NsgAddress -Inventory $file).Count | Should -Be 2
    }

    It 'takes the inventory as an object, too' {
        $inventory = [NsgFlow.Network.NetworkInventory]::Parse($json)
        (Resolve-NsgAddress 10.1.1.4 -Inventory $inventory).VirtualMachine | Should -Be 'vm1'
        (Resolve-NsgAddress 10.1.1.4 -Inventory @{ sites = @{ name = 'Home'; addressPrefixes = '10.0.0.0/8' } }).Site | Should -Be 'Home'
    }

    It 'reports what is no address, and goes on' {
        $found = @('10.0.0.0/8', '10.1.1.4', 'vm1' | Resolve-NsgAddress -Inventory $file -ErrorAction SilentlyContinue -ErrorVariable problems)
        $found.Count | Should -Be 1
        "$($problems.FullyQualifiedErrorId)" | Should -Be ('InvalidAddress,NsgFlow.PowerShell.Commands.ResolveNsgAddressCommand ' * 2).TrimEnd()
        $problems[0].TargetObject | Should -Be '10.0.0.0/8'
        $null = [pscustomobject]@{ Name = 'x' } | Resolve-NsgAddress -Inventory $file -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidAddress,*'
    }

    It 'does not ask Azure when something was given' {
        $shown = Resolve-NsgAddress 10.1.1.4 -Inventory $file -Verbose 4>&1
        @($shown).Where{ "$_" -like '*Azure*' }.Count | Should -Be 0
    }

    It 'ends when the inventory cannot be read' {
        { Resolve-NsgAddress 10.1.1.4 -Inventory ([System.IO.Path]::Combine("$TestDrive", 'nothing.json')) } | Should -Throw -ErrorId 'InventoryUnreadable,NsgFlow.PowerShell.Commands.ResolveNsgAddressCommand'
    }

    It 'shows what and where in 80 columns' {
        $lines = Lines (Resolve-NsgAddress 10.1.1.4, 10.244.3.3 -Inventory $file | Out-String -Width 80)
        $lines[0] | Should -Be 'IPAddress         Kind           What                      Where'
        $lines[2] | Should -Be '10.1.1.4          VirtualNetwork vm1                       hub/web'
        $lines[3] | Should -Be '10.244.3.3        Private        pod of prod'
    }
}

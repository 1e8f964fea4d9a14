# Makes what lies beside this file, from nothing: the same bytes every time. Run it when New-NsgFlowSample changes:
#     dotnet run --project tools/Host -- samples/make.ps1
Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
$shop = @{ Path = $PSScriptRoot; ResourceGroupName = 'MC_shop_prod_westeurope'; Seed = 2026; Hours = 2; Nic = 2 }
New-NsgFlowSample @shop -Format Nsg2 -Nsg aks-agentpool-12345678-nsg -TuplesPerMinute 20
New-NsgFlowSample @shop -Format VNet4 -VirtualNetwork aks-vnet-12345678 -TuplesPerMinute 10

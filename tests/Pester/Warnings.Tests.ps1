# DESIGN's first rule, seen from the prompt: nothing came out, so exactly one warning says why, and what is there instead.

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $samples = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'samples'))
    $nsgLogs = [System.IO.Path]::Combine($samples, 'insights-logs-networksecuritygroupflowevent')
}

Describe 'The warning when nothing comes out' {
    It 'names what was wanted and what the folder holds when no blob is of it' {
        $records = Get-NsgFlowRecord -Path $nsgLogs -Nsg nosuch-nsg -WarningVariable warnings -WarningAction SilentlyContinue
        $records | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike "*no flow-log blob of NSG nosuch-nsg in '*"
        "$warnings" | Should -BeLike '*There are blobs of AKS-AGENTPOOL-12345678-NSG, from 2026-11-01 00:00:00Z to 2026-11-01 02:00:00Z.'
    }

    It 'names the hours that are there when none was asked for' {
        Get-NsgFlowRecord -Path $samples -StartTime 2026-10-01 -EndTime 2026-10-02 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*from 2026-10-01 00:00:00Z to 2026-10-02 00:00:00Z. There are blobs of *, from 2026-11-01 00:00:00Z to 2026-11-01 02:00:00Z.'
    }

    It 'counts the tuples that the filter dropped' {
        Get-NsgFlowRecord -Path $nsgLogs -Address 203.0.113.255 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*the filter let none of the 4,823 tuples of 4 blobs pass*'
    }

    It 'names the virtual network that no entry is of' {
        Get-NsgFlowRecord -Path $samples -VirtualNetwork nosuch -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*2,376 tuples of 4 blobs pass*(wanted: virtual network nosuch).'
    }

    It 'comes from Get-NsgFlowBlob too' {
        Get-NsgFlowBlob -Path $samples -Nsg nosuch -StartTime 2026-12-01 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike 'No flow-log blob of NSG nosuch in *There are blobs of AKS-*'
    }

    It 'says that an empty folder has nothing' {
        $null = [System.IO.Directory]::CreateDirectory("$TestDrive/empty")
        Get-NsgFlowRecord -Path "$TestDrive/empty" -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "No flow record: there is no flow-log blob in '*empty'."
    }
}

Describe 'The samples' {
    It 'hold what their README says of <format>' -ForEach @(
        @{ format = 'NSG version 2'; folder = 'insights-logs-networksecuritygroupflowevent'; tuples = 4823; denied = 617 }
        @{ format = 'VNet version 4'; folder = 'insights-logs-flowlogflowevent'; tuples = 2376; denied = 289 }
    ) {
        $path = [System.IO.Path]::Combine($samples, $folder)
        @(Get-NsgFlowRecord -Path $path) | Should -HaveCount $tuples
        @(Get-NsgFlowRecord -Path $path | Where-Object Decision -eq D) | Should -HaveCount $denied
        @(Get-NsgFlowRecord -Path $path -Decision D) | Should -HaveCount $denied
    }

    It 'are what New-NsgFlowSample makes today' {
        $null = New-NsgFlowSample -Path "$TestDrive/again" -Seed 2026 -Hours 2 -Nic 2 -TuplesPerMinute 20 -Format Nsg2 -Nsg aks-agentpool-12345678-nsg -ResourceGroupName MC_shop_prod_westeurope
        foreach ($blob in Get-NsgFlowBlob -Path $nsgLogs) {
            $relative = $blob.Name.Substring($samples.Length + 1)
            $again = [System.IO.File]::ReadAllText([System.IO.Path]::Combine("$TestDrive/again", $relative))
            $again | Should -BeExactly ([System.IO.File]::ReadAllText($blob.Name))
        }
    }
}

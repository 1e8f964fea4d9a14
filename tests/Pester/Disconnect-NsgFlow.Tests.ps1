BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $token = 'e30.' + [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes('{"upn":"ann@contoso.com","exp":4102444800}')).TrimEnd('=') + '.sig'
}

AfterAll {
    Disconnect-NsgFlow
}

Describe 'Disconnect-NsgFlow' {
    It 'forgets what was connected, and says nothing' {
        $null = Connect-NsgFlow -AccessToken $token
        Disconnect-NsgFlow | Should -BeNullOrEmpty
        $context = Get-NsgFlowContext -WarningAction SilentlyContinue
        $null -eq $context -or -not $context.IsConnected | Should -BeTrue
    }

    It 'is no error when nothing is connected' {
        { Disconnect-NsgFlow -ErrorAction Stop; Disconnect-NsgFlow -ErrorAction Stop } | Should -Not -Throw
    }

    It 'forgets nothing with -WhatIf' {
        $null = Connect-NsgFlow -AccessToken $token
        Disconnect-NsgFlow -WhatIf
        (Get-NsgFlowContext).Account | Should -Be 'ann@contoso.com'
    }

    It 'forgets the tokens that were had without Connect-NsgFlow, too' {
        $script:asked = 0
        function Get-AzAccessToken { [CmdletBinding()] param($ResourceUrl) $script:asked++; [pscustomobject]@{ Token = $token; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }
        Disconnect-NsgFlow
        $null = Get-NsgFlowContext
        $null = Get-NsgFlowContext
        $script:asked | Should -Be 1
        Disconnect-NsgFlow
        $null = Get-NsgFlowContext
        $script:asked | Should -Be 2
    }
}

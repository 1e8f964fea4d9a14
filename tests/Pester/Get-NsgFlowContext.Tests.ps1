BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))

    function Jwt([string] $Account) {
        'e30.' + [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("{`"upn`":`"$Account`",`"tid`":`"t`",`"exp`":4102444800}")).TrimEnd('=').Replace('+', '-').Replace('/', '_') + '.sig'
    }

    # Nobody is signed in on a machine without these.
    $names = 'PATH', 'IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'MSI_ENDPOINT', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_CLIENT_CERTIFICATE_PATH',
        'AZURE_FEDERATED_TOKEN_FILE', 'AZURE_AUTHORITY_HOST'
    $before = @{}
    foreach ($name in $names) {
        $before[$name] = [System.Environment]::GetEnvironmentVariable($name)
        [System.Environment]::SetEnvironmentVariable($name, $null)
    }
    Disconnect-NsgFlow
}

AfterAll {
    foreach ($name in $names) { [System.Environment]::SetEnvironmentVariable($name, $before[$name]) }
    Disconnect-NsgFlow
}

Describe 'Get-NsgFlowContext' {
    It 'warns when nobody is signed in, and says what was tried' {
        $warnings = $null
        Get-NsgFlowContext -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike 'Nobody is signed in to Azure.*Az session: not tried*Azure CLI: not tried*Connect-AzAccount*'
    }

    It 'gives what Connect-NsgFlow made' {
        $made = Connect-NsgFlow -AccessToken (Jwt 'ann@contoso.com') -SubscriptionId prod-*, dev -Environment AzureChinaCloud
        $context = Get-NsgFlowContext
        foreach ($name in 'Account', 'TenantId', 'Method', 'Environment', 'ResourceManagerUrl', 'ExpiresOn', 'IsConnected') {
            $context.$name | Should -Be $made.$name
        }
        $context.Subscriptions | Should -Be @('prod-*', 'dev')
        Disconnect-NsgFlow
    }

    It 'gives what is found without Connect-NsgFlow, and follows another login' {
        $script:account = 'ann@contoso.com'
        function Get-AzContext { [pscustomobject]@{ Account = [pscustomobject]@{ Id = $script:account } } }
        function Get-AzAccessToken { [CmdletBinding()] param($ResourceUrl) [pscustomobject]@{ Token = Jwt $script:account; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }
        $context = Get-NsgFlowContext
        $context.Account | Should -Be 'ann@contoso.com'
        $context.IsConnected | Should -BeFalse
        $script:account = 'bob@contoso.com'
        (Get-NsgFlowContext).Account | Should -Be 'bob@contoso.com'
    }

    It 'takes the cloud whose authority the environment names' {
        function Get-AzAccessToken { [CmdletBinding()] param($ResourceUrl) [pscustomobject]@{ Token = Jwt 'ann@contoso.com'; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }
        [System.Environment]::SetEnvironmentVariable('AZURE_AUTHORITY_HOST', 'https://login.microsoftonline.us')
        try { (Get-NsgFlowContext).Environment | Should -Be 'AzureUSGovernment' }
        finally { [System.Environment]::SetEnvironmentVariable('AZURE_AUTHORITY_HOST', $null) }
    }

    It 'is an error when what was connected is good no more' {
        function Get-AzAccessToken { [CmdletBinding()] param($ResourceUrl) if ($script:over) { throw 'The login has ended.' }; [pscustomobject]@{ Token = Jwt 'ann@contoso.com'; ExpiresOn = [DateTimeOffset]::UtcNow.AddMinutes(2) } }
        $script:over = $false
        $null = Connect-NsgFlow -UseAzContext
        $script:over = $true
        { Get-NsgFlowContext -ErrorAction Stop } | Should -Throw -ErrorId 'NotSignedIn,*'
        Disconnect-NsgFlow
    }

    It 'shows a table and a list, without control characters of a token' {
        $null = Connect-NsgFlow -AccessToken (Jwt 'ann\u001b]0;pwned\u0007') -SubscriptionId prod
        $table = Get-NsgFlowContext | Out-String -Width 120
        $table | Should -Match 'ann\?\]0;pwned\? +AccessToken +AzureCloud +prod'
        $list = Get-NsgFlowContext | Format-List | Out-String -Width 120
        $list | Should -Match 'TenantId +: t'
        $list | Should -Match 'ExpiresOn +: 2100-01-01 00:00:00Z'
        "$table$list".Contains([string][char]27) | Should -BeFalse
        Disconnect-NsgFlow
    }
}

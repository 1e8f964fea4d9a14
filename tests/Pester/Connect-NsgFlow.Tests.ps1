# Connect-NsgFlow as far as it goes without a service: binding, tokens that are given, the Az login, runspaces. Signing in at a token endpoint is in tests/Cmdlets.

BeforeAll {
    $manifest = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    Import-Module $manifest

    function Jwt([string] $Claims) {
        'e30.' + [System.Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes($Claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_') + '.SECRETSECRET'
    }

    function Secure([string] $Text) {
        $secure = [System.Security.SecureString]::new()
        foreach ($c in $Text.ToCharArray()) { $secure.AppendChar($c) }
        $secure
    }

    function NewRunspace {
        $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $runspace.Open()
        $null = InRunspace $runspace "Import-Module '$manifest'"
        $runspace
    }

    # Runs text in a runspace and gives output, errors and all streams as one text.
    function InRunspace($Runspace, [string] $Text) {
        $shell = [powershell]::Create()
        $shell.Runspace = $Runspace
        try {
            $output = @(try { $shell.AddScript($Text).Invoke() } catch { $null = $shell.Streams.Error.Add($_.Exception.InnerException.ErrorRecord) })
            $all = [System.Text.StringBuilder]::new()
            foreach ($stream in $output, $shell.Streams.Error, $shell.Streams.Warning, $shell.Streams.Verbose, $shell.Streams.Debug, $shell.Streams.Information) {
                foreach ($item in $stream) { $null = $all.AppendLine("$item"); if ($item.Exception) { $null = $all.AppendLine($item.Exception.ToString()) } }
            }
            @{ Output = $output; Errors = @($shell.Streams.Error); Warnings = @($shell.Streams.Warning); Text = $all.ToString() }
        }
        finally {
            $shell.Dispose()
        }
    }

    # An Az session of the kind that Az.Accounts brings, without Az.
    $az = @'
$global:asked = [System.Collections.Generic.List[string]]::new()
function global:Get-AzAccessToken { [CmdletBinding()] param($ResourceUrl, $TenantId) $global:asked.Add("$ResourceUrl $TenantId"); [pscustomobject]@{ Token = TOKEN; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }
function global:Get-AzContext {
    [pscustomobject]@{
        Account = [pscustomobject]@{ Id = 'ann@contoso.com' }; Tenant = [pscustomobject]@{ Id = 't' }
        Environment = [pscustomobject]@{ Name = 'ENVIRONMENT'; ResourceManagerUrl = 'https://management.stack.test/'; ActiveDirectoryAuthority = 'https://login.stack.test/'; StorageEndpointSuffix = 'stack.test' }
    }
}
'@
    $ann = Jwt '{"upn":"ann@contoso.com","tid":"t","exp":4102444800}'
    $bob = Jwt '{"upn":"bob@contoso.com","tid":"t","exp":4102444800}'
}

AfterAll {
    Disconnect-NsgFlow
}

Describe 'A token that is given' {
    It 'is taken as <Kind>, and its account and tenant are read from it' -ForEach @{ Kind = 'text' }, @{ Kind = 'a secure string' } {
        $context = Connect-NsgFlow -AccessToken $(if ($Kind -eq 'text') { $ann } else { Secure $ann })
        $context.Account | Should -Be 'ann@contoso.com'
        $context.TenantId | Should -Be 't'
        $context.Method | Should -Be 'AccessToken'
        $context.Environment | Should -Be 'AzureCloud'
        $context.ResourceManagerUrl | Should -Be 'https://management.azure.com/'
        $context.ExpiresOn | Should -Be ([datetime]::new(2100, 1, 1))
        $context.IsConnected | Should -BeTrue
        $context.Subscriptions.Count | Should -Be 0
    }

    It 'may be for storage or for Log Analytics alone' {
        (Connect-NsgFlow -StorageAccessToken $ann).Account | Should -Be 'ann@contoso.com'
        (Connect-NsgFlow -LogAnalyticsAccessToken $bob).Account | Should -Be 'bob@contoso.com'
        (Connect-NsgFlow -StorageAccessToken $ann -LogAnalyticsAccessToken $bob).Account | Should -Be 'ann@contoso.com'
        (Connect-NsgFlow -AccessToken $bob -StorageAccessToken $ann).Account | Should -Be 'bob@contoso.com'
    }

    It 'is refused when it is empty or has expired, and what was connected stays' {
        $null = Connect-NsgFlow -AccessToken $ann
        { Connect-NsgFlow -AccessToken '' } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        { Connect-NsgFlow -AccessToken (Jwt '{"exp":1000000000}') } | Should -Throw -ErrorId 'NotSignedIn,*'
        (Get-NsgFlowContext).Account | Should -Be 'ann@contoso.com'
    }

    It 'is in no stream, view or text' {
        $runspace = NewRunspace
        try {
            $run = InRunspace $runspace "`$VerbosePreference = `$DebugPreference = 'Continue'; Connect-NsgFlow -AccessToken '$ann'; Get-NsgFlowContext; try { Connect-NsgFlow -AccessToken @{ SECRETSECRET = 1 } } catch { `$_ }"
            $run.Errors.Count | Should -Be 0
            $run.Text | Should -Not -BeLike '*SECRETSECRET*'
            $run.Text | Should -Not -BeLike "*$($ann.Split('.')[1])*"
            (Connect-NsgFlow -AccessToken $ann | Format-List * | Out-String) | Should -Not -BeLike '*SECRETSECRET*'
        }
        finally {
            $runspace.Dispose()
        }
    }

    It 'is used by the reading cmdlets, which say what is missing' {
        $null = Connect-NsgFlow -AccessToken $ann
        $failed = $null
        Get-NsgFlowBlob -StorageAccount myaccount -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
        "$($failed[0])" | Should -BeLike '*none was given for https://storage.azure.com/*'
        $failed[0].ErrorDetails.RecommendedAction | Should -BeLike '*-StorageAccessToken*'
    }
}

Describe 'The cloud' {
    It 'is <Name> when it is named, with its endpoints' -ForEach @(
        @{ Name = 'AzureUSGovernment'; Url = 'https://management.usgovcloudapi.net/' }
        @{ Name = 'AzureChinaCloud'; Url = 'https://management.chinacloudapi.cn/' }
    ) {
        $context = Connect-NsgFlow -AccessToken $ann -Environment $Name.ToUpperInvariant()
        $context.Environment | Should -BeExactly $Name
        $context.ResourceManagerUrl | Should -Be $Url
    }

    It 'decides where an account is that is given by name' {
        $null = Connect-NsgFlow -StorageAccessToken $ann -ResourceManagerUrl https://management.stack.test -StorageSuffix invalid
        $failed = $null
        Get-NsgFlowBlob -StorageAccount myaccount -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        "$($failed[0])" | Should -BeLike '*myaccount.blob.invalid*'
    }

    It 'can be a custom one' {
        $context = Connect-NsgFlow -AccessToken $ann -ResourceManagerUrl https://127.0.0.1:8443 -Environment Stack
        $context.Environment | Should -Be 'Stack'
        $context.ResourceManagerUrl | Should -Be 'https://127.0.0.1:8443/'
        (Connect-NsgFlow -AccessToken $ann -ResourceManagerUrl https://127.0.0.1:8443).Environment | Should -Be 'Custom'
    }

    It 'is refused: <With>' -ForEach @(
        @{ With = '-Environment AzureClout' }
        @{ With = '-ResourceManagerUrl http://127.0.0.1' }
        @{ With = '-ResourceManagerUrl nonsense' }
        @{ With = '-AuthorityUrl https://login.stack.test' }
        @{ With = '-Environment AzureCloud -ResourceManagerUrl https://management.stack.test' }
        @{ With = '-ResourceManagerUrl https://management.stack.test -AuthorityUrl http://127.0.0.1' }
    ) {
        $command = [scriptblock]::Create("Connect-NsgFlow -AccessToken `$ann $With")
        { & $command } | Should -Throw -ErrorId 'EnvironmentInvalid,*'
    }

    It 'is completed' {
        $text = 'Connect-NsgFlow -Environment '
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.ForEach{ $_.CompletionText }
        $found | Should -Be @('AzureCloud', 'AzureUSGovernment', 'AzureChinaCloud')
    }
}

Describe 'Parameter sets' {
    It 'are chosen by what is given: <Chosen>' -ForEach @(
        @{ Chosen = 'Find'; Names = 'TenantId', 'SubscriptionId' }
        @{ Chosen = 'ClientSecret'; Names = 'TenantId', 'ClientId', 'ClientSecret' }
        @{ Chosen = 'Credential'; Names = 'TenantId', 'Credential' }
        @{ Chosen = 'CertificateFile'; Names = 'TenantId', 'ClientId', 'CertificatePath', 'CertificatePassword' }
        @{ Chosen = 'CertificateStore'; Names = 'TenantId', 'ClientId', 'CertificateThumbprint' }
        @{ Chosen = 'Identity'; Names = 'Identity', 'ClientId' }
        @{ Chosen = 'AzContext'; Names = 'UseAzContext', 'TenantId' }
        @{ Chosen = 'AzureCli'; Names = 'UseAzureCli', 'TenantId' }
        @{ Chosen = 'FederatedToken'; Names = 'FederatedTokenFile', 'ClientId', 'TenantId' }
    ) {
        $sets = (Get-Command Connect-NsgFlow).ParameterSets
        $fitting = @($sets.Where{
            $set = $_
            $mandatory = @($set.Parameters.Where{ $_.IsMandatory }.Name)
            -not $Names.Where{ $set.Parameters.Name -notcontains $_ } -and -not $mandatory.Where{ $Names -notcontains $_ }
        })
        $fitting.Name | Should -Be $Chosen
    }

    It 'have the names that Az users type' {
        $parameters = (Get-Command Connect-NsgFlow).Parameters
        $parameters['ClientId'].Aliases | Should -Contain 'ApplicationId'
        $parameters['ClientId'].Aliases | Should -Contain 'AccountId'
        $parameters['TenantId'].Aliases | Should -Contain 'Tenant'
    }

    It 'give a certificate that cannot be used back with its path' {
        $caught = $null
        try { Connect-NsgFlow -TenantId t -ClientId c -CertificatePath "$TestDrive/none.pfx" -CertificatePassword SECRETSECRET } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'CertificateUnusable,*'
        $caught.TargetObject | Should -Be "$TestDrive/none.pfx"
        "$caught $($caught.Exception)" | Should -Not -BeLike '*SECRETSECRET*'
        { Connect-NsgFlow -TenantId t -ClientId c -CertificateThumbprint 0123 } | Should -Throw -ErrorId 'CertificateUnusable,*'
    }
}

Describe 'The Az login of the session' {
    BeforeEach { $runspace = NewRunspace }

    AfterEach { $runspace.Dispose() }

    It 'is taken with its cloud; its token may be <Kind>' -ForEach @(
        @{ Kind = 'text'; Token = '$global:token' }
        @{ Kind = 'a secure string'; Token = '$(ConvertTo-Secure $global:token)' }
    ) {
        $null = InRunspace $runspace "function global:ConvertTo-Secure(`$Text) { `$s = [System.Security.SecureString]::new(); `$Text.ToCharArray().ForEach{ `$s.AppendChar(`$_) }; `$s }; `$global:token = '$ann'"
        $null = InRunspace $runspace $az.Replace('TOKEN', $Token).Replace('ENVIRONMENT', 'AzureStack')
        foreach ($command in 'Connect-NsgFlow', 'Connect-NsgFlow -UseAzContext') {
            $run = InRunspace $runspace "`$asked.Clear(); `$VerbosePreference = 'Continue'; $command"
            $run.Errors.Count | Should -Be 0
            $run.Output[0].Account | Should -Be 'ann@contoso.com'
            $run.Output[0].Method | Should -Be 'Session'
            $run.Output[0].Environment | Should -Be 'AzureStack'
            $run.Output[0].ResourceManagerUrl | Should -Be 'https://management.stack.test/'
            $run.Text | Should -Not -BeLike '*SECRETSECRET*'
            (InRunspace $runspace '$asked').Output | Should -Be 'https://management.stack.test/ '
        }
    }

    It 'is asked for the tenant that is given, once for each resource' {
        $null = InRunspace $runspace $az.Replace('TOKEN', "'$ann'").Replace('ENVIRONMENT', 'AzureCloud')
        (InRunspace $runspace 'Connect-NsgFlow -UseAzContext -TenantId other').Output[0].Environment | Should -Be 'AzureCloud'
        $null = InRunspace $runspace 'Get-NsgFlowBlob -StorageAccount https://127.0.0.1:1/a -ErrorAction Ignore -WarningAction Ignore; Get-NsgFlowBlob -StorageAccount https://127.0.0.1:1/a -ErrorAction Ignore -WarningAction Ignore; Get-NsgFlowContext'
        (InRunspace $runspace '$asked').Output | Should -Be @('https://management.azure.com/ other', 'https://storage.azure.com/ other')
    }

    It 'is asked again after it failed once' {
        $null = InRunspace $runspace @"
`$global:down = `$false
function global:Get-AzAccessToken { [CmdletBinding()] param(`$ResourceUrl) if (`$down) { throw 'The network is down.' }; [pscustomobject]@{ Token = '$ann'; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }
"@
        foreach ($connect in 'Connect-NsgFlow -UseAzContext', 'Disconnect-NsgFlow') {
            $null = InRunspace $runspace "$connect; `$global:down = `$true"
            $read = 'Get-NsgFlowBlob -StorageAccount https://127.0.0.1:1/a -WarningAction Ignore'
            "$((InRunspace $runspace $read).Errors[0])" | Should -BeLike '*Az session: The network is down*'
            (InRunspace $runspace "`$global:down = `$false; $read").Errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageUnavailable,*'
        }
    }

    It 'does no harm when Get-AzContext fails' {
        $null = InRunspace $runspace "$($az.Replace('TOKEN', "'$ann'")); function global:Get-AzContext { throw 'broken' }"
        (InRunspace $runspace 'Connect-NsgFlow').Output[0].Environment | Should -Be 'AzureCloud'
    }

    It 'fails in Az''s own words' {
        $null = InRunspace $runspace 'function global:Get-AzAccessToken { throw "Run Connect-AzAccount to login." }'
        $run = InRunspace $runspace 'Connect-NsgFlow -UseAzContext'
        $run.Errors[0].FullyQualifiedErrorId | Should -BeLike 'NotSignedIn,*'
        "$($run.Errors[0])" | Should -BeLike '*Az session: Run Connect-AzAccount to login*'
    }

    It 'is never loaded for it' {
        $run = InRunspace $runspace 'Connect-NsgFlow -UseAzContext; Get-Module Az.*'
        $run.Output.Count | Should -Be 0
        "$($run.Errors[0])" | Should -BeLike '*no Get-AzAccessToken*'
    }
}

Describe 'A runspace' {
    It 'has a connection of its own' {
        $first = NewRunspace
        $second = NewRunspace
        try {
            (InRunspace $first "Connect-NsgFlow -AccessToken '$ann'").Output[0].Account | Should -Be 'ann@contoso.com'
            (InRunspace $second "Connect-NsgFlow -AccessToken '$bob' -Environment AzureChinaCloud").Output[0].Account | Should -Be 'bob@contoso.com'
            (InRunspace $first 'Get-NsgFlowContext').Output[0].Account | Should -Be 'ann@contoso.com'
            (InRunspace $first 'Get-NsgFlowContext').Output[0].Environment | Should -Be 'AzureCloud'
            $null = InRunspace $second 'Disconnect-NsgFlow'
            (InRunspace $first 'Get-NsgFlowContext').Output[0].Account | Should -Be 'ann@contoso.com'
            (InRunspace $first '1..3 | ForEach-Object { (Get-NsgFlowContext).Account }').Output | Should -Be @('ann@contoso.com', 'ann@contoso.com', 'ann@contoso.com')
        }
        finally {
            $first.Dispose()
            $second.Dispose()
        }
    }

    It 'does not see another one''s, however many connect at once' {
        $null = Connect-NsgFlow -AccessToken $ann
        $shells = foreach ($i in 1..4) {
            $runspace = NewRunspace
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            $token = Jwt "{`"upn`":`"user$i`",`"exp`":4102444800}"
            $null = $shell.AddScript('param($token) foreach ($n in 1..20) { $null = Connect-NsgFlow -AccessToken $token; (Get-NsgFlowContext).Account }').AddArgument($token)
            @{ Shell = $shell; Result = $shell.BeginInvoke(); Account = "user$i"; Runspace = $runspace }
        }
        foreach ($one in $shells) {
            $accounts = $one.Shell.EndInvoke($one.Result)
            $accounts.Count | Should -Be 20
            $accounts.Where{ $_ -ne $one.Account }.Count | Should -Be 0
            $one.Shell.Dispose()
            $one.Runspace.Dispose()
        }
        (Get-NsgFlowContext).Account | Should -Be 'ann@contoso.com'
    }
}

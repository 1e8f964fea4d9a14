# Storage parameters, as far as they go without a service: binding, sign-in, secrets, and Stop. Reading from Azurite is in tests/Azure.

BeforeAll {
    Import-Module ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $manifest = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'out', 'NsgFlow', 'NsgFlow.psd1'))

    # A server that takes connections and never answers.
    $server = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
    $server.Start()
    $port = $server.LocalEndpoint.Port
    # Base64 of "this is no key at all", so that it is valid as one.
    $key = 'dGhpcyBpcyBubyBrZXkgYXQgYWxs'

    # Runs text in a runspace of its own, stops it after a while, and gives what came out and how long Stop took.
    function RunAndStop([string] $Text, [int] $After = 1500) {
        $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
        try {
            $null = $shell.AddScript("Import-Module '$manifest'; `$VerbosePreference = `$DebugPreference = 'Continue'; $Text")
            $null = $shell.BeginInvoke()
            [System.Threading.Thread]::Sleep($After)
            $running = $shell.InvocationStateInfo.State -eq 'Running'
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $all = [System.Text.StringBuilder]::new()
            foreach ($stream in $shell.Streams.Error, $shell.Streams.Warning, $shell.Streams.Verbose, $shell.Streams.Debug, $shell.Streams.Information, $shell.Streams.Progress) {
                foreach ($item in $stream) { $null = $all.AppendLine("$item"); if ($item.Exception) { $null = $all.AppendLine($item.Exception.ToString()) } }
            }
            @{ Running = $running; Milliseconds = $watch.ElapsedMilliseconds; Text = $all.ToString(); Errors = $shell.Streams.Error.Count; Asked = $shell.Runspace.SessionStateProxy.GetVariable('asked') }
        }
        finally {
            $shell.Dispose()
        }
    }
}

AfterAll {
    $server.Stop()
}

Describe 'Stop' {
    It 'ends <_> within a second while the service hangs, without errors' -ForEach 'Get-NsgFlowBlob', 'Get-NsgFlowRecord', 'Measure-NsgTraffic', 'Save-NsgFlowBlob' {
        $more = if ($_ -eq 'Save-NsgFlowBlob') { "-Destination '$TestDrive/mirror'" }
        $run = RunAndStop "$_ $more -StorageAccount http://127.0.0.1:$port/devstoreaccount1 -AccountKey $key -StartTime 2026-03-04 -EndTime 2026-03-05"
        $run.Running | Should -BeTrue
        # On a busy machine; the service hangs for ever.
        $run.Milliseconds | Should -BeLessThan 5000
        $run.Errors | Should -Be 0
    }
}

Describe 'Secrets' {
    It 'of -<Name> are in no stream' -ForEach @(
        @{ Name = 'SasToken'; Scheme = 'https'; Secret = 'sv=2024-11-04&ss=b&sig=SECRETSECRET%3D' }
        @{ Name = 'AccountKey'; Scheme = 'http'; Secret = 'U0VDUkVUU0VDUkVUU0VDUkVU' }
        @{ Name = 'AccessToken'; Scheme = 'https'; Secret = 'eyJSECRETSECRET.SECRETSECRET.x' }
    ) {
        $run = RunAndStop "Get-NsgFlowRecord -StorageAccount ${Scheme}://127.0.0.1:$port/devstoreaccount1 -$Name '$Secret'" 1200
        $run.Text | Should -Not -BeLike '*SECRETSECRET*'
        $run.Text | Should -Not -BeLike '*U0VDUkVU*'
        $run = RunAndStop "Measure-NsgTraffic -StorageAccount ${Scheme}://127.0.0.1:$port/devstoreaccount1 -$Name '$Secret' -By Rule" 1200
        $run.Text | Should -Not -BeLike '*SECRETSECRET*'
        $run.Text | Should -Not -BeLike '*U0VDUkVU*'
    }

    It 'are not repeated when they are refused: -<Name>' -ForEach @(
        @{ Name = 'AccountKey'; With = @{ StorageAccount = 'myaccount'; AccountKey = 'SECRETSECRET is no base64!' }; Id = 'InvalidStorageCredential' }
        @{ Name = 'ConnectionString'; With = @{ ConnectionString = 'AccountKey=SECRETSECRET;x' }; Id = 'InvalidStorageCredential' }
    ) {
        foreach ($command in 'Get-NsgFlowRecord', 'Measure-NsgTraffic') {
            $caught = $null
            try { & $command @With } catch { $caught = $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            "$caught $($caught.Exception) $($caught.ErrorDetails) $($caught.TargetObject)" | Should -Not -BeLike '*SECRETSECRET*'
        }
    }

    It 'are taken as secure strings and as text, and as nothing else' {
        $secure = [System.Security.SecureString]::new()
        foreach ($c in 'nonsense'.ToCharArray()) { $secure.AppendChar($c) }
        { Get-NsgFlowBlob -ConnectionString $secure } | Should -Throw -ErrorId 'InvalidStorageCredential,*'
        $caught = $null
        try { Get-NsgFlowBlob -StorageAccount x -SasToken @{ SECRETSECRET = 1 } } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        "$caught" | Should -Not -BeLike '*SECRETSECRET*'
    }
}

Describe 'Arguments' {
    It 'refuses two secrets' {
        { Get-NsgFlowRecord -StorageAccount myaccount -SasToken a -AccountKey $key } | Should -Throw -ErrorId 'CredentialAmbiguous,*'
    }

    It 'refuses a name that can be no account' {
        { Get-NsgFlowRecord -StorageAccount 'Not An Account!' -AccountKey $key } | Should -Throw -ErrorId 'InvalidStorageAccount,*'
    }

    It 'refuses http outside this machine' {
        { Get-NsgFlowRecord -StorageAccount http://example.com/x -AccountKey $key } | Should -Throw -ErrorId 'InsecureStorageUrl,*'
    }

    It 'binds the storage account of a flow log, and of an account, from the pipeline' {
        $parameters = (Get-Command Get-NsgFlowRecord).Parameters
        $parameters['StorageAccount'].Aliases | Should -Contain 'StorageAccountName'
        $parameters['StorageAccount'].Aliases | Should -Contain 'StorageId'
        $parameters['ResourceId'].Aliases | Should -Contain 'TargetResourceId'
        # Gets as far as the account's name, which is refused.
        { [pscustomobject]@{ StorageAccountName = 'Not An Account!'; ResourceGroupName = 'rg'; Id = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/x' } | Get-NsgFlowRecord -AccountKey $key } |
            Should -Throw -ErrorId 'InvalidStorageAccount,*'
    }
}

Describe 'The Az login of the session' {
    It 'is asked for a token of Azure Storage, which may be a <Kind>' -ForEach @(
        @{ Kind = 'text'; Token = "'eyJSECRETSECRET.a.b'" }
        @{ Kind = 'secure string'; Token = "`$(`$s = [System.Security.SecureString]::new(); 'eyJSECRETSECRET.a.b'.ToCharArray().ForEach{ `$s.AppendChar(`$_) }; `$s)" }
    ) {
        $run = RunAndStop @"
function Get-AzAccessToken { [CmdletBinding()] param(`$ResourceUrl) `$global:asked = `$ResourceUrl; [pscustomobject]@{ Token = $Token; ExpiresOn = [DateTimeOffset]::UtcNow.AddHours(1) } }
Get-NsgFlowBlob -StorageAccount https://127.0.0.1:$port/myaccount
"@
        $run.Asked | Should -Be 'https://storage.azure.com/'
        $run.Text | Should -BeLike '*Az session*gave a token*'
        $run.Text | Should -Not -BeLike '*SECRETSECRET*'
    }
}

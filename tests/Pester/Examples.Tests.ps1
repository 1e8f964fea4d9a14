# The scripts of examples/ as such: they parse, explain themselves, and fit Windows PowerShell 5.1 and Azure Automation. tests/Cmdlets runs them (RunbookTests, DigestRunbookTests).

BeforeDiscovery {
    $folder = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'examples', 'automation'))
    $scripts = foreach ($file in [System.IO.Directory]::GetFiles($folder, '*.ps1')) {
        @{ Name = [System.IO.Path]::GetFileName($file); File = $file }
    }
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1')) -Force
}

Describe '<Name>' -ForEach $scripts {
    BeforeAll {
        $errors = $tokens = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($File, [ref]$tokens, [ref]$errors)
        $parameters = $ast.ParamBlock.Parameters.ForEach({ $_.Name.VariablePath.UserPath })
        $calls = $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
    }

    It 'is PowerShell, as version 5.1 knows it' {
        "$errors" | Should -BeNullOrEmpty
        $ast.FindAll({ $args[0].GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' }, $true) | Should -HaveCount 0
        $tokens.Where({ "$($_.Kind)" -match '^Question(Dot|LBracket|Question)' }) | Should -HaveCount 0
        # 5.1 reads a file without a byte order mark in the system's code page.
        [System.IO.File]::ReadAllText($File) | Should -Not -Match '[^\x00-\x7F]'
    }

    It 'explains itself and every parameter' {
        $help = $ast.GetHelpContent()
        $help.Synopsis | Should -Match '\.\s*$'
        $help.Description | Should -Match '\w'
        @($help.Examples).Count | Should -BeGreaterThan 0
        (@($help.Parameters.Keys) | Sort-Object) -join ' ' | Should -Be ((@($parameters) | Sort-Object).ToUpperInvariant() -join ' ')
    }

    It 'has parameters that Automation can give' {
        foreach ($parameter in $ast.ParamBlock.Parameters) {
            $parameter.StaticType | Should -BeIn ([string], [string[]], [int])
        }
    }

    It 'calls commands with parameters that they have' {
        $ours = 0
        foreach ($call in $calls) {
            $name = $call.GetCommandName()
            if ($name -notmatch '^\w+-Nsg') { continue }
            $ours++
            $known = (Get-Command $name).Parameters.Keys
            foreach ($element in $call.CommandElements) {
                if ($element -is [System.Management.Automation.Language.CommandParameterAst]) {
                    $element.ParameterName | Should -BeIn $known -Because $call.Extent.Text
                }
                # What is passed on under its own name.
                if ($element.Extent.Text -eq '@question') {
                    $loop = $ast.Find({ $args[0] -is [System.Management.Automation.Language.ForEachStatementAst] -and "$($args[0].Variable)" -eq '$name' }, $true)
                    $passed = $loop.Condition.FindAll({ $args[0] -is [System.Management.Automation.Language.StringConstantExpressionAst] }, $true).Value
                    foreach ($word in $passed) {
                        $word | Should -BeIn $known
                        $word | Should -BeIn $parameters
                    }
                }
            }
        }
        $ours | Should -BeGreaterThan 0
    }

    It 'says where it stops' {
        $signsIn = $calls.Where({ $_.GetCommandName() -eq 'Connect-NsgFlow' }).Count
        $stops = [System.IO.File]::ReadAllText($File).Contains('$ErrorActionPreference = ''Stop''')
        $stops | Should -Be ($signsIn -eq 1) -Because 'what runs without anybody must not go on after an error'
    }
}

Describe 'Export-NewFlow.ps1' {
    It 'cannot do without a checkpoint, or each run would export the last hour again' {
        $command = Get-Command ([System.IO.Path]::Combine($root, 'examples', 'automation', 'Export-NewFlow.ps1'))
        $command.Parameters['Checkpoint'].Attributes.Where({ $_ -is [Parameter] }).Mandatory | Should -BeTrue
        { & $command -Checkpoint '' -Destination $TestDrive } | Should -Throw -ErrorId 'ParameterArgumentValidationErrorEmptyStringNotAllowed*'
    }
}

Describe 'Send-DeniedTrafficDigest.ps1' {
    It 'looks at the webhook before anything is read, and does not show it: <Webhook>' -ForEach @(
        @{ Webhook = 'https://host:443x/workflows/abc?sig=TOPSECRET' }
        @{ Webhook = 'http://host.example/workflows/abc?sig=TOPSECRET' }
        @{ Webhook = 'file:///workflows/TOPSECRET' }
        @{ Webhook = '/workflows/abc?sig=TOPSECRET' }
        @{ Webhook = '' }
    ) {
        function Get-AutomationVariable { $Webhook }
        # An error of its own would say that the identity was asked for.
        function Connect-NsgFlow { throw 'The runbook went on.' }
        $digest = [System.IO.Path]::Combine($root, 'examples', 'automation', 'Send-DeniedTrafficDigest.ps1')
        $thrown = { & $digest -StorageAccount stflowlogs -WebhookVariable Hook } | Should -Throw -ExpectedMessage '*''Hook'' must hold the webhook''s URL*' -PassThru
        "$thrown $($thrown.InvocationInfo.PositionMessage) $($thrown.TargetObject)" | Should -Not -Match 'TOPSECRET'
    }
}

Describe 'README of the examples' {
    It 'names every script, and no other' {
        $folder = [System.IO.Path]::Combine($root, 'examples')
        $text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'README.md'))
        $linked = [regex]::Matches($text, '\(automation/([\w-]+\.ps1)\)').ForEach({ $_.Groups[1].Value })
        $there = [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($folder, 'automation')).ForEach({ [System.IO.Path]::GetFileName($_) })
        (@($linked) | Sort-Object) -join ' ' | Should -Be ((@($there) | Sort-Object) -join ' ')
    }
}

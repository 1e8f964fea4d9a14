# The help as Get-Help shows it, and every example of the help pages and the README: what needs no Azure is run, the rest is checked
# against the language and the parameters.

BeforeDiscovery {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    $pages = [System.IO.Path]::Combine($root, 'docs', 'en-US')

    $manifest = [System.Management.Automation.Language.Parser]::ParseFile([System.IO.Path]::Combine($root, 'NsgFlow.psd1'), [ref]$null, [ref]$null)
    $table = $manifest.Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue()
    $cmdlets = foreach ($name in $table.CmdletsToExport) {
        @{ Name = $name; Page = [System.IO.Path]::Combine($pages, "$name.md") }
    }

    $topics = foreach ($file in [System.IO.Directory]::GetFiles($pages, 'about_*.md')) {
        @{ Name = [System.IO.Path]::GetFileNameWithoutExtension($file) }
    }

    $files = @([System.IO.Path]::Combine($root, 'README.md'), [System.IO.Path]::Combine($root, 'docs', 'errors.md')) + [System.IO.Directory]::GetFiles($pages, '*.md')
    $examples = foreach ($file in $files) {
        $text = [System.IO.File]::ReadAllText($file)
        $number = 0
        foreach ($match in [regex]::Matches($text, '(?ms)^```powershell(?<mark>[^\r\n]*)\r?\n(?<code>.*?)^```')) {
            $number++
            @{
                File   = [System.IO.Path]::GetFileName($file)
                Number = $number
                Mark   = $match.Groups['mark'].Value.Trim()
                Code   = $match.Groups['code'].Value
            }
        }
    }
    $offline = $examples.Where({ $_.Mark -ne 'azure' })
    $azure = $examples.Where({ $_.Mark -eq 'azure' })
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1')) -Force

    $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters

    # All text of help paragraphs, in one line.
    function TextOf($paragraphs) {
        (@($paragraphs) | ForEach-Object { "$($_.Text)" }) -join ' '
    }

    # Names of columns of the table under a heading.
    function FirstColumn([string] $text, [string] $heading) {
        $section = [regex]::Match($text, '(?ms)^#+ ' + [regex]::Escape($heading) + '\s*$(?<body>.*?)(^#|\z)').Groups['body'].Value
        [regex]::Matches($section, '(?m)^\| *(?<cell>[^|]*?) *\|') | Select-Object -Skip 2 | ForEach-Object { $_.Groups['cell'].Value }
    }
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $Name -Full
        $command = Get-Command $Name
    }

    It 'has a page' {
        [System.IO.File]::Exists($Page) | Should -BeTrue
    }

    It 'has a synopsis and a description that were written by somebody' {
        # Without a help file the engine makes a synopsis of the syntax.
        $help.Synopsis | Should -Match '^[A-Z].*\.$'
        TextOf $help.description | Should -Match '\.'
    }

    It 'describes every parameter' {
        # A cmdlet without parameters has none.
        $described = @($help.parameters.parameter).Where({ $_ })
        foreach ($parameter in $command.Parameters.Keys) {
            if ($parameter -notin $common -or $parameter -in 'WhatIf', 'Confirm') {
                $found = $described.Where({ $_.name -eq $parameter })
                $found.Count | Should -Be 1 -Because "-$parameter is a parameter"
                TextOf $found[0].description | Should -Match '\w' -Because "-$parameter needs a text"
            }
        }
        foreach ($text in $described) {
            $command.Parameters.Keys | Should -Contain $text.name
        }
    }

    It 'agrees with the cmdlet about aliases and sets' {
        foreach ($text in $help.parameters.parameter) {
            $aliases = $command.Parameters[$text.name].Aliases -join ', '
            $text.aliases | Should -Be $(if ($aliases) { $aliases } else { 'none' })
        }
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
    }

    It 'has at least three examples, those of the page' {
        $shown = @($help.examples.example)
        $shown.Count | Should -Not -BeLessThan 3
        $shown.Count | Should -Be ([regex]::Matches([System.IO.File]::ReadAllText($Page), '(?m)^### Example ').Count)
        foreach ($example in $shown) {
            $example.code | Should -Match $Name -Because 'an example of a cmdlet shows the cmdlet'
        }
    }

    It 'says what comes out' {
        TextOf $help.returnValues.returnValue[0].description | Should -Match '\w'
        $help.returnValues.returnValue[0].type.name | Should -Be $command.OutputType[0].Name
    }

    It 'shows every related link of the page, and topics it names exist' {
        $links = [regex]::Match([System.IO.File]::ReadAllText($Page), '(?s)## RELATED LINKS(.*)').Groups[1].Value
        $names = [regex]::Matches($links, '\[(?<name>[^\]]+)\]\(').ForEach({ $_.Groups['name'].Value })
        $shown = @($help.relatedLinks.navigationLink.linkText)
        $shown -join ' ' | Should -Be ($names -join ' ')
        $shown.Count | Should -BeGreaterThan 0
        foreach ($name in $names.Where({ $_ -match '^(about_|\w+-\w+$)' })) {
            @(Get-Help $name).Count | Should -Be 1
        }
    }

    It 'has no left-overs of a template' {
        [System.IO.File]::ReadAllText($Page) | Should -Not -Match '\{\{'
    }
}

Describe 'Topic <Name>' -ForEach $topics {
    It 'is found by Get-Help' {
        $text = Get-Help $Name
        "$text" | Should -Match "^TOPIC\s+$Name\s+SHORT DESCRIPTION\s+\w"
    }

    It 'fits a console of 80 columns' {
        $path = [System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'en-US', "$Name.help.txt")
        foreach ($line in [System.IO.File]::ReadAllLines($path)) {
            $line.Length | Should -Not -BeGreaterThan 84 -Because $line
        }
    }
}

Describe 'Schema pages' {
    It 'describe every property of a flow record, and no other' {
        $text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'docs', 'en-US', 'about_NsgFlow_Schema.md'))
        $properties = [NsgFlow.FlowRecord].GetProperties().Name
        $described = FirstColumn $text 'Properties of NsgFlow.FlowRecord'
        (@($described) -join ' ') | Should -Be (@($properties) -join ' ')
    }

    It 'describe every property of a row of Traffic Analytics, and no other' {
        $text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'docs', 'en-US', 'about_NsgFlow_TrafficAnalytics.md'))
        $described = FirstColumn $text 'Properties of NsgFlow.TrafficAnalyticsRecord'
        (@($described) -join ' ') | Should -Be (@([NsgFlow.TrafficAnalyticsRecord].GetProperties().Name) -join ' ')
    }

    It 'name the source of every property' {
        $text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'docs', 'schema.md'))
        foreach ($property in [NsgFlow.FlowRecord].GetProperties().Name) {
            $text | Should -Match "(?m)^\|[^|]*``$property``"
        }
    }

    It 'have every value of <_>' -ForEach 'FlowDirection', 'FlowDecision', 'FlowState', 'FlowProtocol', 'FlowEncryption', 'FlowRuleKind', 'FlowType', 'TrafficOrder' {
        $text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'docs', 'en-US', 'about_NsgFlow_Schema.md'))
        foreach ($value in [System.Enum]::GetNames(('NsgFlow.' + $_) -as [type])) {
            if ($value -ne 'None') {
                $text | Should -Match "\b$value\b"
            }
        }
    }
}

Describe 'Example <Number> of <File>' -ForEach $offline {
    BeforeAll {
        $ExecutionContext.SessionState.Path.PushCurrentLocation('examples')
        $null = $ExecutionContext.SessionState.Path.SetLocation("$TestDrive")
        # What the examples call ./samples.
        $null = New-NsgFlowSample -Path ./samples -Hours 2 -TuplesPerMinute 30
        $null = New-NsgFlowSample -Path ./samples -Hours 1 -TuplesPerMinute 30 -Format VNet4
    }

    AfterAll {
        $null = $ExecutionContext.SessionState.Path.PopLocation('examples')
    }

    It 'runs and gives something' {
        $ErrorActionPreference = 'Stop'
        $results = @(& ([scriptblock]::Create($Code)) 3>&1)
        $warnings = $results.Where({ $_ -is [System.Management.Automation.WarningRecord] })
        "$warnings" | Should -BeNullOrEmpty
        $results.Count | Should -BeGreaterThan 0
    }
}

Describe 'Azure example <Number> of <File>' -ForEach $azure {
    It 'is PowerShell, and its parameters are those of the cmdlet' {
        $errors = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$errors)
        "$errors" | Should -BeNullOrEmpty

        $ours = 0
        foreach ($call in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            $command = Get-Command $call.GetCommandName() -ErrorAction Ignore
            if ($null -eq $command -or $command.ModuleName -ne 'NsgFlow') {
                continue
            }
            $ours++
            $bound = [System.Management.Automation.Language.StaticParameterBinder]::BindCommand($call, $true)
            # What the pipeline brings is not known here, so a set may stay open; the check below does that part.
            $wrong = $bound.BindingExceptions.Values.BindingException.Where({ $_.ErrorId -ne 'AmbiguousParameterSet' })
            $wrong.Message -join '; ' | Should -BeNullOrEmpty

            # One set must have all of them.
            $names = @($bound.BoundParameters.Keys)
            $fitting = @($command.ParameterSets).Where({ $set = $_; -not $names.Where({ $set.Parameters.Name -notcontains $_ }) })
            $fitting.Count | Should -BeGreaterThan 0 -Because "$($names -join ', ') must be in one parameter set"
        }
        $ours | Should -BeGreaterThan 0
    }
}

Describe 'Documents' {
    It 'have no dead links between them' {
        $documents = @([System.IO.Directory]::GetFiles($root, '*.md')) +
            [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($root, 'docs'), '*.md', [System.IO.SearchOption]::AllDirectories)
        foreach ($document in $documents) {
            $folder = [System.IO.Path]::GetDirectoryName($document)
            foreach ($match in [regex]::Matches([System.IO.File]::ReadAllText($document), '\]\((?!https?:)(?<to>[^)#\s]+)')) {
                $to = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($folder, $match.Groups['to'].Value))
                ([System.IO.File]::Exists($to) -or [System.IO.Directory]::Exists($to)) | Should -BeTrue -Because "$document links to $($match.Groups['to'].Value)"
            }
        }
    }

    It 'tell the same version in manifest, build and changelog' {
        $version = [regex]::Match([System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'Directory.Build.props')), '<Version>(.*?)</Version>').Groups[1].Value
        [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'CHANGELOG.md')) | Should -Match ('(?m)^## \[' + [regex]::Escape($version) + '\]')
        "$((Get-Module NsgFlow).Version)" | Should -Be $version
    }
}

BeforeAll {
    $root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
    Import-Module ([System.IO.Path]::Combine($root, 'out', 'NsgFlow', 'NsgFlow.psd1'))
    $suffix = ',NsgFlow.PowerShell.Commands.InvokeNsgTrafficQueryCommand'
}

Describe 'Invoke-NsgTrafficQuery' {
    # Log Analytics is not asked in these; tests/Cmdlets does.
    It 'shows a query without workspace and sign-in' {
        Invoke-NsgTrafficQuery "T | where a == 'b'" -ShowQuery | Should -Be "T | where a == 'b'"
        @('a', 'b' | Invoke-NsgTrafficQuery -ShowQuery) -join ' ' | Should -Be 'a b'
    }

    It 'says that nothing names a workspace' {
        { Invoke-NsgTrafficQuery 'T' } | Should -Throw -ErrorId "WorkspaceMissing$suffix"
    }

    It 'takes one time, and says what is none' {
        $id = '45d0c39a-046e-4a55-bbea-a026747f4496'
        { Invoke-NsgTrafficQuery 'T' -Workspace $id -Timespan 7d -Last 1h } | Should -Throw -ErrorId "TimeAmbiguous$suffix"
        { Invoke-NsgTrafficQuery 'T' -Workspace $id -StartTime 1d -Last 1h } | Should -Throw -ErrorId "TimeAmbiguous$suffix"
        { Invoke-NsgTrafficQuery 'T' -Workspace $id -StartTime 2026-11-02 -EndTime 2026-11-01 } | Should -Throw -ErrorId "TimeRangeEmpty$suffix"
        { Invoke-NsgTrafficQuery 'T' -Workspace $id -Timespan yesterday } | Should -Throw -ErrorId "ParameterArgumentTransformationError$suffix"
        { Invoke-NsgTrafficQuery 'T' -Workspace $id -Timespan 2026-11-02/2026-11-01 } | Should -Throw -ErrorId "ParameterArgumentTransformationError$suffix"
        foreach ($good in '7d', 'PT24H', '2026-11-01/2026-11-02', '2026-11-01/P1D', [timespan]'1:00:00') {
            Invoke-NsgTrafficQuery 'T' -Workspace $id -Timespan $good -ShowQuery | Should -Be 'T'
        }
    }

    It 'gives the service ten minutes at most' {
        { Invoke-NsgTrafficQuery 'T' -ServerTimeout 11m -ShowQuery } | Should -Throw -ErrorId "ParameterArgumentTransformationError$suffix"
        Invoke-NsgTrafficQuery 'T' -ServerTimeout 10m -ShowQuery | Should -Be 'T'
    }

    It 'takes workspaces as text and as objects that have an id' {
        foreach ($good in 'law-*', [guid]::NewGuid(), ([pscustomobject]@{ Name = 'x'; CustomerId = [guid]::NewGuid() }), ([pscustomobject]@{ ResourceId = '/subscriptions/s' })) {
            Invoke-NsgTrafficQuery 'T' -Workspace $good -ShowQuery | Should -Be 'T'
        }

        { Invoke-NsgTrafficQuery 'T' -Workspace ([pscustomobject]@{ Name = 'x' }) -ShowQuery } | Should -Throw -ErrorId "ParameterArgumentTransformationError$suffix"
        { Invoke-NsgTrafficQuery 'T' -Workspace ' ' -ShowQuery } | Should -Throw -ErrorId "ParameterArgumentTransformationError$suffix"
    }
}

Describe 'Questions' {
    It 'are written for the time and the tables asked for' {
        $kql = Invoke-NsgTrafficQuery -Question subnettraffic -Table VirtualNetwork -StartTime 2026-11-01 -EndTime 2026-11-02 -ShowQuery
        $kql | Should -BeLike '*NTANetAnalytics*datetime(2026-11-01T00:00:00Z)*datetime(2026-11-02T00:00:00Z)*'
        $kql.Contains('AzureNetworkAnalytics_CL') | Should -BeFalse
        (Invoke-NsgTrafficQuery -Question SubnetTraffic -ShowQuery).Contains('AzureNetworkAnalytics_CL') | Should -BeTrue
    }

    It 'are about the last day when no time is given' {
        $kql = Invoke-NsgTrafficQuery -Question RegionTraffic -Table Nsg -ShowQuery
        $first = [regex]::Match($kql, 'datetime\(([^)]+)\)').Groups[1].Value
        $hours = ([datetime]::UtcNow - [datetime]::Parse($first, [cultureinfo]::InvariantCulture, 'AdjustToUniversal')).TotalHours
        $hours -gt 23.9 -and $hours -lt 24.1 | Should -BeTrue
    }

    It 'need an address when they are about addresses' {
        { Invoke-NsgTrafficQuery -Question AddressPartners -ShowQuery } | Should -Throw -ErrorId "AddressMissing$suffix"
        Invoke-NsgTrafficQuery -Question AddressPartners -Address 10.0.0.4, '10.1.0.0/16' -ShowQuery | Should -BeLike '*"10.0.0.4"*'
        { Invoke-NsgTrafficQuery -Question AddressPartners -Address '10.0.0.4" or true' -ShowQuery } | Should -Throw -ErrorId "ParameterArgumentTransformationError$suffix"
    }

    It 'are known by their names' {
        { Invoke-NsgTrafficQuery -Question Everything -ShowQuery } | Should -Throw -ErrorId "ParameterArgumentTransformationError$suffix"
        { Invoke-NsgTrafficQuery -Query 'T' -Question OpenPorts -ShowQuery } | Should -Throw -ErrorId "AmbiguousParameterSet$suffix"
        foreach ($question in [NsgFlow.Query.AnalyticsQuestions]::All) {
            Invoke-NsgTrafficQuery -Question $question.Name.ToUpperInvariant() -Address 10.0.0.4 -ShowQuery | Should -BeLike '*| summarize *'
        }
    }

    It 'are completed, each with what it answers' {
        $line = 'Invoke-NsgTrafficQuery -Question '
        $all = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches
        $all.Count | Should -Be ([NsgFlow.Query.AnalyticsQuestions]::All.Count)
        ($all.Where{ $_.ListItemText -eq 'OutboundBytes' }).ToolTip | Should -BeLike 'How much addresses sent*Needs -Address.'
    }

    It 'stand in the help, each with what it answers' {
        $page = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($root, 'docs', 'en-US', 'Invoke-NsgTrafficQuery.md'))
        foreach ($question in [NsgFlow.Query.AnalyticsQuestions]::All) {
            $page.Contains("| ``$($question.Name)`` |") | Should -BeTrue
        }
    }
}

Describe 'Rows of a query' {
    BeforeAll {
        $assembly = (Get-Command Invoke-NsgTrafficQuery).ImplementingType.Assembly
        $rowType = $assembly.GetType('NsgFlow.PowerShell.Pipeline.TrafficRow')
        function Names([string[]] $given) {
            $rowType.GetMethod('Names', [System.Reflection.BindingFlags]'Static, NonPublic').Invoke($null, @($given, 'Column')) -join ' '
        }

        function Rows($json) {
            $table = [NsgFlow.Query.LogsAnswer]::Parse([System.Text.Encoding]::UTF8.GetBytes($json)).Primary
            $shape = $rowType.GetConstructors()[0].Invoke(@($table.Columns, $true))
            foreach ($row in $table.Rows) { $rowType.GetMethod('Of').Invoke($shape, @($row)) }
        }
    }

    It 'have names that PowerShell can tell apart' {
        Names 'a', 'b' | Should -Be 'a b'
        Names 'a', 'A', 'a' | Should -Be 'a A_2 a_3'
        Names 'a', 'a', 'a_2' | Should -Be 'a a_3 a_2'
        Names '', ' ', 'Column1', 'Column2' | Should -Be 'Column1_2 Column2_2 Column1 Column2'
        Names 'psobject', 'PSTypeNames', 'psobject_' | Should -Be 'psobject__2 PSTypeNames_ psobject_'
    }

    It 'are objects with a property for each column, in their order' {
        $row = Rows '{"tables":[{"name":"PrimaryResult","columns":[
            {"name":"Z","type":"long"},{"name":"ToString","type":"string"},{"name":"Count","type":"int"},{"name":"Time","type":"datetime"},{"name":"d","type":"dynamic"},{"name":"","type":"real"},{"name":"PSTypeNames","type":"string"}],
            "rows":[["5","text",7,"2026-11-23T09:00:00Z","{\"a\":[1,{\"b\":\"c\"}],\"A\":null}","NaN","x"]]}]}'
        @($row).Count | Should -Be 1
        $row.psobject.TypeNames[0] | Should -Be 'NsgFlow.TrafficQueryRow'
        $row.psobject.Properties.ForEach{ $_.Name } -join ' ' | Should -Be 'Z ToString Count Time d Column6 PSTypeNames_'
        $row.Z | Should -BeOfType ([long])
        $row.Count | Should -Be 7
        $row.Time | Should -Be ([datetime]::SpecifyKind('2026-11-23T09:00:00', 'Utc'))
        $row.d.a[1].b | Should -Be 'c'
        $row.d.a[0] | Should -BeOfType ([long])
        $row.d.A_2 | Should -BeNullOrEmpty
        $row.d.psobject.Properties.ForEach{ $_.Name } -join ' ' | Should -Be 'a A_2'
        [double]::IsNaN($row.Column6) | Should -BeTrue
        $row.PSTypeNames_ | Should -Be 'x'
    }

    It 'are shown without what a terminal would obey, and keep it' {
        $escape = [string][char]27
        $esc = '\u001b'
        $shape = {
            param($json)
            $table = [NsgFlow.Query.LogsAnswer]::Parse([System.Text.Encoding]::UTF8.GetBytes($json)).Primary
            $isFit = $rowType.GetMethod('IsFit', [type[]]@([NsgFlow.Query.LogsTable])).Invoke($null, @(, $table))
            $row = $rowType.GetConstructors()[0].Invoke(@($table.Columns, $isFit))
            foreach ($one in $table.Rows) { $rowType.GetMethod('Of').Invoke($row, @($one)) }
        }
        $hostile = @(
            '{"tables":[{"name":"T","columns":[{"name":"Url","type":"string"}],"rows":[["fine"],["a' + $esc + '[31mb\u202ec\u0007"]]}]}'
            '{"tables":[{"name":"T","columns":[{"name":"D","type":"dynamic"}],"rows":[["{\"a\":\"x\\u001b[31m\"}"]]}]}'
            '{"tables":[{"name":"T","columns":[{"name":"N' + $esc + ']0;title\u0007","type":"string"}],"rows":[["x"]]}]}')
        foreach ($json in $hostile) {
            $rows = @(& $shape $json)
            $rows[0].psobject.TypeNames[0..1] -join ' ' | Should -Be 'NsgFlow.TrafficQueryRow NsgFlow.TrafficQueryRow.Unfit'
            $view = $rows | Out-String -Width 120
            $view.Contains($escape) -or $view.Contains([string][char]7) -or $view.Contains([string][char]0x202e) | Should -BeFalse
            $view.Contains('?') | Should -BeTrue
        }

        (& $shape $hostile[0])[1].Url.Contains($escape) | Should -BeTrue
        $fit = @(& $shape '{"tables":[{"name":"T","columns":[{"name":"Url","type":"string"},{"name":"D","type":"dynamic"}],"rows":[["é https://x","[1]"]]}]}')
        $fit[0].psobject.TypeNames -contains 'NsgFlow.TrafficQueryRow.Unfit' | Should -BeFalse
    }
}

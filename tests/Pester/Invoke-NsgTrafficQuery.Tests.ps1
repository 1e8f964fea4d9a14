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

Describe 'Rows of a query' {
    BeforeAll {
        $assembly = (Get-Command Invoke-NsgTrafficQuery).ImplementingType.Assembly
        $rowType = $assembly.GetType('NsgFlow.PowerShell.Pipeline.TrafficRow')
        function Names([string[]] $given) {
            $rowType.GetMethod('Names', [System.Reflection.BindingFlags]'Static, NonPublic').Invoke($null, @($given, 'Column')) -join ' '
        }

        function Rows($json) {
            $table = [NsgFlow.Query.LogsAnswer]::Parse([System.Text.Encoding]::UTF8.GetBytes($json)).Primary
            $shape = $rowType.GetConstructors()[0].Invoke(@(, $table.Columns))
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
}

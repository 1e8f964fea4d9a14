# The few commands that the engine package lacks. They are held to what pwsh's own do, so this passes there too.

BeforeAll {
    $root = [IO.Directory]::CreateDirectory([IO.Path]::Combine($TestDrive, 'root')).FullName
    $null = [IO.Directory]::CreateDirectory([IO.Path]::Combine($root, 'sub'))
    [IO.File]::WriteAllText([IO.Path]::Combine($root, 'a.txt'), "one`ntwo`n")
    [IO.File]::WriteAllText([IO.Path]::Combine($root, 'b[1].json'), '{}')
    [IO.File]::WriteAllText([IO.Path]::Combine($root, 'sub', 'c.txt'), 'three')
    $people = @(
        [pscustomobject]@{ Name = 'Cy'; Age = 30; Team = 'x' }
        [pscustomobject]@{ Name = 'al'; Age = 9; Team = 'Y' }
        [pscustomobject]@{ Name = 'Bo'; Age = 100; Team = 'X' }
    )
}

Describe 'Select-Object' {
    It '-First stops what comes before it, without an error' {
        $seen = [Collections.Generic.List[int]]::new()
        $errorsBefore = $Error.Count
        1..1000 | ForEach-Object { $seen.Add($_); $_ } | Select-Object -First 3 | Should -Be 1, 2, 3
        $seen | Should -HaveCount 3
        $Error.Count | Should -Be $errorsBefore
    }

    It '-First lets the script go on after the pipeline' {
        $after = & { 1..9 | Select-Object -First 1; 'after' }
        $after | Should -Be 1, 'after'
    }

    It '-Last, -Skip and -Unique choose' {
        1..5 | Select-Object -Last 2 | Should -Be 4, 5
        1..5 | Select-Object -Skip 3 | Should -Be 4, 5
        'a', 'b', 'a' | Select-Object -Unique | Should -Be 'a', 'b'
    }

    It 'takes properties by name, wildcard and expression' {
        $one = $people[0] | Select-Object Name, @{ Name = 'Next'; Expression = { $_.Age + 1 } }
        $one.psobject.Properties.Name | Should -Be 'Name', 'Next'
        $one.Next | Should -Be 31
        ($people[0] | Select-Object *e).psobject.Properties.Name | Should -Be 'Name', 'Age'
        ($people[0] | Select-Object Missing).Missing | Should -BeNullOrEmpty
    }

    It '-ExpandProperty gives the values' {
        $people | Select-Object -ExpandProperty Name | Should -Be 'Cy', 'al', 'Bo'
    }
}

Describe 'Sorting, grouping, measuring' {
    It 'Sort-Object compares by type, both ways' {
        ($people | Sort-Object Age).Age | Should -Be 9, 30, 100
        ($people | Sort-Object Age -Descending).Age | Should -Be 100, 30, 9
        ($people | Sort-Object { $_.Name }).Name | Should -Be 'al', 'Bo', 'Cy'
        3, 1, 2, 1 | Sort-Object -Unique | Should -Be 1, 2, 3
    }

    It 'Sort-Object keeps equal items in their order' {
        ($people | Sort-Object Team).Name | Should -Be 'Cy', 'Bo', 'al'
    }

    It 'Group-Object counts whatever the case' {
        $groups = $people | Group-Object Team
        $groups.Name | Should -Be 'x', 'Y'
        $groups.Count | Should -Be 2
        $groups[0].Count | Should -Be 2
        $groups[0].Group.Name | Should -Be 'Cy', 'Bo'
        ('a', 'b', 'a' | Group-Object -NoElement)[0].psobject.Properties['Group'].Value | Should -BeNullOrEmpty
    }

    It 'Measure-Object counts and sums' {
        (1..4 | Measure-Object).Count | Should -Be 4
        ($people | Measure-Object -Property Age -Sum).Sum | Should -Be 139
        $all = 1..4 | Measure-Object -Average -Minimum -Maximum
        $all.Average, $all.Minimum, $all.Maximum | Should -Be 2.5, 1, 4
    }
}

Describe 'Files' {
    It 'Get-ChildItem gives files and folders, by filter, kind and depth' {
        (Get-ChildItem -Path $root).Name | Sort-Object | Should -Be 'a.txt', 'b[1].json', 'sub'
        Get-ChildItem -Path $root -Filter *.txt | Should -BeOfType ([IO.FileInfo])
        (Get-ChildItem $root -File -Recurse -Filter *.txt).Name | Sort-Object | Should -Be 'a.txt', 'c.txt'
        (Get-ChildItem $root -Directory).Name | Should -Be 'sub'
    }

    It 'Get-ChildItem of what is not there is an error that goes on' {
        $found = Get-ChildItem ([IO.Path]::Combine($root, 'none')), $root -Filter a.txt -ErrorVariable problems 2>$null
        $found.Name | Should -Be 'a.txt'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound*'
    }

    It 'Get-Content gives lines that know their file, or all text' {
        $path = [IO.Path]::Combine($root, 'a.txt')
        $lines = Get-Content $path
        $lines | Should -Be 'one', 'two'
        $lines[0].PSPath | Should -BeLike "*$path"
        Get-Content -Path $path -Raw | Should -BeExactly "one`ntwo`n"
        Get-Content -LiteralPath ([IO.Path]::Combine($root, 'b[1].json')) | Should -Be '{}'
        Get-ChildItem $root -Filter *.json | Get-Content | Should -Be '{}'
        { Get-Content ([IO.Path]::Combine($root, 'none')) -ErrorAction Stop } | Should -Throw '*does not exist*'
    }

    It 'items are made, written, copied, tested and removed' {
        $folder = (New-Item ([IO.Path]::Combine($TestDrive, 'made', 'deep')) -ItemType Directory -Force).FullName
        $file = Join-Path $folder 'f.txt'
        Set-Content $file 'a', 'b'
        'c' | Add-Content $file
        Get-Content $file | Should -Be 'a', 'b', 'c'
        Copy-Item $file (Join-Path $folder 'g.txt')
        Test-Path (Join-Path $folder 'g.txt') -PathType Leaf | Should -BeTrue
        Test-Path $folder -PathType Leaf | Should -BeFalse
        Remove-Item $folder -Recurse
        Test-Path $folder | Should -BeFalse
    }

    It 'paths are joined and split' {
        Join-Path 'a' 'b' | Should -Be ([IO.Path]::Combine('a', 'b'))
        Split-Path ([IO.Path]::Combine('a', 'b.txt')) -Leaf | Should -Be 'b.txt'
        Split-Path ([IO.Path]::Combine('a', 'b.txt')) | Should -Be 'a'
    }

    It 'the location is set, and given' {
        $before = Get-Location
        try {
            Set-Location $root
            (Get-Location).ProviderPath | Should -Be $root
            Test-Path 'a.txt' | Should -BeTrue
        }
        finally { Set-Location $before }
    }
}

Describe 'Writing' {
    It 'Write-Output enumerates, or not' {
        Write-Output 1, 2 | ForEach-Object { "<$_>" } | Should -Be '<1>', '<2>'
        Write-Output 1, 2 -NoEnumerate | ForEach-Object { "<$_>" } | Should -Be '<1 2>'
    }

    It 'Write-Error has the message and id it is given' {
        $record = { Write-Error 'broken' -ErrorId 'Mine' -ErrorAction Stop } | Should -Throw -PassThru
        $record.FullyQualifiedErrorId | Should -BeLike 'Mine*'
        $record.Exception.Message | Should -Be 'broken'
    }

    It 'the other streams get what they are sent' {
        (Write-Warning 'w' 3>&1).Message | Should -Be 'w'
        (Write-Verbose 'v' -Verbose 4>&1).Message | Should -Be 'v'
        (Write-Host 'h' 6>&1).MessageData.Message | Should -Be 'h'
        Write-Verbose 'v' 4>&1 | Should -BeNullOrEmpty
    }
}

Describe 'Formatting' {
    It 'Format-Table and Format-List are the engine''s' {
        $table = $people | Format-Table Name, Age | Out-String
        $table | Should -Match '(?s)Name Age\s+-+ -+\s+Cy +30'
        $people[0] | Format-List Age | Out-String | Should -Match 'Age : 30'
        $people | Out-String -Stream | Where-Object { $_ -match 'Cy' } | Should -HaveCount 1
    }
}

Describe 'CSV' {
    It 'has a column for each property of the first object, and quotes' {
        $rows = [pscustomobject]@{ Name = 'a "b"'; Age = 3 }, [pscustomobject]@{ Name = $null; Age = 4 }
        @($rows | ConvertTo-Csv) -join "`n" | Should -Be ('"Name","Age"', '"a ""b""","3"', ',"4"' -join "`n")
        $file = [IO.Path]::Combine($TestDrive, 'rows.csv')
        $rows | Export-Csv $file
        @(Get-Content $file) | Should -HaveCount 3
    }
}

Describe 'ConvertTo-Json' {
    It 'writes dictionaries, objects, lists and values, in one line with -Compress' {
        $value = [ordered]@{ text = 'a "b" <c> ü'; number = 1.5; yes = $true; nothing = $null; day = [System.DayOfWeek]::Monday; list = 1, 'x'; object = [pscustomobject]@{ a = 1 } }
        $value | ConvertTo-Json -Compress | Should -BeExactly '{"text":"a \"b\" <c> ü","number":1.5,"yes":true,"nothing":null,"day":1,"list":[1,"x"],"object":{"a":1}}'
        ConvertTo-Json -InputObject ([datetime]::new(2026, 11, 1, 2, 3, 4, [System.DateTimeKind]::Utc)) | Should -BeExactly '"2026-11-01T02:03:04Z"'
    }

    It 'writes what several objects are as a list, and one as itself' {
        1, 2 | ConvertTo-Json -Compress | Should -BeExactly '[1,2]'
        , 1 | ConvertTo-Json -Compress | Should -BeExactly '1'
    }

    It 'writes the text of what is deeper than -Depth' {
        $deep = @{ a = @{ b = @{ c = @{ d = 1 } } } }
        $deep | ConvertTo-Json -Compress -WarningAction Ignore | Should -BeExactly '{"a":{"b":{"c":"System.Collections.Hashtable"}}}'
        $deep | ConvertTo-Json -Compress -Depth 3 | Should -BeExactly '{"a":{"b":{"c":{"d":1}}}}'
    }
}

Describe 'Invoke-RestMethod' {
    It 'fails where nobody listens, and can be caught' {
        $free = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $free.Start()
        $port = $free.LocalEndpoint.Port
        $free.Stop()
        { Invoke-RestMethod -Uri "http://127.0.0.1:$port/" -Method Post -Body '{}' -TimeoutSec 5 } | Should -Throw
    }
}

Describe 'The engine' {
    It 'completes, gives help, and imports a module made of text' {
        $completion = [Management.Automation.CommandCompletion]::CompleteInput('Get-Modul', 9, $null)
        $completion.CompletionMatches.CompletionText | Should -Contain 'Get-Module'
        Get-Help Get-Module | Out-String | Should -Match 'Get-Module'
        $module = [IO.Path]::Combine($TestDrive, 'Tiny.psm1')
        [IO.File]::WriteAllText($module, 'function Get-Tiny { "tiny" }')
        Import-Module $module
        try { Get-Tiny | Should -Be 'tiny' } finally { Remove-Module Tiny }
    }
}

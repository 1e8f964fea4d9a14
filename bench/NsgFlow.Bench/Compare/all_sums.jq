# What file_sums.jq found, of all files together.
(map(.tuples) | add) as $tuples
| reduce (.[].sums | to_entries[]) as $one ({}; setpath([$one.key]; getpath([$one.key]) + $one.value))
| "answer \($tuples) \(length) \(add) \([.[]] | max)"

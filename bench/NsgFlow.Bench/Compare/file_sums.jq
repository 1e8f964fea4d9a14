# Bytes by source address of one file. setpath, since += copies the whole object each time in jq 1.6.
[.records[].properties.flows[].flows[].flowTuples | length] as $lengths
| {tuples: ($lengths | add), sums: (reduce (.records[].properties.flows[].flows[].flowTuples[] | split(",")) as $f
    ({}; setpath([$f[1]]; getpath([$f[1]]) + ($f[10] | if . == "" then 0 else tonumber end) + ($f[12] | if . == "" then 0 else tonumber end))))}

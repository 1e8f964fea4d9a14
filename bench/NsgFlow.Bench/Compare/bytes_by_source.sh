#!/bin/sh
# Bytes by source address of all files of a folder with jq: folder, how many at a time. Each file is added up by a jq of its own, and another
# adds up what they found; they write to files, since lines of programs that share a pipe can mix.
set -eu
here=$(dirname "$0")
sums=$(mktemp -d)
trap 'rm -rf "$sums"' EXIT
find "$1" -name '*.json' -print0 | xargs -0 -n 1 -P "$2" sh -c 'jq -c -f "$0" "$2" > "$(mktemp "$1/XXXXXX")"' "$here/file_sums.jq" "$sums"
cat "$sums"/* | jq -rs -f "$here/all_sums.jq"

#!/bin/sh
# Runs Core's unit tests for .NET Framework under Mono. Needs mono-runtime and libmono-system-xml-linq4.0-cil (Debian).
# xunit asks for the facades (System.Runtime and others), which Debian packs in mono-devel only; its 145 dependencies are not
# needed, so the package is just unpacked. Ends with 77 when they cannot be had: the tests are then skipped.
# Arguments go to the runner: run.sh -xml results.xml, run.sh -class NsgFlow.Unit.Reading.BlobFeedTests
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$root/out/artifacts/bin/NsgFlow.Unit.Framework/debug
facades=/usr/lib/mono/4.5/Facades
if [ ! -d "$facades" ]; then
    facades=$root/out/mono/usr/lib/mono/4.5/Facades
    if [ ! -d "$facades" ]; then
        mkdir -p "$root/out/mono"
        (cd "$root/out/mono" && apt-get -q download mono-devel && dpkg -x mono-devel_*.deb . && rm mono-devel_*.deb) || {
            echo "Mono's facades are neither in $facades nor to be had with apt-get." >&2
            exit 77
        }
    fi
fi
dotnet build "$root/tests/Unit.Framework" -v quiet -nologo -clp:NoSummary
MONO_PATH=$facades exec mono "$bin/xunit.console.exe" "$bin/NsgFlow.Unit.dll" -parallel none -noappdomain "$@"

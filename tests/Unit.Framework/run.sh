#!/bin/sh
# Runs Core's unit tests for .NET Framework under Mono. Needs mono-runtime and libmono-system-xml-linq4.0-cil (Debian).
# xunit asks for the facades (System.Runtime and others), which Debian packs in mono-devel only; its 145 dependencies are not
# needed, so the package is just unpacked.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
bin=$root/out/artifacts/bin/NsgFlow.Unit.Framework/debug
facades=/usr/lib/mono/4.5/Facades
if [ ! -d "$facades" ]; then
    facades=$root/out/mono/usr/lib/mono/4.5/Facades
    if [ ! -d "$facades" ]; then
        mkdir -p "$root/out/mono"
        (cd "$root/out/mono" && apt-get -q download mono-devel && dpkg -x mono-devel_*.deb . && rm mono-devel_*.deb)
    fi
fi
dotnet build "$root/tests/Unit.Framework" -v quiet
MONO_PATH=$facades exec mono "$bin/xunit.console.exe" "$bin/NsgFlow.Unit.dll" -parallel none -noappdomain "$@"

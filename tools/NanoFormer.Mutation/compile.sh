#!/usr/bin/env bash
# compile.sh PROJECT TESTS: compiles a C# project as its build does, without analyzers, and puts the assembly beside the tests that were built.
set -euo pipefail

project=$1 tests=$(realpath "$2/bin/Release/net10.0") name=$(basename "$1")
arguments=$PWD/build/mutant/$name.rsp compiler=$PWD/build/mutant/compiler

# The build's own command line, once.
if [[ ! -f $arguments ]]; then
    mkdir -p build/mutant
    command=$(dotnet build "$project" -c Release --no-restore --no-dependencies --no-incremental -v:detailed | grep -m 1 'csc.dll')
    sed 's/.*exec "\?\([^" ]*csc.dll\).*/\1/' <<<"$command" >"$compiler"
    sed 's/.*csc.dll"\? *//; s/\/noconfig//' <<<"$command" >"$arguments"
fi
cd "$project"
dotnet "$(<"$compiler")" -noconfig -shared -skipanalyzers+ -warnaserror- "@$arguments" -warnaserror- "-out:$tests/$name.dll" >/dev/null

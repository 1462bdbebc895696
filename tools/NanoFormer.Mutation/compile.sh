#!/usr/bin/env bash
# compile.sh PROJECT TESTS: compiles a C# project as its build does, without analyzers, and puts the assembly beside the tests that were built.
set -euo pipefail

# In that project: FILE may name a source of another one.
if [[ $FILE != "$1"/* ]]; then exit 0; fi

tests=$(realpath "$2/bin/Release/net10.0")
arguments=$PWD/build/mutant/$(basename "$1").rsp
cd "$1"

# The build's own command line, once.
if [[ ! -f $arguments ]]; then
    mkdir -p "$(dirname "$arguments")"
    dotnet build -c Release --no-restore --no-dependencies --no-incremental -v:detailed | grep -m 1 ' /noconfig ' >"$arguments.line"
    sed 's/.* \/noconfig //; s/ \/warnaserror+[^ ]*//g' "$arguments.line" >"$arguments"
fi
read -r compiler _ <"$arguments.line"
"$compiler" -noconfig -shared -skipanalyzers+ "@$arguments" >/dev/null
cp obj/Release/net10.0/"$(basename "$(ls -t obj/Release/net10.0/NanoFormer.*.dll | head -n 1)")" "$tests/"

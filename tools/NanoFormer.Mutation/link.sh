#!/usr/bin/env bash
# link.sh FILE LIBRARY TEST...: compiles one source of a library, and links the tests of the host build with it in place of the library's own.
# Warnings are off: a fault may leave a function unused.
set -euo pipefail

built=build/native/host
mkdir -p build/mutant
gcc -O1 -w -std=c11 -Inative-interop/include -c "$1" -o build/mutant/source.o
for test in "${@:3}"; do
    name=$(basename "$test")
    mapfile -t objects < <(find "$built/tests/$(dirname "$test")/CMakeFiles/$name.dir" -name '*.o')
    gcc -o "build/mutant/$name" build/mutant/source.o "${objects[@]}" "$built/$2"
done

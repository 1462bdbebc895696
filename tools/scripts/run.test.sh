#!/usr/bin/env bash
# ./run on machines that lack things: a PATH with only the named tools on it, and a stand-in for id and apt-get.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

# machine TOOL...: forgets the last machine, sets up one with these tools that succeed at everything.
machine() {
    local tool
    rm -rf "${stage:?}/bin" "$stage/calls"
    mkdir "$stage/bin"
    for tool in sort mkdir dirname basename cat sed xargs; do
        ln -s "$(command -v "$tool")" "$stage/bin/$tool"
    done
    for tool in "$@"; do
        stand_in "$tool" 'exit 0'
    done
}

# stand_in TOOL BODY
stand_in() {
    printf '#!%s\n%s\n' "$BASH" "$2" >"$stage/bin/$1"
    chmod +x "$stage/bin/$1"
}

# need ARGUMENT...: on that machine, what ./run does before it builds for a command line of the CLI.
need() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    "$BASH" -euc '
        root=$1 PATH=$2 && shift 2
        for part in steps packages commands native; do source "$root/tools/scripts/$part.sh"; done
        logs=${PATH%/bin}/logs
        require_packages $(tools_for $(presets_for "$@"))' need "$root" "$stage/bin" "$@" >"$stage/said" 2>&1
}

# run ARGUMENT...: ./run itself on that machine.
run() {
    PATH=$stage/bin "$BASH" "$root/run" "$@" >"$stage/said" 2>&1
}

# chosen PART...: what './run test PART...' would do.
chosen() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    "$BASH" -euc '
        root=$1 && shift
        for part in steps packages commands native dotnet test; do source "$root/tools/scripts/$part.sh"; done
        with_solution=false with_format=false with_scripts=false presets=() projects=()
        choose_parts "$@"
        echo "format $with_format, scripts $with_scripts, solution $with_solution, native ${presets[*]}, dotnet ${projects[*]}."
        ' chosen "$root" "$@" >"$stage/said" 2>&1
}

# expect TITLE COMMAND...
expect() {
    local title=$1
    shift
    if ! "$@"; then
        echo "not so: $title"
        cat "$stage/said"
        exit 1
    fi
    echo "ok: $title"
}

says() {
    grep -qF -- "$1" "$stage/said"
}

machine cmake ninja gcc g++
expect 'a complete machine is left alone' need demo --core host
expect 'and nothing is said' test ! -s "$stage/said"

machine
expect 'the C# reference core needs nothing' need demo --core reference
expect 'and neither does help' need bench --help

machine cmake apt-get gcc g++
stand_in id 'echo 1000'
expect 'without root it stops' eval '! need demo --core=cortex-m4'
expect 'and gives the command' says \
    'sudo apt-get update && sudo apt-get install -y gcc-arm-none-eabi libnewlib-arm-none-eabi ninja-build qemu-system-arm'

machine cmake ninja gcc g++ arm-none-eabi-gcc qemu-system-arm
stand_in arm-none-eabi-gcc 'exit 1'
stand_in apt-get "echo \"\$*\" >>$stage/calls"
stand_in id 'echo 0'
expect 'root installs' need demo
expect 'the C library that the compiler lacks, and nothing else' \
    grep -qx -- '-o DPkg::Lock::Timeout=600 install -y --no-install-recommends libnewlib-arm-none-eabi' "$stage/calls"
expect 'and waits for another apt before it reads the lists' grep -qx -- '-o DPkg::Lock::Timeout=600 update' "$stage/calls"

machine cmake ninja gcc g++ arm-none-eabi-gcc qemu-system-arm
stand_in apt-get "echo \"\$*\" >>$stage/calls"
stand_in id 'echo 0'
expect 'the benchmark needs every core' need bench
expect 'RISC-V and Xtensa, too' grep -q -- \
    '--no-install-recommends picolibc-riscv64-unknown-elf qemu-system-riscv32 qemu-system-xtensa gcc-riscv64-unknown-elf gcc-xtensa-lx106' "$stage/calls"

stand_in apt-get 'exit 100'
expect 'a failed installation stops it' eval '! need bench'

machine cmake ninja
expect 'without apt-get it stops' eval '! need personalize model'
expect 'and names the tools' says 'missing: g++ gcc libc.'

machine
stand_in id 'echo 0'
for tool in apt-get dotnet cmake; do
    stand_in "$tool" "echo \"$tool \$*\" >>$stage/calls"
done
expect 'a misspelt command fails' eval '! run benhc'
expect 'by its name' says "there is no command 'benhc'"
expect 'so does a misspelt test' eval '! run test nativ'
expect 'by its name, too' says "there is no test 'nativ'"
expect './run test --help shows help' run test --help
expect 'on the parts' says 'PRESET       one of host '
expect 'none of them installed or built a thing' test ! -e "$stage/calls"

expect 'without a part everything is tested' chosen
expect 'format and scripts' says 'format true, scripts true, solution true, native host host-sanitize'
expect 'and every project' says 'NanoFormer.Training.Tests.'
expect 'parts add up' chosen native Model
expect 'to suites and projects' says 'rv32'
expect 'and to no others' says 'dotnet NanoFormer.Model.Tests.'
expect 'a preset is a part' chosen cortex-m4 NanoFormer.Cli.Tests
expect 'by itself' says 'format false, scripts false, solution false, native cortex-m4, dotnet NanoFormer.Cli.Tests.'

# Two builds at once, with the real tools of this machine.
two_builds() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    "$BASH" -euc '
        root=$1 logs=$1/logs
        source "$2/tools/scripts/steps.sh"
        for _ in 1 2; do locked "$BASH" -c "echo begin; sleep 0.3; echo end" & done
        wait' two_builds "$stage" "$root" >"$stage/said" 2>&1
    [[ $(grep -v waiting "$stage/said" | tr '\n' ' ') == 'begin end begin end ' ]]
}

if command -v flock >/dev/null; then
    expect 'builds of one clone follow each other' two_builds
fi

# Words that the project does not use: "again" and a number say it better. The brackets keep this file out of the list.
plain_words() {
    ! grep -rnwIE --exclude-dir={.git,build,bin,obj} '[Aa]ne[w]|[Ss]o man[y]|[Ff]or eve[r]' "$root" >"$stage/said"
}

expect 'the texts are in plain words' plain_words

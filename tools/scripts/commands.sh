# shellcheck shell=bash disable=SC2154 # sourced by ./run
# The commands of the CLI: name | native presets it needs ("cores": every emulated core) | what it does.

commands=(
    'demo             | host cortex-m4           | replay a recording through the simulated board and the emulated core'
    'bench            | host cores               | instructions and memory of each model on each emulated core'
    'new              | host cortex-m4 cortex-m7 | from a folder of recordings to a trained and judged model: proposes everything'
    'train            | host                     | train a model and write its image'
    'personalize      | host                     | fit a model to its wearer, from the wearer'"'"'s own recordings'
    'search           | host cortex-m4 cortex-m7 | find an architecture that fits a device'"'"'s flash, memory and time'
    'evaluate         | host cortex-m4 cortex-m7 | accuracy, robustness, costs and readiness of a model, as tables, JSON or a page'
    'inspect          | host cortex-m4 cortex-m7 | show what a model image holds, and what packing it costs and saves'
    'pack             | host cortex-m4           | add the weights as the dsp kernels read them: more flash, fewer cycles'
    'data             |                          | import, inspect, split and window recordings'
    'monitor          |                          | read devices'"'"' logs from a port, a file or a socket, in a terminal or on a page'
    'energy           |                          | energy per inference, measured, out of an instrument'"'"'s recording'
    'dut              | host cortex-m4           | a device under test for MLPerf Tiny'"'"'s runner, on a pseudo-terminal'
    'benchmark-device |                          | run a device under test by MLPerf Tiny'"'"'s rules, over its serial port'
    'export           |                          | ONNX, TFLite, C arrays or a library of a model'
    'import           |                          | a network of ONNX or safetensors'
    'nfproj           |                          | check the nanoFramework projects, and build them where that can be done'
    'flash            |                          | write a model and an application to a board'
)

is_command() {
    local line
    for line in "${commands[@]}"; do
        if [[ $line =~ ^"$1"[[:space:]]+\| ]]; then return 0; fi
    done
    return 1
}

# presets_of COMMAND: the native presets it needs unless told which core to use.
presets_of() {
    local line presets
    for line in "${commands[@]}"; do
        if [[ $line =~ ^"$1"[[:space:]]+\| ]]; then
            presets=${line#*|}
            presets=${presets%%|*}
            # shellcheck disable=SC2086 # without the blanks around it
            echo ${presets/cores/${native_cores[*]}}
        fi
    done
}

list_commands() {
    local line name
    for line in "${commands[@]}"; do
        name=${line%%|*}
        printf '  ./run %-16s %s\n' "${name// /}" "${line##*| }"
    done
}

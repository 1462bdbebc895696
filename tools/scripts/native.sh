# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# The C engine, by CMake preset: host... for this machine, the cores for QEMU.

native_cores=(cortex-m4 cortex-m7 cortex-m33 cortex-m55 rv32 xtensa)

native_sources=(native-interop tests/native)

native_dir() {
    echo "$root/build/native/$1"
}

# presets_for ARGUMENT...: the presets that a command line of the CLI needs. The C# reference core needs none.
presets_for() {
    local presets core='' previous='' argument
    presets=$(presets_of "$1")
    for argument in "$@"; do
        case "$argument" in
            -h | -\? | --help | --version) return ;;
            --core=*) core=${argument#--core=} ;;
            --board | --board=*) if [[ $1 == train ]]; then presets+=' cortex-m4 cortex-m7'; fi ;; # packing for a board is chosen by counting
        esac
        if [[ $previous == --core ]]; then core=$argument; fi
        previous=$argument
    done

    if [[ -z $presets || $core == reference ]]; then return; fi
    case " host ${native_cores[*]} " in
        *" ${core:-none} "*) echo host "${core#host}" ;;
        *) echo "$presets" ;;
    esac
}

# build_native PRESET...: builds what is out of date.
build_native() {
    local preset
    for preset in "$@"; do
        if ! is_built "$(native_dir "$preset")/sources.stamp" "${native_sources[@]}"; then
            step "Building the engine for $preset" locked build_preset "$preset" || die "the engine did not build"
        fi
    done
}

build_preset() {
    local dir checksum
    dir=$(native_dir "$1")
    checksum=$(checksum_of "${native_sources[@]}")
    cmake -S "$root/native-interop" --preset "$1" && cmake --build "$dir" && echo "$checksum" >"$dir/sources.stamp"
}

# P/Invoke loads the library named by NANOFORMER_NATIVE.
use_host_library() {
    local extension=so
    if [[ $OSTYPE == darwin* ]]; then extension=dylib; fi
    NANOFORMER_NATIVE="$(native_dir host)/libnanoformer.$extension"
    export NANOFORMER_NATIVE
}

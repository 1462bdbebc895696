# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# What must be on the machine: found by its commands, installed with apt-get when root, otherwise named.

# tools_for PART...: the tools that native presets (host*, cortex-*, rv32, xtensa), test projects and "format" need, one per line.
tools_for() {
    local part
    for part in "$@"; do
        case "$part" in
            host-fuzz) printf '%s\n' cmake ninja clang libc fuzzer ;;
            host*) printf '%s\n' cmake ninja gcc g++ libc ;;
            cortex-*) printf '%s\n' cmake ninja arm-none-eabi-gcc newlib qemu-system-arm ;;
            xtensa) printf '%s\n' cmake ninja xtensa-lx106-elf-gcc qemu-system-xtensa ;;
            rv32) printf '%s\n' cmake ninja riscv64-unknown-elf-gcc picolibc qemu-system-riscv32 ;;
            format) printf '%s\n' clang-format ;;
            NanoFormer.Search.Tests) printf '%s\n' postgresql ;;
            NanoFormer.Monitor.Tests) printf '%s\n' lnav chromium ;;
        esac
    done | sort -u
}

has_tool() {
    case "$1" in
        libc) compiles gcc ;;
        newlib) compiles arm-none-eabi-gcc ;;
        picolibc) compiles riscv64-unknown-elf-gcc --specs=picolibc.specs ;;
        fuzzer) links_fuzzer ;;
        postgresql) compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ;; # Debian keeps it out of the PATH
        *) command -v "$1" >/dev/null ;;
    esac
}

# A compiler may stand there without its C library.
compiles() {
    "$@" -fsyntax-only -x c - <<<'#include <string.h>' 2>/dev/null
}

# Clang comes without its sanitizers and libFuzzer.
links_fuzzer() {
    clang -fsanitize=fuzzer,address -x c -o /dev/null - <<<'int LLVMFuzzerTestOneInput(void) { return 0; }' 2>/dev/null
}

# The Debian package that brings a tool.
package_of() {
    case "$1" in
        ninja) echo ninja-build ;;
        libc) echo libc6-dev ;;
        newlib) echo libnewlib-arm-none-eabi ;;
        arm-none-eabi-gcc) echo gcc-arm-none-eabi ;;
        riscv64-unknown-elf-gcc) echo gcc-riscv64-unknown-elf ;;
        xtensa-lx106-elf-gcc) echo gcc-xtensa-lx106 ;;
        picolibc) echo picolibc-riscv64-unknown-elf ;;
        fuzzer) echo libclang-rt-dev ;;
        *) echo "$1" ;;
    esac
}

# require_packages TOOL...: returns when every tool is there, installs those that are not, or says how to.
require_packages() {
    local tool missing=() packages=()
    for tool in "$@"; do
        if ! has_tool "$tool"; then
            missing+=("$tool")
            packages+=("$(package_of "$tool")")
        fi
    done
    if ((${#missing[@]} == 0)); then
        return
    fi

    if ! command -v apt-get >/dev/null; then
        die "missing: ${missing[*]}. Install them with this system's package manager."
    fi
    if [[ $(id -u) != 0 ]]; then
        die "missing: ${missing[*]}. Install them with
  sudo apt-get update && sudo apt-get install -y ${packages[*]}"
    fi
    step "Installing ${packages[*]}" install_packages "${packages[@]}" || die "the packages could not be installed"
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    # Another apt may be at work.
    apt-get -o DPkg::Lock::Timeout=600 update && apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "$@"
}

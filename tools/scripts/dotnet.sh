# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# The .NET side: the SDK, the CLI and the solution, always in Release.

framework=net10.0
cli="$root/tools/NanoFormer.Cli/bin/Release/$framework/nanoformer.dll"
cli_stamp="$root/build/cli.stamp"
cli_sources=(tools firmware sensors nfproj Directory.Build.props Directory.Build.targets Directory.Packages.props .editorconfig)

require_dotnet() {
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
    # dotnet-install.sh puts it there.
    if ! command -v dotnet >/dev/null && [[ -x ${HOME:-}/.dotnet/dotnet ]]; then
        PATH="$HOME/.dotnet:$PATH"
    fi
    if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
        die "the .NET SDK 10.0 is needed. Install it from https://dotnet.microsoft.com/download/dotnet/10.0, or with
  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
    fi
    # Without ICU the SDK starts only when told that no culture matters, and none does here.
    if ! /sbin/ldconfig -p 2>/dev/null | grep -q libicuuc; then
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    fi
}

build_cli() {
    if [[ ! -f $cli ]] || ! is_built "$cli_stamp" "${cli_sources[@]}"; then
        step "Building the .NET tools" locked build_dotnet "$root/tools/NanoFormer.Cli" || die "the .NET tools did not build"
    fi
}

# build_dotnet PROJECT: builds a project that is, or includes, the CLI.
build_dotnet() {
    local checksum
    checksum=$(checksum_of "${cli_sources[@]}")
    dotnet build "$1" -c Release -v quiet -clp:NoSummary && echo "$checksum" >"$cli_stamp"
}

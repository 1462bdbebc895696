# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# Whether sources changed since they were built, by their content: quicker than asking 'dotnet build' or CMake.

# checksum_of PATH...: over all files below these paths of the repository, build outputs excepted.
checksum_of() {
    (
        cd "$root" || exit
        find "$@" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum
    )
}

# is_built STAMP PATH...
is_built() {
    local stamp=$1
    shift
    [[ -f $stamp && $(checksum_of "$@") == "$(<"$stamp")" ]]
}

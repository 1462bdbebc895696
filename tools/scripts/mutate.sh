# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# ./run mutate: faults put into a copy of the tree, and whether the tests notice them (tools/NanoFormer.Mutation).

run_mutation() {
    local tree="$root/build/mutate"
    case "${1:-}" in
        -h | --help | help)
            mutate_usage
            return
            ;;
    esac
    require_dotnet
    # shellcheck disable=SC2046 # a list of words
    require_packages $(tools_for host)
    step "Building the corpus" make_corpus || die "the corpus could not be made"
    step "Copying the tree" copy_tree "$tree" || die "the tree could not be copied"
    step "Preparing the copy" prepare_copy "$tree" || die "the copy does not build"
    dotnet run --project "$root/tools/NanoFormer.Mutation" -c Release -- "$tree" "$@"
}

mutate_usage() {
    cat <<TEXT
Usage: ./run mutate [TARGET...]      without a target: all of tools/NanoFormer.Mutation/targets.json

Puts one small fault after another into a copy of the code, and tells which of them no test notices. Takes up to half an hour.
TEXT
}

# copy_tree TO: the files of the repository and the corpus; files that did not change keep their time, so that little is built again.
copy_tree() {
    mkdir -p "$1/build"
    (cd "$root" && git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from - --ignore-failed-read) |
        tar --extract --directory "$1"
    cp -r "$root/build/corpus" "$1/build/"
}

prepare_copy() {
    rm -rf "$1/build/mutant"
    cmake -S "$1/native-interop" -B "$1/build/native/host" --preset host && cmake --build "$1/build/native/host"
    local project
    for project in Firmware Data; do
        dotnet build "$1/tests/host/NanoFormer.$project.Tests" -c Release -v quiet -clp:NoSummary
    done
}

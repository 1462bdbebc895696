# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# ./run mutate: faults put into a copy of the tree, and whether the tests notice them (tools/NanoFormer.Mutation).

run_mutation() {
    local tree="$root/build/mutate"
    require_dotnet
    case " $* " in
        *' --help '* | *' -h '* | ' help ')
            dotnet run --project "$root/tools/NanoFormer.Mutation" -c Release -- --help
            return
            ;;
    esac
    mkdir -p "$root/build"
    (
        flock -n 9 || die "another './run mutate' has the copy in build/mutate"
        # shellcheck disable=SC2046 # a list of words
        require_packages $(tools_for host)
        step "Building the corpus" locked make_corpus || die "the corpus could not be made"
        step "Copying the tree" locked copy_tree "$tree" || die "the tree could not be copied"
        step "Preparing the copy" locked prepare_copy "$tree" || die "the copy does not build"
        dotnet run --project "$root/tools/NanoFormer.Mutation" -c Release -- --tree "$tree" "$@" 9>&-
    ) 9>"$tree.lock"
}

# copy_tree TO: the files of the repository and the corpus; files that did not change keep their time, so that little is built again.
copy_tree() {
    mkdir -p "$1/build"
    list_sources | LC_ALL=C sort -z >"$1/build/sources.new"
    if [[ -f $1/build/sources ]]; then
        LC_ALL=C comm -z -23 "$1/build/sources" "$1/build/sources.new" | (cd "$1" && xargs -0 -r rm -f)
    fi
    tar --create --directory "$root" --null --files-from "$1/build/sources.new" | tar --extract --directory "$1"
    mv "$1/build/sources.new" "$1/build/sources"
    cp -r "$root/build/corpus" "$1/build/"
}

# The files of the repository that are there, committed or not, each ended by a zero.
list_sources() {
    local file
    (cd "$root" && git ls-files -z --cached --others --exclude-standard) | while IFS= read -r -d '' file; do
        if [[ -e $root/$file ]]; then printf '%s\0' "$file"; fi
    done
}

prepare_copy() {
    rm -rf "$1/build/mutant"
    cmake -S "$1/native-interop" -B "$1/build/native/host" --preset host && cmake --build "$1/build/native/host" || return
    local project
    for project in Firmware Data; do
        dotnet build "$1/tests/host/NanoFormer.$project.Tests" -c Release -v quiet -clp:NoSummary || return
    done
}

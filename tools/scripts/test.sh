# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# ./run test: every check and every test suite, or the named ones, a table of counts, and "N passed, N failed" as the last line.

native_suites=(host host-sanitize host-thread host-fuzz "${native_cores[@]}")
results="$root/build/test"
table='' failures='' total_passed=0 total_failed=0 total_skipped=0

run_tests() {
    case "${1:-}" in
        -h | --help | help)
            test_usage
            return
            ;;
    esac
    local with_solution=false with_format=false with_scripts=false presets=() projects=()
    choose_parts "$@"

    require_dotnet
    local format=()
    if $with_format; then format=(format); fi
    # shellcheck disable=SC2046 # a list of words
    require_packages $(tools_for "${format[@]}" "${presets[@]}" $(engines_for_dotnet) "${projects[@]}")
    rm -rf "$results"
    mkdir -p "$results"

    local built=true
    if $with_solution; then
        check "build: .NET" locked build_dotnet "$root/NanoFormer.slnx" || built=false
    fi
    if $with_format; then
        check "format: C# layout" dotnet format whitespace "$root/NanoFormer.slnx" --no-restore --verify-no-changes || true
        check "format: C" check_c_format || true
    fi
    if $with_scripts; then
        check "scripts" "$root/tools/scripts/run.test.sh" || true
    fi
    if $built && ((${#presets[@]} > 0)); then
        check "corpus" make_corpus || true
    fi
    test_native
    if $built; then
        test_dotnet
    fi
    summarize
}

test_usage() {
    cat <<TEXT
Usage: ./run test [PART...]      without a part: everything

  native       the native tests, on this machine and on each emulated core
  dotnet       the .NET tests
  format       the layout of C# and C
  scripts      the tests of ./run
  PRESET       one of ${native_suites[*]}
  PROJECT      one of $(all_test_projects | sed 's/^NanoFormer[.]//; s/[.]Tests$//' | xargs)
TEXT
}

all_test_projects() {
    local project
    for project in "$root"/tests/host/*/*.csproj; do
        basename "$project" .csproj
    done
}

# choose_parts PART...: sets the variables of run_tests, or stops at a name it does not know.
choose_parts() {
    local part
    if (($# == 0)); then set -- format scripts native dotnet; fi
    for part in "$@"; do
        case "$part" in
            format) with_format=true with_solution=true ;;
            scripts) with_scripts=true ;;
            native) presets+=("${native_suites[@]}") ;;
            dotnet) with_solution=true && mapfile -t projects < <(all_test_projects) ;;
            *) choose_suite "$part" ;;
        esac
    done
}

# choose_suite NAME: a native preset or a test project, which may go without "NanoFormer." and ".Tests".
choose_suite() {
    local name=${1#NanoFormer.}
    name=${name%.Tests}
    if [[ -f $root/tests/host/NanoFormer.$name.Tests/NanoFormer.$name.Tests.csproj ]]; then
        projects+=("NanoFormer.$name.Tests")
    elif [[ " ${native_suites[*]} " == *" $1 "* ]]; then
        presets+=("$1")
    else
        die "there is no test '$1'. './run test --help' lists them."
    fi
}

# The engines that .NET tests run.
engines_for_dotnet() {
    if ((${#projects[@]} > 0)); then echo host "${native_cores[@]}"; fi
}

check_c_format() {
    find "$root/native-interop" "$root/tests/native" \( -name '*.[ch]' -o -name '*.cpp' \) -print0 |
        xargs -0 clang-format --dry-run -Werror
}

# Model images, damaged images and expected outputs that the native tests read.
make_corpus() {
    dotnet run --project "$root/tests/corpus" -c Release -- "$root/build/corpus"
}

# Of the chosen presets.
test_native() {
    local preset junit status
    for preset in "${presets[@]}"; do
        junit="$results/native-$preset.xml"
        check "build: engine, $preset" locked build_preset "$preset" || continue
        status=0
        step "native: $preset" ctest --test-dir "$(native_dir "$preset")" --output-on-failure --no-tests=error \
            --timeout 1200 --parallel 2 --output-junit "$junit" || status=$?
        count_junit "native: $preset" "$junit" "$status"
    done
}

# Of the chosen projects.
test_dotnet() {
    local preset name trx status
    export DOTNET_TieredPGO=0 # most processes end before what their code was seen to do pays: a fifth less processor time
    for preset in $(engines_for_dotnet); do
        if [[ " ${presets[*]} " != *" $preset "* ]]; then
            check "build: engine, $preset" locked build_preset "$preset" || true
        fi
    done
    use_host_library
    for name in "${projects[@]}"; do
        if ! $with_solution; then
            check "build: $name" locked dotnet build "$root/tests/host/$name" -c Release -v quiet -clp:NoSummary || continue
        fi
        trx="$results/$name.trx"
        status=0
        step "$name" dotnet test "$root/tests/host/$name/bin/Release/$framework/$name.dll" --logger "trx;LogFileName=$trx" \
            --blame-hang-timeout 20m --blame-hang-dump-type none --results-directory "$results" || status=$?
        count_trx "$name" "$trx" "$status"
    done
}

# check SUITE COMMAND...: a step that counts as one test.
check() {
    if step "$@"; then
        record "$1" 1 0 0 0
        return
    fi
    record "$1" 0 1 0 1
    note_failure "$1" "$1"
    return 1
}

# count_junit SUITE FILE STATUS: CTest's JUnit file has counts in its head, status="fail" on each test that failed.
count_junit() {
    local suite=$1 file=$2 status=$3 tests failed skipped test
    tests=$(attribute tests "$file")
    failed=$(attribute failures "$file")
    skipped=$(($(attribute skipped "$file") + $(attribute disabled "$file")))
    record "$suite" $((tests - failed - skipped)) "$failed" "$skipped" "$status"
    while read -r test; do
        note_failure "$suite" "$test"
    done < <(sed -n 's/.*<testcase name="\([^"]*\)".*status="fail".*/\1/p' "$file")
}

# count_trx SUITE FILE STATUS: in a .trx file, tests that were skipped are those in total but not in executed.
count_trx() {
    local suite=$1 file=$2 status=$3 passed failed test
    passed=$(attribute passed "$file")
    failed=$(($(attribute executed "$file") - passed))
    record "$suite" "$passed" "$failed" $(($(attribute total "$file") - passed - failed)) "$status"
    while read -r test; do
        note_failure "$suite" "$test"
    done < <(sed -n 's/.*<UnitTestResult .*testName="\([^"]*\)".*outcome="Failed".*/\1/p' "$file")
}

# attribute NAME FILE: the first number given to NAME in an XML file; 0 when there is none.
attribute() {
    local value
    value=$(grep -o "\b$1=\"[0-9]*\"" "$2" 2>/dev/null | head -n 1 | tr -cd 0-9)
    echo "${value:-0}"
}

# record SUITE PASSED FAILED SKIPPED STATUS. A suite in which nothing ran, or that broke off, has failed.
record() {
    local suite=$1 passed=$2 failed=$3 skipped=$4 status=$5
    if ((failed == 0 && (status != 0 || passed == 0))); then
        failed=1
        note_failure "$suite" "ended with exit code $status after $passed passed"
    fi
    table+=$(printf '%-32s %7d %7d %8d' "$suite" "$passed" "$failed" "$skipped")$'\n'
    total_passed=$((total_passed + passed))
    total_failed=$((total_failed + failed))
    total_skipped=$((total_skipped + skipped))
}

note_failure() {
    local log
    log=$(log_of "$1")
    failures+="  $1: $2  (${log#"$root/"})"$'\n'
}

summarize() {
    printf '\n%-32s %7s %7s %8s\n%s\n' suite passed failed skipped "$table"
    if [[ -n $failures ]]; then
        printf 'Failed, and where to look:\n%s\n' "$failures"
    fi
    if ((total_skipped > 0)); then
        echo "$total_skipped skipped: their reasons are in build/logs/"
    fi
    echo "$total_passed passed, $total_failed failed"
    ((total_failed == 0))
}

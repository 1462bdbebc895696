# shellcheck shell=bash disable=SC2154 # sourced by ./run, with root set
# Messages and steps. All of it goes to standard error: standard output belongs to the command that is run.

logs="$root/build/logs"

if [[ -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
    red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'
else
    red='' green='' plain=''
fi

say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "${red}error:${plain} $*"
    exit 1
}

log_of() {
    local title=$1
    echo "$logs/${title//[^A-Za-z0-9.]/-}.log"
}

# locked COMMAND...: one build at a time in this clone; a second one waits. The lock goes with the shell that holds it, and not on to
# what it starts: a compiler that stays in the background would keep it.
locked() {
    if ! command -v flock >/dev/null; then
        "$@"
        return
    fi
    mkdir -p "$root/build"
    (
        flock -n 9 || { echo "waiting for another build" && flock 9; }
        "$@" 9>&-
    ) 9>"$root/build/lock"
}

# step TITLE COMMAND...: one line for a step, with its time; its output goes to a log, of which a failure shows the end.
step() {
    local title=$1 log began=$SECONDS
    log=$(log_of "$title")
    shift
    mkdir -p "$logs"
    printf '%s ... ' "$title" >&2
    if "$@" >"$log" 2>&1 </dev/null; then
        say "${green}done${plain} ($((SECONDS - began)) s)"
        return 0
    fi
    say "${red}failed${plain} ($((SECONDS - began)) s)"
    tail -n 40 "$log" >&2
    say "The full output is in ${log#"$root/"}"
    return 1
}

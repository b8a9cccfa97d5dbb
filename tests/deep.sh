#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The long tests, run once per issue: each fuzz target for FUZZ_SECONDS (300), then every program in tests/deep.d/.
# Their summary goes to docs/reliability.md and docs/performance.md. Last line: "N passed, N failed".
#
# A program in tests/deep.d/ finds the release build in $MT940_BUILD and the sources in its working directory; exit 0
# is good, 77 means it could not run here and said why.
set -u
cd "$(dirname "$0")/.." || exit 2
passed=0 failed=0 skipped=0
seconds=${FUZZ_SECONDS:-300}
MT940_BUILD=$PWD/build-deep
export MT940_BUILD

sh tests/install-packages.sh build python test ci || exit 2

step() {
    echo "== $*"
    "$@"
    case $? in
        0) passed=$((passed + 1)) ;;
        77) skipped=$((skipped + 1)) ;;
        *) failed=$((failed + 1)); echo "FAILED: $*" ;;
    esac
}

# DIRECTORY OPTION...: builds there, anew when the directory is of another time.
built() {
    directory=$1
    shift
    if ! meson setup --reconfigure "$directory" >/dev/null 2>&1; then
        rm -rf "$directory"
        meson setup "$directory" "$@" >/dev/null
    fi && ninja -C "$directory" >/dev/null
}

# New inputs stay in build-fuzz/corpus, crashes beside them; the tree's own corpus is only read.
fuzz() {
    mkdir -p "build-fuzz/corpus/$1" "build-fuzz/crashes/$1"
    seeds=
    for directory in "fuzz/$1/corpus" "fuzz/$1/regressions"; do
        [ ! -d "$directory" ] || seeds="$seeds $directory"
    done
    words=
    [ ! -f "fuzz/$1/dict" ] || words="-dict=fuzz/$1/dict"
    "build-fuzz/fuzz/fuzz_$1" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -print_final_stats=1 \
        -verbosity=0 "-artifact_prefix=build-fuzz/crashes/$1/" $words "build-fuzz/corpus/$1" $seeds
}

release() { built "$MT940_BUILD" --buildtype=release; }
fuzzers() {
    CC=clang built build-fuzz -Dfuzzer=libfuzzer -Dtests=disabled -Dpython=disabled -Dcli=disabled \
        -Db_sanitize=address,undefined -Db_lundef=false
}

step release
step fuzzers
for target in fuzz/*/target.c; do
    noun=${target#fuzz/}
    step fuzz "${noun%/target.c}"
done
for program in tests/deep.d/*; do
    [ ! -x "$program" ] || [ -d "$program" ] || step "$program"
done

echo "$passed passed, $failed failed$([ $skipped = 0 ] || echo ", $skipped skipped")"
[ $failed = 0 ]

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds in ./build and runs every test. Last line: "N passed, N failed[, N skipped]".
# Needs no network when the packages are there. BUILD=DIRECTORY builds elsewhere, CC=clang with another compiler.
set -u
cd "$(dirname "$0")/.." || exit 2
build=${BUILD:-build}

sh tests/install-packages.sh build python test || exit 2

broken() {
    echo "$1"
    echo "0 passed, 1 failed"
    exit 1
}

# A directory of another version of meson or of a build that was cut short is made anew.
if ! meson setup --reconfigure "$build" >/dev/null 2>&1; then
    rm -rf "$build"
    meson setup "$build" || broken "The build cannot be configured."
fi
ninja -C "$build" || broken "The build failed."

meson test -C "$build" --no-rebuild --print-errorlogs
python3 tests/summary.py "$build"

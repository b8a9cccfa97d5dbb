#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# From a fresh clone to the whole story in a minute or two: installs what is missing, builds, runs the demo.
set -u
cd "$(dirname "$0")/.." || exit 2
build=build-quickstart
log=$build.log

stop() {
    [ -f "$log" ] && tail -n 20 "$log"
    echo "$1" >&2
    exit 2
}

echo "1/3  Packages …"
sh tests/install-packages.sh build || exit 2

echo "2/3  Building in ./$build …"
if ! meson setup --reconfigure "$build" >"$log" 2>&1; then
    rm -rf "$build"
    meson setup "$build" --buildtype=release -Dtests=disabled -Dpython=disabled -Dcli=enabled >"$log" 2>&1 ||
        stop "The build cannot be configured; the lines above say what is missing."
fi
ninja -C "$build" >"$log" 2>&1 || stop "The build failed; the lines above say where."
rm -f "$log"

echo "3/3  The demo:"
echo
"$build/examples/cli/mt940connect" demo || exit $?

cat <<END

Now yours:
  $build/examples/cli/mt940connect check tests/cases/fragments/C01.sta     what the library thinks of a statement
  $build/examples/cli/mt940connect parse tests/cases/fragments/C01.sta     the statement as JSON
  $build/examples/cli/mt940connect --help                                  everything else
README.md shows the same from C and Python.
END

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs the packages of the named groups (tests/packages.txt) that are missing. usage: install-packages.sh GROUP...
# Asks the network for nothing when all are there. Where there is no apt it says what is needed and goes on.
set -eu
list=$(dirname "$0")/packages.txt

wanted() {
    for group in "$@"; do
        sed -n "s/^$group //p" "$list"
    done
}

installed() {
    dpkg-query -W -f '${Status}\n' "$1" 2>/dev/null | grep -q '^install ok installed$'
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    echo "This machine has no apt. Needed, by their Debian names:" $(wanted "$@")
    exit 0
fi

missing=
for choices in $(wanted "$@"); do
    found=
    for package in $(echo "$choices" | tr '|' ' '); do
        if installed "$package"; then found=$package; fi
    done
    [ -n "$found" ] || missing="$missing $choices"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    root=env
elif command -v sudo >/dev/null; then
    root="sudo env"
else
    echo "Missing packages:$missing" >&2
    echo "Install them as root, or install sudo, and try again." >&2
    exit 2
fi

echo "Installing:$missing"
$root apt-get update -qq
packages=
for choices in $missing; do
    for package in $(echo "$choices" | tr '|' ' '); do
        if apt-cache show "$package" >/dev/null 2>&1; then break; fi
    done
    packages="$packages $package"
done
log=$(mktemp)
if ! $root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "The packages could not be installed." >&2
    exit 2
fi
rm -f "$log"

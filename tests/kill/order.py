#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The order of writes, seen by strace: nothing is told to a person, and no file is moved, before the log is synced.

usage: order.py COMMAND      skipped (77) where strace is missing or may not trace
"""
import re
import shutil
import subprocess
import sys
import tempfile

from kill_loop import World

CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
TRACED = "write,pwrite64,pwritev,fsync,fdatasync,rename,renameat,renameat2,linkat"


def can_trace():
    return shutil.which("strace") and subprocess.run(
        ["strace", "-o", "/dev/null", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


def trace(world, *words):
    """The calls that matter, in order: ("log"), ("sync"), ("told") or ("moved")."""
    path = world.folder / "trace"
    where = ("--store", f"sqlite:{world.store}", "--company", "1")
    subprocess.run(["strace", "-f", "-y", "-s", "0", "-e", f"trace={TRACED}", "-o", path, world.command, words[0], *where,
                    *words[1:]], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=120)
    calls = []
    for line in path.read_text(errors="replace").splitlines():
        match = CALL.match(line)
        if not match:
            continue
        name, rest = match.groups()
        if "write" in name and "-wal>" in rest:
            calls.append("log")
        elif "sync" in name and "-wal>" in rest:
            calls.append("sync")
        elif name == "write" and rest.startswith("1<"):
            calls.append("told")
        elif name.startswith(("rename", "linkat")):
            calls.append("moved")
    return calls


def complaints(what, calls, event):
    found, dirty, syncs, events = [], False, 0, 0
    for call in calls:
        if call == "log":
            dirty = True
        elif call == "sync":
            dirty, syncs = False, syncs + 1
        elif call == event:
            events += 1
            if dirty or not syncs:
                found.append(f"{what}: {event} before the log was synced")
    if not syncs or not events:
        found.append(f"{what}: {syncs} syncs, {events} times {event}: nothing was proved")
    print(f"# {what}: {calls.count('log')} writes to the log, {syncs} syncs, {events} times {event}")
    return found


def main():
    if not can_trace():
        print("strace is missing, or may not trace here")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        world = World(sys.argv[1], folder)
        world.build()
        world.run("connect", f"folder:{world.inbox}", "--archive")
        found = complaints("receive", trace(world, "receive"), "moved")
        found += complaints("save", trace(world, "save", "1"), "told")
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

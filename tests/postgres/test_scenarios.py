#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The stories of the command (tests/cases/cli) on a PostgreSQL store, each in a database of its own.

usage: test_scenarios.py PROGRAM SOURCE_ROOT FOLDER...
"""
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import server as postgres  # noqa: E402


def count_stories(root, folders):
    return sum(name.endswith(".case") for folder in folders for _, _, names in os.walk(os.path.join(root, folder))
               for name in names)


def main():
    with postgres.running() as server:
        if server is None:
            print("1..0 # SKIP the PostgreSQL server is not installed (Debian: postgresql)")
            return postgres.SKIPPED
        environment = server.environment()
        commands = [word for number in range(count_stories(sys.argv[2], sys.argv[3:])) for word in ("-c", f"CREATE DATABASE story{number}")]
        subprocess.run([server.programs + "/psql", "-q", "-d", environment["MT940_POSTGRES"], *commands], check=True)
        place = environment["MT940_POSTGRES_TCP"].rsplit("/", 1)[0]
        environment["MT940_CASES_STORE"] = place + "/story{}"
        runner = os.path.join(sys.argv[2], "tests", "cli", "run_cases.py")
        return subprocess.run([sys.executable, runner, *sys.argv[1:]], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())

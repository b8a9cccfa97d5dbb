#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Clerks and servers that are stopped in the middle of their work.

usage: test_crash.py CLERK [KILLS [STOPS]]

Clerks are killed (SIGKILL); the server is stopped as by a power cut (immediate) and recovers; its
processes are ended one by one. After each time the store must hold every batch wholly or not at
all, and everything that was answered. Prints TAP.
"""
import os
import random
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import server as postgres  # noqa: E402

CYCLES_PER_SCHEMA = 10  # a check takes the longer the more is there


class Work:
    """What clerks have done in one schema."""

    def __init__(self, clerk, server, number):
        self.clerk = clerk
        self.answers = []
        self.environment = {**server.environment(), "MT940_CLERK_SCHEMA": f"crash{number}"}
        self.environment["MT940_CLERK_SERVER"] = self.environment["MT940_POSTGRES"]

    def start(self, cycle, count):
        return [subprocess.Popen([self.clerk, "work", "abcdefgh"[i], str(cycle)], stdout=subprocess.PIPE,
                                 env=self.environment) for i in range(count)]

    def stop(self, clerks, cycle):
        """Kills them and notes the last thing each was told. What is wrong, or None."""
        wrong = None
        for i, clerk in enumerate(clerks):
            clerk.kill()
            told, _ = clerk.communicate()
            lines = told[:told.rfind(b"\n") + 1].split()  # the last line may be cut
            self.answers.append(("abcdefgh"[i], cycle, int(lines[-1]) if lines else 0))
            if clerk.returncode != -9:
                wrong = f"a clerk ended by itself with {clerk.returncode}"
        return wrong

    def check(self):
        lines = "".join(f"{name} {cycle} {count}\n" for name, cycle, count in self.answers)
        done = subprocess.run([self.clerk, "check"], input=lines, capture_output=True, text=True, env=self.environment)
        return None if done.returncode == 0 else done.stdout or done.stderr or "the check failed"


def kill_clerks(work, cycle, dice):
    clerks = work.start(cycle, 1 + cycle % 2)
    if cycle % 4:  # one life in four is taken early: while tables are made
        for clerk in clerks:
            os.read(clerk.stdout.fileno(), 1)
    time.sleep(dice.random() * 0.02)
    return work.stop(clerks, cycle)


def stop_server(work, cycle, dice, server):
    clerks = work.start(cycle, 2)
    for clerk in clerks:
        os.read(clerk.stdout.fileno(), 1)
    time.sleep(dice.random() * 0.05)
    server.stop(postgres.signal.SIGQUIT)
    server.start()
    time.sleep(0.3)  # they find it again and go on
    return work.stop(clerks, cycle)


def end_backends(work, cycle, dice, server):
    clerks = work.start(cycle, 2)
    for clerk in clerks:
        os.read(clerk.stdout.fileno(), 1)
    for _ in range(5):
        time.sleep(dice.random() * 0.02)
        subprocess.run([server.programs + "/psql", "-qAt", "-d", server.environment()["MT940_POSTGRES"], "-c",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mt940connect'"],
                       env=server.environment(), stdout=subprocess.DEVNULL, check=True)
    time.sleep(0.1)
    return work.stop(clerks, cycle)


def run(clerk, server, cycles, number, act):
    """Runs cycles; (what is wrong or None, invoices answered)."""
    work, answered = None, 0
    for cycle in range(cycles):
        if cycle % CYCLES_PER_SCHEMA == 0:
            answered += sum(count for _, _, count in work.answers) if work else 0
            work = Work(clerk, server, f"{number}_{cycle}")
        wrong = act(work, cycle) or work.check()
        if wrong:
            return f"cycle {cycle}: {wrong}", answered
    return None, answered + sum(count for _, _, count in work.answers)


def main():
    clerk = os.path.abspath(sys.argv[1])
    kills, stops = (int(word) for word in (sys.argv[2:] + ["40", "2"])[:2])
    seed = int(time.time())
    dice = random.Random(seed)
    with postgres.running() as server:
        if server is None:
            print("1..0 # SKIP the PostgreSQL server is not installed (Debian: postgresql)")
            return postgres.SKIPPED
        trials = [
            ("killed clerks leave all or nothing", kills, lambda work, cycle: kill_clerks(work, cycle, dice)),
            ("a server that stops at once forgets nothing", stops,
             lambda work, cycle: stop_server(work, cycle, dice, server)),
            ("ended connections are made anew and nothing is doubled", max(1, stops),
             lambda work, cycle: end_backends(work, cycle, dice, server)),
        ]
        print(f"TAP version 13\n1..{len(trials)}\n# seed {seed}")
        failed = 0
        for number, (name, cycles, act) in enumerate(trials, 1):
            wrong, answered = run(clerk, server, cycles, number, act)
            if not wrong and answered < cycles:
                wrong = "too little work was done to prove anything"
            print(f"{'not ok' if wrong else 'ok'} {number} - {name}{' # ' + wrong if wrong else ''}")
            print(f"# {cycles} times, {answered} invoices answered", flush=True)
            failed += wrong is not None
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

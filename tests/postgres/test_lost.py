#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A network that cuts the connection around the commit, so that its answer never comes.

usage: test_lost.py CLERK

Between clerk and server stands a relay that knows the word COMMIT. The store must say the truth
about what it cannot have been told; UNKNOWN is allowed only while the server is out of reach. TAP.
"""
import os
import select
import socket
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import server as postgres  # noqa: E402

APPLIED, OK, E_UNKNOWN, E_STORE = 1, 0, -12, -13


class Relay:
    """Passes bytes on until the first COMMIT of its life; then does as `mode` says."""

    def __init__(self, server, mode):
        self.server, self.mode = server, mode
        self.is_done = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            if self.is_done and self.mode == "away":
                client.close()
                continue
            upstream = socket.socket(socket.AF_UNIX)
            upstream.connect(f"{self.server.directory}/.s.PGSQL.{self.server.port}")
            threading.Thread(target=self.pass_on, args=(client, upstream), daemon=True).start()

    def pass_on(self, client, upstream):
        cut = False
        while not cut:
            readable, _, _ = select.select([client, upstream], [], [])
            for end in readable:
                data = end.recv(65536)
                if end is client and not self.is_done and b"COMMIT\0" in data and self.mode != "nothing":
                    self.is_done = cut = True
                    if self.mode != "before":  # the server gets it, the answer does not come back
                        upstream.sendall(data)
                        upstream.recv(65536)
                    break
                if not data:
                    cut = True
                    break
                (upstream if end is client else client).sendall(data)
        client.close()
        upstream.close()


def try_once(clerk, server, mode, back_after=None):
    relay = Relay(server, mode)
    environment = {**server.environment(), "MT940_CLERK_SCHEMA": "lost_" + mode,
                   "MT940_CLERK_SERVER": f"host=127.0.0.1 port={relay.port} user=tester dbname=postgres sslmode=disable"}
    direct = {**environment, "MT940_CLERK_SERVER": environment["MT940_POSTGRES"]}
    subprocess.run([clerk, "check"], env=direct, stdin=subprocess.DEVNULL, check=True)  # makes the tables
    process = subprocess.Popen([clerk, "once"], env=environment, stdout=subprocess.PIPE, text=True)
    if back_after:
        first = process.stdout.readline()
        time.sleep(back_after)
        relay.mode = "nothing"
        rest, _ = process.communicate(timeout=60)
        told = first + rest
    else:
        told, _ = process.communicate(timeout=60)
    relay.listener.close()
    return told.split()


def main():
    clerk = os.path.abspath(sys.argv[1])
    with postgres.running() as server:
        if server is None:
            print("1..0 # SKIP the PostgreSQL server is not installed (Debian: postgresql)")
            return postgres.SKIPPED
        trials = [
            ("a commit whose answer is lost is found", "after", None, [str(OK), str(APPLIED), "there"]),
            ("a commit that never arrived is told as not done", "before", None, [str(E_STORE), "0", "absent"]),
            ("out of reach it is unknown, and known afterwards", "away", 0.3, [str(E_UNKNOWN), "0", "there"]),
        ]
        print(f"TAP version 13\n1..{len(trials)}")
        failed = 0
        for number, (name, mode, back_after, wanted) in enumerate(trials, 1):
            told = try_once(clerk, server, mode, back_after)
            is_good = told == wanted
            print(f"{'ok' if is_good else 'not ok'} {number} - {name}{'' if is_good else f' # {told}, not {wanted}'}",
                  flush=True)
            failed += not is_good
        return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

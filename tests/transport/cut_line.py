#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""SFTP over a line that breaks: every file comes whole or not at all. usage: cut_line.py DRIVER ROUNDS [SEED]

A line of ours stands before sshd and hangs up after a random number of bytes, in the exchange of keys as well as in a
file. Exit 0 when no wrong byte ever came, some rounds were cut, and some came through in spite of it; 77 without sshd.
"""
import random
import select
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

import servers
from check import CANARY, Driver

FILES = {b"a.sta": b":20:A\r\n" * 20000, b"b.sta": b":20:B\r\n", b"c.sta": b""}


class Line:
    """Passes bytes to a port; the first connections are cut after so many of them, both ways together."""

    def __init__(self, port, cuts):
        self.port, self.cuts, self.cut = port, list(cuts), 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.own_port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            left = self.cuts.pop(0) if self.cuts else None
            threading.Thread(target=self.carry, args=(near, left), daemon=True).start()

    def carry(self, near, left):
        with near, socket.create_connection(("127.0.0.1", self.port)) as far:
            while True:
                for one in select.select([near, far], [], [])[0]:
                    try:
                        got = one.recv(16384)
                        if left is not None and len(got) >= left:
                            (far if one is near else near).sendall(got[:left])
                            self.cut += 1
                            return
                        (far if one is near else near).sendall(got)
                    except OSError:
                        return
                    if not got:
                        return
                    left = None if left is None else left - len(got)

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def main(program, rounds, seed=None):
    seed = int(seed or time.time())
    dice, cut, whole, missed = random.Random(seed), 0, 0, 0
    with tempfile.TemporaryDirectory(prefix="mt940-line-") as folder:
        driver = Driver(program, folder)
        with servers.Sshd(Path(folder) / "ssh", CANARY) as server:
            for name, content in FILES.items():
                server.put(name.decode(), content)
            words = (f"key={server.user_key}", f"fingerprint={server.fingerprint(server.host_key)}")
            for number in range(int(rounds)):
                line = Line(server.port, [int(10 ** dice.uniform(1, 5.3)) for _ in range(dice.choice((1, 1, 2, 9)))])
                address = server.address().replace(f":{server.port}", f":{line.own_port}")
                answer = driver(address, *words, "backoff_ms=1", "fetch", "OUT")
                line.close()
                for name, content in answer.got.items():
                    if content != FILES[name]:
                        print(f"seed {seed}, round {number}: {name} came with {len(content)} wrong bytes\n{answer}")
                        return 1
                cut, whole, missed = cut + (line.cut > 0), whole + len(answer.got), missed + len(answer.missed)
    print(f"{rounds} rounds, seed {seed}: {cut} cut, {whole} files whole, {missed} told as missed, 0 wrong")
    return 0 if cut and whole else 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except servers.Missing as reason:
        print(reason)
        sys.exit(77)

# SPDX-License-Identifier: Apache-2.0
"""What the checks of the server transport share: the driver's answers as data, and TAP."""
import os
import subprocess
import time
import traceback

import servers

CANARY = "kanarya-gizli-0123456789-sifre"


class Answer:
    """What the driver printed."""

    def __init__(self, run, seconds):
        self.text, self.code, self.seconds = run.stdout + run.stderr, run.returncode, seconds
        self.files, self.ignored, self.got, self.missed, self.failed = {}, [], {}, {}, None
        for line in run.stdout.decode("utf-8", "replace").splitlines():
            words = line.split(" ", 3)
            if words[0] == "file":
                self.files[self.name(words[1])] = int(words[2])
            elif words[0] == "ignored":
                self.ignored.append((self.name(words[1]), int(words[2])))
            elif words[0] == "got":
                with open(words[3], "rb") as file:
                    self.got[self.name(words[1])] = file.read()
            elif words[0] == "missed":
                self.missed[self.name(words[1])] = words[2]
            elif words[0] == "failed":
                self.failed = words[1]

    @staticmethod
    def name(word):
        return b"" if word == "-" else bytes.fromhex(word)

    def __str__(self):
        return self.text.decode("utf-8", "replace")[-2000:]


class Driver:
    """Runs the driver. No secret ever stands in its arguments; every answer is searched for one."""

    def __init__(self, program, folder):
        self.program, self.folder, self.count = program, folder, 0
        self.environment = {**os.environ, "BANK_PASSWORD": CANARY}

    def __call__(self, address, *words, **environment):
        self.count += 1
        out = os.path.join(self.folder, f"out{self.count}")
        os.mkdir(out)
        words = [out if word == "OUT" else str(word) for word in words]
        if not any(word.startswith("backoff_ms=") for word in words):
            words.insert(0, "backoff_ms=10")
        begun = time.monotonic()
        run = subprocess.run([self.program, address, *words], capture_output=True, timeout=60,
                             env={**self.environment, **environment})
        if CANARY.encode() in run.stdout + run.stderr:
            raise AssertionError("the driver prints the password")
        if run.stderr or run.returncode not in (0, 1):
            raise AssertionError(f"exit {run.returncode}: {run.stderr.decode(errors='replace')}")  # also a sanitizer's
        return Answer(run, time.monotonic() - begun)


def same(got, wanted, answer=None):
    if got != wanted:
        raise AssertionError(f"{got!r}, not {wanted!r}\n{answer or ''}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)


class Tap:
    def __init__(self):
        self.number = self.failures = 0

    def run(self, name, function, *arguments):
        self.number += 1
        begun = time.monotonic()
        try:
            function(*arguments)
            print(f"ok {self.number} - {name} # {time.monotonic() - begun:.1f} s", flush=True)
        except servers.Missing as reason:
            print(f"ok {self.number} - {name} # SKIP {reason}", flush=True)
        except Exception:  # whatever it is, the next check is run
            self.failures += 1
            print(f"not ok {self.number} - {name}", flush=True)
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="", flush=True)

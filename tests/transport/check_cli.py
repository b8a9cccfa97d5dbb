#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The command over servers: connect, receive, doctor; no secret anywhere. usage: check_cli.py PROGRAM STATEMENT"""
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import servers
from check import CANARY, Tap, same, true
from hostile import Hostile


class Command:
    """The command in a folder of its own; every output is searched for the password."""

    def __init__(self, program, folder):
        self.program, self.folder = os.path.abspath(program), folder
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "BANK_PASSWORD": CANARY, "HOME": str(folder)}
        self("init", "--title", "Firma")

    def __call__(self, *words, code=0):
        run = subprocess.run([self.program, *map(str, words)], cwd=self.folder, capture_output=True, timeout=60,
                             env=self.environment, stdin=subprocess.DEVNULL)
        text = (run.stdout + run.stderr).decode()
        true(CANARY not in text, "the command prints the password")
        same(run.returncode, code, text)
        return text

    def json(self, *words, code=0):
        return [json.loads(line) for line in self(*words, "--json", code=code).splitlines() if line.startswith("{")]


def no_secret_on_disk(folder):
    for path in folder.rglob("*"):
        if path.is_file() and path.name != "secret":
            true(CANARY.encode() not in path.read_bytes(), f"{path} holds the password")


def receives(command, statement, address, *words):
    command("connect", address, *words)
    same([line["outcome"] for line in command.json("receive")], ["accepted"])
    same([line["outcome"] for line in command.json("receive")], ["duplicate"])
    same(len(command.json("inbox")), 1)
    return command.json("doctor", code=1)[0]["checks"]  # no bank accounts yet


def proof(checks, state, words):
    found = [check for check in checks if check["check"] == "proof"]
    true(len(found) == 1 and found[0]["state"] == state and words in found[0]["text"], found)


def rested(command, server, statement):
    """A file that lay there for days is not fetched again, until its time changes or everything is asked for."""
    path = server.files / "rested.sta"

    def put(number, time):
        other = statement.replace(b":28C:00135", b":28C:" + number)
        true(len(other) == len(statement) and other != statement, "the statement has another number now")
        server.put(path.name, other)
        os.utime(path, (time, time))

    def outcome(*words):
        return [line["message"]["code"] for line in command.json("receive", *words) if line["file"] == path.name]

    put(b"00136", 1.7e9)
    same(outcome(), ["STATEMENT_DUPLICATE"])  # another number, the same movements
    same(outcome(), ["FILE_UNCHANGED"])
    put(b"00137", 1.7e9)
    same(outcome(), ["FILE_UNCHANGED"])
    same(outcome("--again"), ["STATEMENT_DUPLICATE"])
    put(b"00138", 1.7e9 + 2 * 86400)  # LIST names no more than the day
    same(outcome(), ["STATEMENT_DUPLICATE"])
    same(outcome(), ["FILE_UNCHANGED"])


def cleartext(program, folder, statement):
    command = Command(program, folder)
    with Hostile({b"a.sta": statement}, echo=True) as server:
        command("connect", server.address(), "--password", "env:BANK_PASSWORD", code=2)  # TLS is demanded
        command("connect", server.address(), "--password", CANARY, "--cleartext", code=2)
        command("connect", f"ftp://me:{CANARY}@127.0.0.1:{server.port}/", "--cleartext", code=2)
        true(not any(CANARY.encode() in line for line in server.commands), "the password went out in the clear")
        words = ("--password", "env:BANK_PASSWORD", "--cleartext")
        proof(receives(command, statement, server.address(), *words), "warning", "not encrypted")
        same(command.json("connect")[0]["password"], "env:BANK_PASSWORD")
        server.refuse_login = True
        true("E_AUTHENTICATION" in command("receive", code=2), "another failure")
        true("E_AUTHENTICATION" in command("doctor", code=2), "another failure")
        true("girişi kabul etmiyor" in command("--lang", "tr", "receive", code=2), "not in Turkish")
    true("E_UNREACHABLE" in command("receive", code=2), "another failure")
    no_secret_on_disk(folder)


def with_tls(program, folder, statement):
    command = Command(program, folder)
    secret = folder / "secret"
    secret.write_text(CANARY + "\n")
    secret.chmod(0o600)
    with servers.Vsftpd(folder / "server", "elsewhere", tls="explicit") as server:
        server.put("a.sta", statement)
        (folder / "server" / "passwords").write_text(CANARY + "\n")
        unproven = command("connect", server.address(), "--password", "file:secret", code=2)
        true("E_UNVERIFIED" in unproven, unproven)
        checks = receives(command, statement, server.address(), "--password", "file:secret", "--certificates",
                          os.path.relpath(server.certificate, folder))
        proof(checks, "good", "server")
        rested(command, server, statement)
        secret.chmod(0o644)
        true("0600" in command("receive", code=2), "a secret that others can read was taken")
    (folder / "server" / "passwords").unlink()
    no_secret_on_disk(folder)


def over_ssh(program, folder, statement):
    command = Command(program, folder)
    with servers.Sshd(folder / "server", CANARY) as server:
        server.put("a.sta", statement)
        words = ("--key", server.user_key)
        true("E_UNVERIFIED" in command("connect", server.address(), *words, code=2), "taken unproven")
        proof(receives(command, statement, server.address(), *words, "--fingerprint",
                       server.fingerprint(server.host_key)), "good", "fingerprint")
        rested(command, server, statement)
        command("connect", server.address(), "--key", server.locked_key, "--passphrase", "env:BANK_PASSWORD",
                "--fingerprint", server.fingerprint(server.host_key))
        (folder / ".ssh").mkdir()
        (folder / ".ssh" / "known_hosts").write_text(server.known_hosts.read_text())
        command("connect", server.address(), *words)  # as ssh would: ~/.ssh/known_hosts
        same(command.json("connect")[0]["known_hosts"], str((folder / ".ssh" / "known_hosts").resolve()))
        same(command.json("connect")[0]["fingerprint"], None)
    no_secret_on_disk(folder)


def main(program, statement):
    tap = Tap()
    for check in (cleartext, with_tls, over_ssh):
        with tempfile.TemporaryDirectory(prefix="mt940-cli-") as folder:
            tap.run(check.__name__.replace("_", " "), check, program, Path(folder), Path(statement).read_bytes())
    print(f"1..{tap.number}")
    return 1 if tap.failures else 0


sys.exit(main(*sys.argv[1:]))

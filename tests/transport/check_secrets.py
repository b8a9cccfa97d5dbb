#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Where secrets of the server transport may stand, and where not. usage: check_secrets.py DRIVER [without-memory]

A sanitizer keeps what is freed, so its builds go without the search of the memory. Output: TAP.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import servers
from check import CANARY, Driver, Tap, same, true
from hostile import Hostile


def write(path, text, mode=0o600):
    path.write_text(text)
    path.chmod(mode)
    return path


def logs_in(driver, reference, **environment):
    """Whether the server got exactly the password; what the driver said otherwise."""
    with Hostile({b"a.sta": b"x"}) as server:
        answer = driver(server.address(), "cleartext=1", f"password={reference}", "list", **environment)
        sent = [line for line in server.commands if line.startswith(b"PASS")]
        if answer.code == 0:
            same(sent, [b"PASS " + CANARY.encode()])
            return "yes"
        same(sent, [])
        return answer.failed


def files(driver, folder):
    for text in (CANARY, CANARY + "\n", CANARY + "\r\n", CANARY + "\nsecond line\n"):
        same(logs_in(driver, f"file:{write(folder / 'secret', text)}"), "yes")
    same(logs_in(driver, f"file:{folder / 'absent'}"), "MT940_E_NOT_CONFIGURED")
    same(logs_in(driver, f"file:{folder}"), "MT940_E_NOT_CONFIGURED")
    for mode in (0o644, 0o640, 0o602):
        same(logs_in(driver, f"file:{write(folder / 'open', CANARY, mode)}"), "MT940_E_NOT_CONFIGURED")
    same(logs_in(driver, f"file:{write(folder / 'long', 'x' * 5000)}"), "MT940_E_NOT_CONFIGURED")


def environment(driver, _):
    same(logs_in(driver, "env:BANK_PASSWORD"), "yes")
    same(logs_in(driver, "env:NOT_SET"), "MT940_E_NOT_CONFIGURED")
    # A line end in a password would be the end of a command.
    same(logs_in(driver, "env:BAD", BAD=CANARY + "\r\nDELE a.sta"), "MT940_E_NOT_CONFIGURED")


def netrc(driver, folder):
    text = f'machine other login me password no\nmachine 127.0.0.1 login you password no\n' \
           f'machine 127.0.0.1\n\tlogin me\n\tpassword "{CANARY}"\n'
    good = write(folder / "netrc", text)
    same(logs_in(driver, "netrc", NETRC=str(good)), "yes")
    write(folder / ".netrc", f"default login me password {CANARY}")
    same(logs_in(driver, "netrc", HOME=str(folder)), "yes")
    same(logs_in(driver, "netrc", NETRC=str(write(folder / "other", "machine 127.0.0.1 login you password no"))),
         "MT940_E_NOT_CONFIGURED")
    same(logs_in(driver, "netrc", NETRC=str(write(folder / "open", text, 0o644))), "MT940_E_NOT_CONFIGURED")
    # Nobody asked for a .netrc: libcurl must not read one.
    same(logs_in(driver, "env:NOT_SET", NETRC=str(good), HOME=str(folder)), "MT940_E_NOT_CONFIGURED")


def plain_passwords(driver, _):
    with Hostile() as server:
        for words in ((f"ftp://me:{CANARY}@127.0.0.1:{server.port}/",), (server.address(), f"password={CANARY}")):
            answer = driver(words[0], "cleartext=1", *words[1:], "list")
            true(answer.failed in ("MT940_E_ARGUMENT", "MT940_E_NOT_CONFIGURED"), answer)
        same(server.commands, [])


def held(program, address, *words, environment=None):
    """The memory of the driver after its connection has ended, and its command line."""
    process = subprocess.Popen([program, address, *words, "hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**os.environ, **(environment or {})})
    try:
        while process.stdout.readline() not in (b"held\n", b""):
            pass
        found = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        with open(f"/proc/{process.pid}/maps", encoding="ascii") as maps, \
                open(f"/proc/{process.pid}/mem", "rb", 0) as memory:
            for line in maps:
                first, last = (int(word, 16) for word in line.split()[0].split("-"))
                if line.split()[1].startswith("rw"):
                    memory.seek(first)
                    found += memory.read(last - first)
        return found
    finally:
        process.communicate(b"\n")


def memory(driver, folder):
    secret = f"password=file:{write(folder / 'secret', CANARY)}"
    word = CANARY[-14:].encode()  # the heap writes its own notes over the first 16 bytes of what is freed
    with Hostile({b"a.sta": b"x"}) as server:
        true(word in held(driver.program, server.address(), "cleartext=1", "password=env:X", environment={"X": CANARY}),
             "the search finds nothing: it is broken")
        true(word not in held(driver.program, server.address(), "cleartext=1", secret), "FTP: the password remains")
    with servers.Vsftpd(folder / "tls", CANARY, tls="explicit") as server:
        true(word not in held(driver.program, server.address(), f"certificates={server.certificate}", secret),
             "FTPS: the password remains")
    with servers.Sshd(folder / "ssh", CANARY) as server:
        known = f"known_hosts={server.known_hosts}"
        true(word not in held(driver.program, server.address(), known, secret), "SFTP: the password remains")
        true(word not in held(driver.program, server.address(), known, f"key={server.locked_key}",
                              f"passphrase=file:{folder / 'secret'}"), "SFTP: the passphrase remains")


def main(program, *words):
    tap = Tap()
    for check in (files, environment, netrc, plain_passwords) + (() if "without-memory" in words else (memory,)):
        with tempfile.TemporaryDirectory(prefix="mt940-secrets-") as folder:
            tap.run(check.__name__.replace("_", " "), check, Driver(program, folder), Path(folder))
    print(f"1..{tap.number}")
    return 1 if tap.failures else 0


sys.exit(main(*sys.argv[1:]))

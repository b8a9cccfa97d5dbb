#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server transport against vsftpd and OpenSSH's sshd. usage: check_servers.py DRIVER       output: TAP"""
import base64
import contextlib
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

import servers
from check import CANARY, Driver, Tap, same, true
from cut_line import Line

FILES = {
    b"a.sta": b":20:A\r\n\0\x1a\xff" * 9000,
    b"empty.sta": b"",
    b"b c;type=a #?%41.sta": b"\n" * 70000,
    "Özet ağustos.sta".encode(): b"x",
}
PASSWORD = "password=env:BANK_PASSWORD"


def fill(server):
    for name, content in FILES.items():
        server.put(name.decode(), content)
    server.put("half.part", b"x")
    server.put(".hidden", b"x")
    (server.files / "sub").mkdir()
    (server.files / "link.sta").symlink_to("/etc/passwd")


def fetches(driver, address, *words):
    answer = driver(address, *words, "fetch", "OUT")
    same(answer.got, FILES, answer)
    same(answer.files, {name: len(content) for name, content in FILES.items()}, answer)
    # vsftpd does not tell of hidden files; the links of sshd are told as links.
    told = dict(answer.ignored)
    same({name: told.get(name) for name in (b"sub", b"link.sta", b"half.part")},
         {b"sub": 3, b"link.sta": 3, b"half.part": 2}, answer)


def conforms(driver, address, files, *words):
    answer = driver(address, *words, "conform", files)
    true(answer.code == 0 and b"FAILED" not in answer.text and answer.text.count(b"passed") >= 14, answer)


def refused(driver, status, address, *words):
    answer = driver(address, *words, "list")
    same(answer.failed, status, answer)
    same(answer.files, {})


# ---- vsftpd ----

def plain(driver, home):
    with servers.Vsftpd(home, CANARY) as server:
        fill(server)
        fetches(driver, server.address(), PASSWORD, "cleartext=1")
        refused(driver, "MT940_E_AUTHENTICATION", server.address(), "password=env:HOME", "cleartext=1")
        refused(driver, "MT940_E_UNSUPPORTED", server.address(), PASSWORD)  # TLS is demanded, and not there
        same(driver(server.address(), PASSWORD, "cleartext=1", "get", "absent.sta", "OUT").missed,
             {b"absent.sta": "MT940_E_NOT_FOUND"})
        refused(driver, "MT940_E_NOT_FOUND", server.address() + "nowhere/", PASSWORD, "cleartext=1")
        conforms(driver, server.address(), server.files, PASSWORD, "cleartext=1")


def public_key_pin(certificate):
    openssl = servers.program("openssl", "openssl")
    pem = subprocess.run([openssl, "x509", "-pubkey", "-noout", "-in", str(certificate)], check=True,
                         capture_output=True).stdout
    body = b"".join(line for line in pem.splitlines() if not line.startswith(b"-"))
    return "sha256//" + base64.b64encode(hashlib.sha256(base64.b64decode(body)).digest()).decode()


def with_tls(driver, home, mode):
    with servers.Vsftpd(home, CANARY, tls=mode) as server:
        fill(server)
        trust = f"certificates={server.certificate}"
        pin = public_key_pin(server.certificate)
        fetches(driver, server.address(), PASSWORD, trust)
        fetches(driver, server.address(), PASSWORD, trust, f"pinned_key={pin}")
        refused(driver, "MT940_E_AUTHENTICATION", server.address(), "password=env:HOME", trust)
        refused(driver, "MT940_E_UNVERIFIED", server.address(), PASSWORD)
        refused(driver, "MT940_E_UNVERIFIED", server.address(), PASSWORD, trust, "pinned_key=sha256//" + "A" * 43 + "=")
        state = driver(server.address(), PASSWORD, trust, "state").text
        true(b"state 2 1 127.0.0.1" in state and b"[CN = server]" in state.replace(b"CN=s", b"CN = s"), state)
        if mode == "explicit":
            refused(driver, "MT940_E_AUTHENTICATION", server.address(), PASSWORD, "cleartext=1")
        conforms(driver, server.address(), server.files, PASSWORD, trust)


def other_host(driver, home):
    with servers.Vsftpd(home, CANARY, tls="explicit", host="127.0.0.2") as server:
        refused(driver, "MT940_E_UNVERIFIED", server.address(), PASSWORD, f"certificates={server.certificate}")


# ---- sshd ----

def keys(driver, server):
    known, print_of = f"known_hosts={server.known_hosts}", server.fingerprint(server.host_key)
    fetches(driver, server.address(), f"key={server.user_key}", known)
    fetches(driver, server.address(), f"key={server.locked_key}", "passphrase=env:BANK_PASSWORD",
            f"fingerprint={print_of}")
    refused(driver, "MT940_E_AUTHENTICATION", server.address(), f"key={server.locked_key}", "passphrase=env:HOME",
            known)
    refused(driver, "MT940_E_AUTHENTICATION", server.address(), f"key={server.host_key}", known)
    refused(driver, "MT940_E_AUTHENTICATION", server.address(), PASSWORD, known)
    state = driver(server.address(), f"key={server.user_key}", known, "state").text
    true(b"state 3 1 127.0.0.1" in state, state)


def host_keys(driver, server):
    key = f"key={server.user_key}"
    other = server.home / "other_hosts"
    other.write_text(f"[127.0.0.1]:{server.port} {server.user_key.with_suffix('.pub').read_text()}")
    refused(driver, "MT940_E_UNVERIFIED", server.address(), key)
    refused(driver, "MT940_E_UNVERIFIED", server.address(), key, "known_hosts=/dev/null")
    refused(driver, "MT940_E_UNVERIFIED", server.address(), key, f"known_hosts={other}")
    refused(driver, "MT940_E_UNVERIFIED", server.address(), key, f"fingerprint={server.fingerprint(server.user_key)}")
    # The fingerprint decides alone: a file that says otherwise does not undo it.
    refused(driver, "MT940_E_UNVERIFIED", server.address(), key, f"known_hosts={server.known_hosts}",
            f"fingerprint={server.fingerprint(server.user_key)}")
    refused(driver, "MT940_E_ARGUMENT", server.address(), key, "fingerprint=SHA256:abc")
    refused(driver, "MT940_E_IO", server.address(), key, "known_hosts=/nonexistent")
    log = (server.home / "log").read_bytes()
    true(b"Accepted publickey" not in log, "the key was shown to a server that was not verified")


def sftp_paths(driver, server):
    known, key = f"known_hosts={server.known_hosts}", f"key={server.user_key}"
    refused(driver, "MT940_E_NOT_FOUND", server.address("/nonexistent"), key, known)
    same(driver(server.address(), key, known, "get", "absent.sta", "OUT").missed, {b"absent.sta": "MT940_E_NOT_FOUND"})
    same(driver(server.address(), key, known, "get", "../host", "OUT").missed, {b"../host": "MT940_E_ARGUMENT"})
    conforms(driver, server.address(), server.files, key, known)


def cut_lines(driver, server):
    """A line cut in the banner, in the exchange of keys, in a file: the next try brings everything."""
    for cut in (10, 1500, 60000):
        line = Line(server.port, [cut])
        address = server.address().replace(f":{server.port}", f":{line.own_port}")
        proof = f"fingerprint={server.fingerprint(server.host_key)}"
        answer = driver(address, f"key={server.user_key}", proof, "fetch", "OUT")
        line.close()
        same(line.cut, 1)
        same(answer.got, FILES, answer)


def main(program):
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="mt940-servers-") as folder, contextlib.ExitStack() as stack:
        driver, home = Driver(program, folder), Path(folder)
        tap.run("vsftpd, plain", plain, driver, home / "plain")
        for mode in ("explicit", "implicit"):
            tap.run(f"vsftpd, {mode} TLS", with_tls, driver, home / mode, mode)
        tap.run("vsftpd, a certificate for another host", other_host, driver, home / "other")
        server = None
        try:
            server = stack.enter_context(servers.Sshd(home / "ssh", CANARY))
            fill(server)
        except servers.Missing as reason:
            tap.run("sshd", raise_it, reason)
        for name, check in (("host keys", host_keys), ("keys of users", keys), ("cut lines", cut_lines),
                            ("paths", sftp_paths)):
            if server:
                tap.run(f"sshd, {name}", check, driver, server)
    print(f"1..{tap.number}")
    return 1 if tap.failures else 0


def raise_it(reason):
    raise reason


sys.exit(main(sys.argv[1]))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server transport against a server that lies. usage: check_hostile.py DRIVER       output: TAP"""
import itertools
import sys
import tempfile
import time
from pathlib import Path

import servers
from check import Driver, Tap, same, true
from hostile import Hostile

GOOD = {b"a.sta": b":20:A\r\n\0\x1a\xff" * 900, b"b.sta": b""}
PLAIN = ("password=env:BANK_PASSWORD", "cleartext=1")
TLS = ("password=env:BANK_PASSWORD",)


def well_behaved(driver):
    for settings in ({}, {"mlsd": False}, {"mlsd": False, "sizes": None}, {"elsewhere": "127.0.0.1"}):
        with Hostile(dict(GOOD), **settings) as server:
            answer = driver(server.address(), *PLAIN, "fetch", "OUT")
            same(answer.got, GOOD, answer)
            verbs = {line.split(b" ")[0] for line in server.commands}
            true(verbs <= {b"USER", b"PASS", b"PWD", b"EPSV", b"PASV", b"TYPE", b"MLSD", b"LIST", b"SIZE", b"REST",
                           b"RETR", b"QUIT"}, f"commands {verbs}")


def names_only(driver):
    with Hostile(dict(GOOD), mlsd=False, listing=b"a.sta\r\nb.sta\r\n") as server:
        same(driver(server.address(), *PLAIN, "fetch", "OUT").got, GOOD)
        true(b"NLST" in server.commands, "NLST was not tried")


def names_are_data(driver):
    evil = [b"../../etc/cron.d/evil", b"/etc/passwd", b"a\\..\\b", b".bashrc", b"x\0y", b"n" * 300, b"e\x1b[2J"]
    names = evil + [b"x.sta\rDELE a.sta", b"a.sta"]
    for settings, line in (({}, b"type=file;size=9000; %s\r\n"),
                           ({"mlsd": False}, b"-rw-r--r-- 1 me me 9000 Jul 15 10:20 %s\r\n")):
        with Hostile({b"a.sta": GOOD[b"a.sta"]}, listing=b"".join(line % name for name in names), **settings) as server:
            answer = driver(server.address(), *PLAIN, "fetch", "OUT")
            same(answer.got, {b"a.sta": GOOD[b"a.sta"]}, answer)
            same(set(answer.missed), {b"x.sta"}, answer)
            same([name for name, _ in answer.ignored], evil + [b"DELE a.sta"], answer)
            true(not any(line.startswith(b"DELE") for line in server.commands), "a name became a command")
            true(not any(b".." in line or b"etc" in line for line in server.commands), "a refused name was asked for")


def names_are_encoded(driver):
    names = [b"a b;type=a #?%41%2e.sta", b"\xd6zet.sta", "Özet ağustos.sta".encode(), b"-la.sta", b"a:b@c&d.sta"]
    with Hostile({name: name * 50 for name in names}) as server:
        answer = driver(server.address(), *PLAIN, "fetch", "OUT")
        same(answer.got, server.files, answer)


def endless_file(driver):
    with Hostile(dict(GOOD), body=lambda: itertools.repeat(b"x" * 65536)) as server:
        answer = driver(server.address(), *PLAIN, "max_bytes=3000000", "fetch", "OUT")
        same(answer.missed, {name: "MT940_E_LIMIT" for name in GOOD}, answer)
        same(server.transfers, 2)


def endless_listing(driver):
    def lines():
        for number in itertools.count():
            yield b"".join(b"type=file;size=1; %d-%d\r\n" % (number, i) for i in range(500))

    with Hostile(listing=lines) as server:
        same(driver(server.address(), *PLAIN, "max_listing=1000000", "list").failed, "MT940_E_LIMIT")
        same(driver(server.address(), *PLAIN, "max_listing=1000000", "max_files=10", "list").failed, "MT940_E_LIMIT")
    with Hostile({b"%d" % i: b"" for i in range(11)}) as server:
        same(driver(server.address(), *PLAIN, "max_files=10", "list").failed, "MT940_E_LIMIT")
        same(len(driver(server.address(), *PLAIN, "max_files=11", "list").files), 11)


def larger_than_the_limit(driver):
    with Hostile(dict(GOOD)) as server:
        answer = driver(server.address(), *PLAIN, "max_bytes=100", "fetch", "OUT")
        same(answer.missed, {b"a.sta": "MT940_E_LIMIT"}, answer)
        same([line for line in server.commands if line == b"RETR a.sta"], [])


def lying_sizes(driver):
    content = GOOD[b"a.sta"]
    for claimed in (10, len(content) - 1, len(content) + 1, 1 << 50):
        with Hostile({b"a.sta": content}, sizes={b"a.sta": claimed}) as server:
            answer = driver(server.address(), *PLAIN, "fetch", "OUT")
            same(answer.missed, {b"a.sta": "MT940_E_BUSY"}, answer)
        with Hostile({b"a.sta": content}, listing=b"type=file;size=%d; a.sta\r\n" % claimed) as server:
            answer = driver(server.address(), *PLAIN, "fetch", "OUT")
            same(answer.missed, {b"a.sta": "MT940_E_LIMIT" if claimed > 1 << 40 else "MT940_E_BUSY"}, answer)


def cut_once(driver):
    for reply in (b"426 cut", b"451 failed", None):
        with Hostile({b"a.sta": GOOD[b"a.sta"]}, cut=1, cut_reply=reply) as server:
            answer = driver(server.address(), *PLAIN, "fetch", "OUT")
            same(answer.got, server.files, answer)
            same(server.transfers, 2)
            resumed = [line for line in server.commands if line.startswith(b"REST") and line != b"REST 0"]
            same(resumed, [])


def cut_always(driver):
    with Hostile({b"a.sta": GOOD[b"a.sta"]}, cut=99) as server:
        answer = driver(server.address(), *PLAIN, "retries=3", "fetch", "OUT")
        same(answer.missed, {b"a.sta": "MT940_E_BUSY"}, answer)
        same(server.transfers, 4)
        true(answer.seconds >= 0.06, "no pause between the tries")
    with Hostile({b"a.sta": GOOD[b"a.sta"]}, cut=99) as server:
        driver(server.address(), *PLAIN, "retries=0", "fetch", "OUT")
        same(server.transfers, 1)


def cut_said_to_be_whole(driver):
    """The half of a file with a 226 behind it: only its length tells."""
    content = GOOD[b"a.sta"]
    with Hostile({b"a.sta": content}, body=lambda: [content[:5000]]) as server:
        answer = driver(server.address(), *PLAIN, "fetch", "OUT")
        same(answer.missed, {b"a.sta": "MT940_E_BUSY"}, answer)


def still_growing(driver):
    content = GOOD[b"a.sta"]
    with Hostile({b"a.sta": content}, body=lambda: [content, b"more"]) as server:
        same(driver(server.address(), *PLAIN, "get", "a.sta", "OUT").missed, {b"a.sta": "MT940_E_BUSY"})


def sent_elsewhere(driver):
    with Hostile(dict(GOOD), elsewhere="127.9.8.7") as server:
        with servers.socket.create_server(("127.9.8.7", 0)) as trap:
            trap.settimeout(0.2)
            answer = driver(server.address(), *PLAIN, "fetch", "OUT")
            same(answer.got, GOOD, answer)
            try:
                trap.accept()
                raise AssertionError("the address of PASV was called")
            except TimeoutError:
                pass


def slow_loris(driver):
    def drip():
        while True:
            yield b"x"
            time.sleep(0.2)

    with Hostile({b"a.sta": b"x" * 99999}, body=drip) as server:
        answer = driver(server.address(), *PLAIN, "stall_ms=1000", "retries=0", "fetch", "OUT")
        same(answer.missed, {b"a.sta": "MT940_E_UNREACHABLE"}, answer)
        true(answer.seconds < 20, f"{answer.seconds} s")
        answer = driver(server.address(), *PLAIN, "total_ms=800", "retries=0", "get", "a.sta", "OUT")
        same(answer.missed, {b"a.sta": "MT940_E_UNREACHABLE"}, answer)
        true(answer.seconds < 20, f"{answer.seconds} s")


def silent_servers(driver):
    with Hostile(banner=None) as server:
        answer = driver(server.address(), *PLAIN, "connect_ms=500", "retries=1", "list")
        same(answer.failed, "MT940_E_UNREACHABLE", answer)
        true(answer.seconds < 15, f"{answer.seconds} s")
    with servers.socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    same(driver(f"ftp://me@127.0.0.1:{port}/", *PLAIN, "list").failed, "MT940_E_UNREACHABLE")
    for banner, status in ((b"SSH-2.0-OpenSSH_9.2", "MT940_E_UNREACHABLE"), (b"550 go away", "MT940_E_UNSUPPORTED"),
                           (b"421 too many users", "MT940_E_UNREACHABLE")):
        with Hostile(banner=banner) as server:
            same(driver(server.address(), *PLAIN, "stall_ms=1000", "retries=0", "list").failed, status)


def stopped_by_the_host(driver):
    with Hostile({b"a.sta": b""}, body=lambda: itertools.repeat(b"x" * 4096)) as server:
        answer = driver(server.address(), *PLAIN, "stop_after=100000", "get", "a.sta", "OUT")
        same(answer.missed, {b"a.sta": "MT940_E_CANCELLED"}, answer)


def tls_refused(driver):
    with Hostile(dict(GOOD)) as server:
        answer = driver(server.address(), *TLS, "list")
        same(answer.failed, "MT940_E_UNSUPPORTED", answer)
        same([line for line in server.commands if line.startswith((b"USER", b"PASS"))], [])


def data_in_the_clear(driver, certificate):
    with Hostile(dict(GOOD), tls=certificate) as server:
        same(driver(server.address(), *TLS, f"certificates={certificate[0]}", "fetch", "OUT").got, GOOD)
    with Hostile(dict(GOOD), tls=certificate, data_tls=False) as server:
        answer = driver(server.address(), *TLS, f"certificates={certificate[0]}", "list")
        same(answer.failed, "MT940_E_UNSUPPORTED", answer)
        true(b"MLSD" not in server.commands, "a listing was asked for in the clear")


def password_repeated_by_the_server(driver):
    for refuse in (False, True):
        with Hostile(dict(GOOD), echo=True, refuse_login=refuse, end=b"553 no") as server:
            answer = driver(server.address(), *PLAIN, "fetch", "OUT")
            true(answer.code == 1, answer)


def main(program):
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="mt940-hostile-") as folder:
        driver = Driver(program, folder)
        for check in (well_behaved, names_only, names_are_data, names_are_encoded, endless_file, endless_listing,
                      larger_than_the_limit, lying_sizes, cut_once, cut_always, cut_said_to_be_whole, still_growing,
                      sent_elsewhere, slow_loris, silent_servers, stopped_by_the_host, tls_refused,
                      password_repeated_by_the_server):
            tap.run(check.__name__.replace("_", " "), check, driver)
        tap.run("data in the clear", lambda: data_in_the_clear(driver, servers.certificate(Path(folder), "hostile")))
    print(f"1..{tap.number}")
    return 1 if tap.failures else 0


sys.exit(main(sys.argv[1]))

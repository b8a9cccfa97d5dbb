#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""parse says with several threads what it says with one: the same bytes, findings, order and exit code, over every case
file and statements made of them.

usage: check_crew.py PROGRAM CASES [FILE…]          output: TAP; each FILE is held to the same, and with more crews
"""
import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

PROGRAM, CASES, MORE = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
WAYS = ([], ["--raw"], ["--facts"], ["--strict", "--lang", "tr"])
CREWS = ("2", "3", "8") if MORE else ("3",)
LONG = 3 << 20  # bytes of a statement that is too long for the crew
FULL = "/dev/full"


def run(arguments, **ways):
    """Exit code and the bytes of both outputs in the order in which they came."""
    done = subprocess.run([PROGRAM, "parse", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **ways)
    return done.returncode, done.stdout


def same(name, arguments, jobs=CREWS):
    code, alone = run(["--jobs", "1", *arguments])
    assert alone, name
    for number in jobs:
        assert run(["--jobs", number, *arguments]) == (code, alone), f"{name}: --jobs {number} {' '.join(arguments)[:200]}"
    return code, alone


def statement(number, moves, closing):
    head = f":20:R{number}\r\n:25:DE02120300000000202051\r\n:28C:{number}/1\r\n:60F:C260714EUR1,00\r\n"
    return head.encode() + moves + f":62F:C260715EUR{closing},00\r\n-\r\n".encode()


def moves(count):
    return "".join(f":61:2607150715C1,00NTRFREF//B{i}\r\n:86:166?00SEPA-GUTSCHRIFT?20EREF+NUMBER-{i}?32MUSTER\r\n"
                   for i in range(count)).encode()


def case_files():
    return sorted(str(path) for path in CASES.rglob("*.sta"))


def every_case_in_one_call(folder):
    files = case_files()
    size = sum(os.path.getsize(path) for path in files)
    files = (files + [str(folder / "is-not-there.sta")]) * (1 + (1 << 19) // size)
    for way in WAYS:
        same("case files", [*way, *files])


def every_case_in_one_stream(folder):
    path = folder / "all.sta"
    path.write_bytes(b"\r\n".join(Path(name).read_bytes() for name in case_files()) * 2)
    for way in WAYS:
        same("one stream", [*way, str(path)])


def short_long_and_wrong_statements(folder):
    path = folder / "mixed.sta"
    long = moves(LONG // 80)
    with open(path, "wb") as file:
        for number in range(1, 3000):
            some = moves(number % 7)
            file.write(statement(number, some, 1 + number % 7 + (number % 11 == 0)))
            if number in (1, 2000):
                file.write(statement(number, long, 9))
            if number % 100 == 0:
                file.write(statement(number, moves(2000), 2001))
    code, _ = same("mixed", [str(path)])
    assert code == 1
    same("mixed", ["--raw", str(path)], ("2",))


def pages_stay_together(folder):
    path = folder / "pages.sta"
    page = (b":20:P\r\n:25:A\r\n:28C:%d/%d\r\n:60%s:C260101TRY1,00\r\n" + moves(40) + b":61:2601010101D40,00NTRFX\r\n"
            b":62%s:C260101TRY1,00\r\n-\r\n")
    with open(path, "wb") as file:
        for number in range(1, 400):
            for sequence in range(1, 1 + number % 5 + (150 if number == 200 else 0)):
                last = number % 3 == 0 and sequence == number % 5 - 1
                file.write(page % (number, sequence, b"F" if sequence == 1 else b"M", b"F" if last else b"M"))
    same("pages", [str(path)])
    same("pages", ["--raw", "--company", "X", str(path)])


def a_pipe_that_waits_gets_its_lines(folder):
    """What is whole goes out although the stream goes on, and on a slow stream all is said in the same order."""
    many = b"".join(statement(number, moves(50), 51) for number in range(1, 200))
    child = subprocess.Popen([PROGRAM, "parse", "--jobs", "3", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    feeder = threading.Thread(target=lambda: (child.stdin.write(many), child.stdin.flush()))
    feeder.start()
    came, until = b"", time.monotonic() + 60
    # The end of it is held back by the C library's own buffer, and by what may still belong to the last statement.
    while came.count(b"\n") < 190 and select.select([child.stdout], [], [], max(0, until - time.monotonic()))[0]:
        came += os.read(child.stdout.fileno(), 1 << 16)
    assert came.count(b"\n") >= 190, came.count(b"\n")
    feeder.join()
    rest = child.communicate(statement(200, moves(3), 4))[0]
    assert child.returncode == 0 and (came + rest).count(b"\n") == 200
    path = folder / "pipe.sta"
    path.write_bytes(many)
    assert run(["--jobs", "3", "-"], input=many)[1].replace(b'"file":"-"', b"") == (
        run(["--jobs", "1", str(path)])[1].replace(b'"file":"%s"' % bytes(path), b""))


def an_output_that_fails_ends_as_before(folder):
    path = folder / "many.sta"
    path.write_bytes(b"".join(statement(number, moves(50), 51) for number in range(1, 400)))
    said = []
    for jobs in ("1", "3"):
        if os.path.exists(FULL):
            with open(FULL, "wb") as full:
                done = subprocess.run([PROGRAM, "parse", "--jobs", jobs, path], stdout=full, stderr=subprocess.PIPE)
            said.append((done.returncode, done.stderr))
        child = subprocess.Popen([PROGRAM, "parse", "--jobs", jobs, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        child.stdout.close()
        assert child.wait() < 0 and child.stderr.read() == b"", f"--jobs {jobs}: a closed pipe"
        child.stderr.close()
    assert len(set(said)) <= 1 and all(code == 2 and text for code, text in said), said


def wrong_numbers_are_refused(folder):
    for word in ("-1", "65", "two", ""):
        code, text = run(["--jobs", word, "x"])
        assert code == 2 and b"--jobs" in text, word


def other_files(folder):
    for path in MORE:
        same(path, [path])
        same(path, ["--raw", "--facts", path], ("2",))


def main():
    tests = [every_case_in_one_call, every_case_in_one_stream, short_long_and_wrong_statements, pages_stay_together,
             a_pipe_that_waits_gets_its_lines, an_output_that_fails_ends_as_before, wrong_numbers_are_refused]
    tests += [other_files] if MORE else []
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Path(folder))
                print(f"ok {number} - {test.__name__}", flush=True)
            except AssertionError as error:
                failed = 1
                print(f"not ok {number} - {test.__name__}\n# {str(error)[:2000]}", flush=True)
    return failed


sys.exit(main())

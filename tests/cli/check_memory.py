#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""parse keeps a statement for each thread and those that wait, not the file: its peak of memory on many megabytes is that on
a few statements, and with several threads more by a number that the file does not change.

usage: check_memory.py PROGRAM          output: TAP; a file and standard input, with --raw and without
"""
import os
import subprocess
import sys
import tempfile
import threading

PROGRAM = sys.argv[1]
SMALL, MEDIUM, LARGE = 40, 300, 800  # statements of 44 kB
MORE = 2 << 20           # bytes that the peak may differ by: the heap's own ways
CREW = 8 << 20           # what the statements of three threads may take besides, with their lines
# A sanitizer keeps what was freed; that is not meant here.
ENVIRONMENT = {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=1:thread_local_quarantine_size_kb=64"}


MOVES = "".join(f":61:2607150715C1,00NTRFREF//B{i}\r\n"
                f":86:166?00SEPA-GUTSCHRIFT?20EREF+NUMBER-{i}?21SVWZ+RECHNUNG {i}?30BYLADEM1001\r\n"
                f"?31DE02120300000000202051?32MUSTERFRAU UND SOEHNE\r\n" for i in range(240)).encode()


def statement(number):
    return (f":20:R{number}\r\n:25:DE02120300000000202051\r\n:28C:{number}/1\r\n:60F:C260714EUR1,00\r\n".encode() + MOVES +
            b":62F:C260715EUR241,00\r\n-\r\n")


def statements(count):
    return (statement(number) for number in range(count))


def peak(arguments, pieces=()):
    """Peak of resident memory, and how many lines came out. The peak has that of this small process in it."""
    child = subprocess.Popen([PROGRAM, "parse", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT)

    def feed():
        for piece in pieces:
            child.stdin.write(piece)
        child.stdin.close()

    feeder = threading.Thread(target=feed)
    feeder.start()
    lines = 0
    while block := os.read(child.stdout.fileno(), 1 << 16):
        lines += block.count(b"\n")
    feeder.join()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    return child.returncode, usage.ru_maxrss * 1024, lines


def judge(name, count, small, large, more=MORE):
    good = small[::2] == (0, SMALL) and large[::2] == (0, count) and large[1] <= small[1] + more
    print(f"{'ok' if good else 'not ok'} - {name}: {small[1] >> 10} KiB for {SMALL} statements, {large[1] >> 10} KiB for "
          f"{count}; exit {small[0]}, {large[0]}; lines {small[2]}, {large[2]}")
    return good


def judge_files():
    """One thread keeps a statement; three keep no more on a long file than is said; and more on none."""
    with tempfile.NamedTemporaryFile() as small, tempfile.NamedTemporaryFile() as medium, tempfile.NamedTemporaryFile() as large:
        for file, count in ((small, SMALL), (medium, MEDIUM), (large, LARGE)):
            file.writelines(statements(count))
            file.flush()
        one, three = ["--jobs", "1"], ["--jobs", "3"]
        alone = peak([*one, small.name])
        most = peak([*three, medium.name])
        return [judge("a file", LARGE, alone, peak([*one, large.name])),
                judge("three threads", MEDIUM, alone, most, CREW),
                judge("three threads, a long file", LARGE, (0, most[1], SMALL), peak([*three, large.name]), CREW)]


def judge_stream(name, *arguments):
    return judge(name, MEDIUM, peak(arguments, statements(SMALL)), peak(arguments, statements(MEDIUM)))


def main():
    print("1..5")
    good = [*judge_files(), judge_stream("standard input", "--jobs", "1", "-"),
            judge_stream("its bytes", "--jobs", "1", "--raw", "-")]
    return 0 if all(good) else 1


sys.exit(main())

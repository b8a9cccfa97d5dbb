#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Feeds the command iban long streams: what it says must not depend on where a block of input ends.

usage: check_stream.py PROGRAM          output: TAP
"""
import json
import subprocess
import sys

OWN = b"TR780006701000000011111111"
OTHER = b"NL91ABNA0417164300"
# The pieces that are searched.
EDGE = 65536
FORMS = (OWN, b"TR78 0006 7010 0000\r\n 0011 1111 11", b"T\nR780006701000000011111111")
FILLER = b"GELEN EFT. "


def run(program, arguments, data):
    done = subprocess.run([program, "iban"] + arguments, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode()


def scans_across_the_end_of_a_piece(program):
    for form in FORMS:
        for before in list(range(len(form) + 3)) + [127, 128, 129, 130]:
            start = EDGE - before
            data = (FILLER * (start // len(FILLER) + 1))[:start] + form + b"/" + OTHER + b". " + FILLER * 20
            code, found, _ = run(program, ["--scan", "-"], data)
            places = [(one["offset"], one["length"], one["line"], one["column"]) for one in found]
            after = start + len(form) + 1
            line = 1 + data[:after].count(b"\n")
            column = after - data.rfind(b"\n", 0, after)
            assert code == 0 and places == [(start, len(form), 1, start + 1), (after, 18, line, column)], (
                form, before, places)


def finds_as_many_as_there_are(program):
    data = b"".join(b"%d " % n + (OWN if n % 3 else OTHER) + b"\r\n" for n in range(20000))
    code, found, _ = run(program, ["--scan", "-"], data)
    assert code == 0 and len(found) == 20000
    for n, one in enumerate(found):
        assert one["line"] == n + 1 and one["column"] == len(str(n)) + 2
        assert one["canonical"] == (OWN if n % 3 else OTHER).decode()


def reads_lines_across_the_end_of_a_block(program):
    for end in (b"\n", b"\r\n", b"\r"):
        for shift in range(len(OWN) + len(end)):
            # Lines of blanks are passed over, so that few others are judged at the end of a block of 131,072 bytes.
            data = (b" " * 999 + b"\n") * 130 + b" " * (1072 - 40 - shift) + (OWN + end) * 50
            code, judged, errors = run(program, ["-"], data)
            assert code == 0 and len(judged) == 50 and not errors, (end, shift, code, len(judged), errors[:200])


def says_the_place_in_a_long_stream(program):
    data = (OWN + b"\r\n") * 9999 + b"\tTR34\r\n" + OWN
    code, judged, errors = run(program, ["-"], data)
    assert code == 1 and len(judged) == 10001 and errors.startswith("-:10000:6: error: BAD_LENGTH"), errors


def a_line_without_end_is_refused_once(program):
    for length in (65535, 65536, 65537, 131071, 131072, 131073, 400000):
        data = OWN + b"\n" + b"A" * length + b"\n" + OTHER + b"\n"
        code, judged, errors = run(program, ["-"], data)
        assert code == 1 and [one["valid"] for one in judged] == [True, False, True], (length, code, len(judged))
        assert len(errors.splitlines()) == 1 and errors.startswith("-:2:"), errors


def main():
    tests = (scans_across_the_end_of_a_piece, finds_as_many_as_there_are, reads_lines_across_the_end_of_a_block,
             says_the_place_in_a_long_stream, a_line_without_end_is_refused_once)
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        try:
            test(sys.argv[1])
            print(f"ok {number} - {test.__name__}")
        except AssertionError as error:
            failed = 1
            print(f"not ok {number} - {test.__name__}\n# {error}")
    sys.exit(failed)


if __name__ == "__main__":
    main()

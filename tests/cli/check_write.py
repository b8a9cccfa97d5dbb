#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What write makes of parse's JSON is read as the same; what it makes of parse --raw is the file.

usage: check_write.py PROGRAM FOLDER…          output: TAP; folders that are not there are passed over

Compared is all but what a file's form decides: places, ids, findings and what follows from repairs. Files whose texts
hold bytes that no character set explains, and messages that no statement can hold, are told by exit code 1: each refusal
is listed with its reason, and none may be of a message without such a finding.
"""
import json
import pathlib
import re
import subprocess
import sys

program, *folders = sys.argv[1:]
FORM = ("file", "index", "findings", "charset", "raw")
PLACE = ("line", "offset", "id")
# A letter of UTF-8 cut by a sub-field: the cut says that no blank belongs there, and the written letter is whole.
CUT_LETTER = re.compile(rb"[\xC2-\xF4][\x80-\xBF]{0,2}[?~<>^@+]\d\d[\x80-\xBF]")


def run(arguments, data):
    done = subprocess.run([program, *arguments], input=data, capture_output=True, timeout=120, check=False)
    if done.returncode not in (0, 1):
        raise AssertionError(f"{arguments}: exit code {done.returncode}: {done.stderr[-300:]}")
    return done


def parsed(lines):
    return [json.loads(line) for line in lines.decode("utf-8").splitlines()]


def decimals(amount):
    """The currency may be known behind the movement only, and with it the digits."""
    whole, _, rest = amount.partition(".")
    return whole + "." + rest.rstrip("0")


def ends(text):
    return text.replace("\r\n", "\n").replace("\r", "\n") if text else text


def plain_balance(balance):
    """A credit with a minus is written as the debit it is."""
    if not balance or not balance["amount"].startswith("-"):
        return balance
    return {**balance, "amount": balance["amount"][1:], "mark": "CD"[balance["mark"] == "C"]}


def plain(message):
    message = {name: value for name, value in message.items() if name not in FORM}
    for name in ("opening", "closing", "available"):
        message[name] = plain_balance(message[name])
    message["forward"] = [plain_balance(balance) for balance in message["forward"]]
    message["entries"] = [{k: v for k, v in entry.items() if k not in PLACE} for entry in message["entries"]]
    for entry in message["entries"]:
        entry["amount"] = decimals(entry["amount"].lstrip("-"))
        entry["signed"] = decimals(entry["signed"])
        entry["supplementary"] = ends(entry["supplementary"])
        entry.pop("mark") if entry["mark"] not in ("EC", "ED") else None  # a minus and the opposite mark say the same
        if entry["details"]:
            entry["details"].pop("lines", None)
    return message


def has_sound_envelope(message):
    """Blocks that are broken, or name another type, are not kept: a message without its type gets others."""
    return (message["envelope"] and message["envelope"]["type"] == message["type"]
            and not any(finding["code"].startswith("REPAIR_ENVELOPE") for finding in message["findings"]))


def without_blanks(value):
    if isinstance(value, dict):
        return {name: without_blanks(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [without_blanks(inner) for inner in value]
    return value.replace(" ", "") if isinstance(value, str) else value


def difference(before, after, path=""):
    """The first place where two values differ."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in {**before, **after}:
            found = difference(before.get(name), after.get(name), f"{path}.{name}")
            if found:
                return found
        return None
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return next((f for f in (difference(a, b, f"{path}.{i}") for i, (a, b) in enumerate(zip(before, after))) if f), None)
    return None if before == after else f"{path}: {before!r} became {after!r}"


def may_be_refused(message):
    """Whether something could not be read."""
    return any(f["severity"] == "error" or f["code"] == "UNDECODABLE" for f in message["findings"])


def judge(path, refusals):
    """None, or what is wrong; refusals are added to the list."""
    data = path.read_bytes()
    read = run(["parse", "--raw", "-"], data).stdout
    lines, first = read.splitlines(keepends=True), parsed(read)
    if first and run(["write", "--exact"], read).stdout != data:
        return "write --exact gives other bytes"
    for line, message in zip(lines, first):
        written = run(["write", "--envelope", "keep"], line)
        if written.returncode:
            reason = written.stderr.decode("utf-8", "replace").strip().partition("error: ")[2]
            refusals.append(f"{path.name}, message {message['index']}: {reason}")
            if written.stdout:
                return "a refused message was written in part"
            if not may_be_refused(message):
                return f"message {message['index']} is refused without a fault: {reason}"
            continue
        again = parsed(run(["parse", "-"], written.stdout).stdout)
        if not again and not message["entries"]:
            continue  # what was there may be too little to be known again
        if len(again) != 1:
            return f"message {message['index']} became {len(again)}"
        undecided = any(f["severity"] == "error" for f in message["findings"] + again[0]["findings"])
        first_plain, second = plain(message), plain(again[0])
        if not has_sound_envelope(message):
            first_plain.pop("envelope"), second.pop("envelope")
        if undecided:
            first_plain.pop("balanced"), second.pop("balanced")
        if CUT_LETTER.search(data):
            first_plain, second = without_blanks(first_plain), without_blanks(second)
        found = difference(first_plain, second)
        if found:
            return f"message {message['index']}{found}"
    return None


def main():
    files = sorted(path for folder in folders for path in pathlib.Path(folder).rglob("*")
                   if path.is_file() and path.suffix not in (".tsv", ".jsonl", ".md", ".py", ".build", ".expect", ".case",
                                                            ".csv", ".options"))
    failed, refusals = [], []
    for path in files:
        if path.stat().st_size > 1 << 20:
            continue
        fault = judge(path, refusals)
        if fault:
            failed.append(f"{path}: {fault}")
    print("1..1")
    print("".join(f"# refused: {text}\n" for text in refusals), end="")
    print("".join(f"# {text}\n" for text in failed), end="")
    print(f"{'not ok' if failed or not files else 'ok'} 1 - {len(files)} files, {len(refusals)} messages refused")
    return 1 if failed or not files else 0


sys.exit(main())

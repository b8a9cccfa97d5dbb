#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads every file of a corpus of public statements and compares with what is known about it.

usage: check_corpus.py COMMAND CORPUS [DIFFERENCES]

CORPUS holds INDEX.tsv and expected.jsonl; it is not part of the project, so the test is skipped (77)
where it is absent. Three things are asked of each file: no crash, one movement or one finding for each
:61:, and, where another reader's result is known, the same dates, marks, amounts and references.
Where that reader is not followed, differences.txt says so: FILE, a tab, and the reason.
"""
import collections
import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path

TAG_61 = re.compile(rb"(?:^|[\r\n]|@@)[\x00-\x1f -]*:61:")
# A sanitizer ends a program with 1 by default, which is also the exit code of bad data.
SANITIZED = dict(os.environ, ASAN_OPTIONS="exitcode=99", UBSAN_OPTIONS="exitcode=99:halt_on_error=1")
LOST = {"ENTRY_UNREADABLE", "ENTRY_CUT", "REPAIR_TAG_LOOKALIKE", "NOT_MT940", "AMOUNT_OVERFLOW"}


def read(command, path):
    """Returns (exit code, messages, findings of the file)."""
    run = subprocess.run([command, "parse", str(path)], capture_output=True, timeout=60, check=False, env=SANITIZED)
    messages = [json.loads(line) for line in run.stdout.decode("utf-8").splitlines()]
    codes = re.findall(r": (?:error|warning|repair): ([A-Z_0-9]+)", run.stderr.decode("utf-8", "replace"))
    codes += [finding["code"] for message in messages for finding in message.get("findings", [])]
    return run.returncode, messages, codes


def plain(value):
    return (value or "").strip()


def ours(entry):
    """What is compared, as both sides can say it."""
    return {"value date": entry["value_date"], "entry date": entry["entry_date"], "mark": plain(entry["mark"]),
            "amount": normal(entry["amount"]), "reference": plain(entry["customer_reference"]),
            "bank reference": plain(entry["bank_reference"])}


def theirs(entry, mine):
    """The same of another reader; what it does not say, or fills in by itself, is taken from ours."""
    booked = mine["entry date"]
    if booked and "entry_date" in entry:
        booked = entry["entry_date"]
    elif booked and entry.get("entry_mmdd"):
        digits = entry["entry_mmdd"].replace("-", "")
        booked = f"{booked[:4]}-{digits[:2]}-{digits[2:]}"
    return {"value date": entry["value_date"], "entry date": booked, "mark": plain(entry["sign"]),
            "amount": normal(entry["amount"]),
            "reference": plain(entry["customer_ref"]) if "customer_ref" in entry else mine["reference"],
            "bank reference": plain(entry["bank_ref"]) if "bank_ref" in entry else mine["bank reference"]}


def normal(amount):
    """Amounts by value: 12.5 is 12.50."""
    whole, _, decimals = amount.lstrip("-").partition(".")
    return f"{int(whole)}.{(decimals + '00')[:max(2, len(decimals.rstrip('0')))]}"


def compare(expected, messages):
    """Yields what differs from another reader's result."""
    wanted = [entry for statement in expected["statements"] for entry in statement["transactions"]]
    read_ones = [entry for message in messages for entry in message.get("entries", [])]
    if len(wanted) != len(read_ones):
        yield f"{len(read_ones)} movements, expected {len(wanted)}"
        return
    for n, (entry, want) in enumerate(zip(read_ones, wanted), 1):
        mine = ours(entry)
        for part, value in theirs(want, mine).items():
            if mine[part] != value:
                yield f"movement {n}: {part} {mine[part]!r}, expected {value!r}"


def check_file(command, path, expected):
    code, messages, codes = read(command, path)
    if code not in (0, 1):
        yield f"exit code {code}"
        return
    tags = len(TAG_61.findall(path.read_bytes()))
    entries = sum(len(message.get("entries", [])) for message in messages)
    lost = sum(collections.Counter(c for c in codes if c in LOST).values())
    if entries > tags or entries + lost < tags:
        yield f"{tags} fields :61:, {entries} movements, {lost} findings that say why not"
    if not messages and not codes:
        yield "nothing read and nothing said"
    if expected:
        yield from compare(expected, messages)


def main(command, corpus, differences):
    corpus = Path(corpus)
    if not (corpus / "INDEX.tsv").exists():
        print(f"skipped: there is no corpus at {corpus}")
        return 77
    known = {}
    for line in Path(differences).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, reason = line.partition("\t")
            known[name] = reason
    expected = {}
    for line in (corpus / "expected.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        expected[item["file"]] = item
    with open(corpus / "INDEX.tsv", encoding="utf-8", newline="") as index:
        names = [row["file"] for row in csv.DictReader(index, delimiter="\t")]
    failed = explained = 0
    for name in names:
        complaints = list(check_file(command, corpus / name, expected.get(name)))
        explained += bool(complaints) and name in known
        if complaints and name not in known:
            failed += 1
            print(f"not ok - {name}")
            print("".join(f"#   {complaint}\n" for complaint in complaints[:5]), end="")
        if not complaints and name in known:
            failed += 1
            print(f"not ok - {name}: listed in differences.txt, but nothing differs")
    print(f"# {len(names)} files, {len(expected)} with a known result, {explained} differences explained, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else
                  Path(__file__).with_name("differences.txt")))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Made-up statements, written in many ways: the command must read out of the text what was put in.

usage: statement_random.py MT940CONNECT [--files N] [--seed N] [--keep FOLDER]
A file that is read otherwise is left in FOLDER (default: the current directory); exit 1.
"""
import argparse
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import statement_model as m


BARE = ["940", "940", "940", "942"]
# Of findings those that concern several statements, which are made up one by one.
CHAINS = ("PAGE_GAP", "PAGE_BALANCE", "DAY_GAP")


def joined(lines):
    """DESIGN §3: no separator behind a line of 65 characters and more, or before a leading blank."""
    text = lines[0]
    for before, line in zip(lines, lines[1:]):
        text += line if len(before) >= 65 or line.startswith(" ") else " " + line
    return text


def iso(date):
    return date.isoformat() if date else None


def balance(statement, units, date, kind=None):
    found = {"mark": "D" if units < 0 else "C", "date": iso(date), "currency": statement.currency,
             "amount": m.amount_text(abs(units), statement.currency)}
    return {"kind": kind, **found} if kind else found


def expected_entry(statement, movement):
    return {
        "value_date": iso(movement.value_date), "entry_date": iso(movement.entry_date), "mark": movement.mark,
        "funds_code": movement.funds_code, "amount": m.amount_text(movement.units, statement.currency),
        "signed": m.amount_text(movement.signed, statement.currency), "type": movement.type, "code": movement.code,
        "customer_reference": movement.customer_reference, "bank_reference": movement.bank_reference,
        "supplementary": movement.supplementary, "details": told(movement)}


def told(movement):
    """The text, or what a coded one says."""
    if movement.coded:
        return {name: value for name, value in movement.coded.values.items() if value}
    return joined(movement.lines) if movement.lines else None


def expected(statement):
    interim = statement.type == "942"
    return {
        "type": statement.type, "reference": statement.reference, "related_reference": statement.related,
        "account": statement.account, "number": statement.number, "sequence": statement.sequence,
        "opening": None if interim else balance(statement, statement.opening, statement.date,
                                                "final" if statement.first else "intermediate"),
        "closing": None if interim else balance(statement, statement.closing, statement.date,
                                                "final" if statement.last else "intermediate"),
        "available": balance(statement, statement.closing, statement.date)
        if statement.available and not interim else None,
        "forward": [balance(statement, statement.closing, statement.date + datetime.timedelta(days=day + 1))
                    for day in range(statement.forward if statement.type in ("940", "941") else 0)],
        "information": joined(statement.information) if statement.information else None,
        "balanced": None if interim or (statement.type == "941" and not statement.sums) else True,
        "entries": [expected_entry(statement, movement) for movement in statement.movements]}


def found(object_, wanted):
    """The members that are expected, and what stands in them."""
    result = {name: object_[name] for name in wanted}
    result["account"] = object_["account"]["text"]
    result["entries"] = [
        {**{name: entry[name] for name in wanted["entries"][0]}, "details": said(entry)}
        for entry in object_["entries"]] if wanted["entries"] else object_["entries"]
    return result


def said(entry):
    if not entry["details"]:
        return None
    return entry["facts"]["values"] if entry["details"]["dialect"] in ("gvc", "slash") else entry["details"]["text"]


def differences(wanted, got, path=""):
    if isinstance(wanted, dict) and isinstance(got, dict):
        for name in wanted:
            yield from differences(wanted[name], got.get(name), f"{path}.{name}")
    elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        for i, (a, b) in enumerate(zip(wanted, got)):
            yield from differences(a, b, f"{path}[{i}]")
    elif wanted != got:
        yield f"{path[1:]}: {got!r} instead of {wanted!r}"


def judge(statement, object_):
    """What is wrong with the object that the command made of a statement."""
    wanted = expected(statement)
    problems = list(differences(wanted, found(object_, wanted)))
    for finding in object_["findings"]:
        if finding["code"] in CHAINS:
            continue
        if finding["severity"] == "error":
            problems.append(f"an error where there is none: {finding['code']} in line {finding['line']}")
        elif finding["severity"] != "info" and not statement.habits.deviates():
            plain = not any(line in m.LOOKALIKES for movement in statement.movements for line in movement.lines or [])
            if plain:
                problems.append(f"a remark on the standard's own form: {finding['code']} in line {finding['line']}")
    return problems


def make_file(seed):
    maker = m.Maker(seed)
    statements = [maker.statement(maker.dice.choice(BARE), None)]
    habits = statements[0].habits
    # Bare, a 941 and a 950 cannot be told from a 940 without movements or narratives.
    kinds = BARE if habits.envelope == "none" else BARE + ["941", "950"]
    statements += [maker.statement(maker.dice.choice(kinds), habits) for _ in range(maker.dice.choice((0, 0, 1, 3)))]
    return statements, m.render(statements, random.Random(seed))


def run(command, files):
    """The objects of each file, in order."""
    done = subprocess.run([command, "parse", "--facts", *map(str, files)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"the command ended with {done.returncode}")
    objects = {str(file): [] for file in files}
    for line in done.stdout.splitlines():
        object_ = json.loads(line)
        objects[object_["file"]].append(object_)
    return [objects[str(file)] for file in files]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=pathlib.Path, default=pathlib.Path())
    arguments = parser.parse_args()
    bad = statements = 0
    with tempfile.TemporaryDirectory() as folder:
        for begin in range(0, arguments.files, 500):
            seeds = range(arguments.seed + begin, arguments.seed + min(begin + 500, arguments.files))
            paths = [pathlib.Path(folder) / f"statement-{seed}.sta" for seed in seeds]
            truths = []
            for seed, path in zip(seeds, paths):
                truth, text = make_file(seed)
                truths.append(truth)
                path.write_bytes(text)
            for truth, path, objects in zip(truths, paths, run(arguments.command, paths)):
                statements += len(truth)
                problems = [] if len(truth) == len(objects) else [f"{len(objects)} messages instead of {len(truth)}"]
                for number, (statement, object_) in enumerate(zip(truth, objects)):
                    problems += [f"message {number}: {text}" for text in judge(statement, object_)]
                if not problems:
                    continue
                bad += 1
                (arguments.keep / path.name).write_bytes(path.read_bytes())
                print(f"{path.name}: {truth[0].habits}", *problems[:6], sep="\n  ")
    print(f"{statements} statements in {arguments.files} files, {bad} read otherwise")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads every statement below this directory with the command and compares with the .expect file beside it.

usage: run_cases.py COMMAND DIRECTORY [--update]        speaks TAP; README.md describes the .expect files

With --update missing expectations are written, from what was read: look at them before you believe them.
"""
import difflib
import json
import subprocess
import sys
from pathlib import Path


def known(value):
    return "-" if value in (None, "") else str(value)


def money(balance):
    return " ".join(known(balance[key]) for key in ("date", "mark", "amount", "currency") if key in balance)


def of_facts(facts):
    for name, found in facts.items():
        if name == "values":
            yield from (f"  value {key} {value}" for key, value in found.items())
        elif isinstance(found, list):
            for one in found:
                yield f"  fact {name} " + (" ".join(str(v) for v in one.values()) if isinstance(one, dict) else one)
        elif found:
            yield f"  fact {name} {found}"


def of_entry(entry):
    yield (f"entry {known(entry['value_date'])} {known(entry['entry_date'])} {known(entry['mark'])} "
           f"{known(entry['signed'])} {known(entry['type'])}{known(entry['code'])} "
           f"{known(entry['customer_reference'])} {known(entry['bank_reference'])}")
    if entry["funds_code"]:
        yield f"  funds code {entry['funds_code']}"
    if entry["supplementary"]:
        yield f"  supplementary {entry['supplementary']}"
    if entry["details"]:
        yield f"  text {entry['details']['text']}"
        yield from (f"  field {field['code']} {field['value']}" for field in entry["details"]["fields"])
    for key, value in (entry["counterparty"] or {}).items():
        if value:
            yield f"  other {key} {value}"
    yield from of_facts(entry.get("facts", {}))


def of_statement(statement):
    balanced = {True: "yes", False: "no", None: "unknown"}[statement["balanced"]]
    yield (f"statement {statement['type']} {known(statement['reference'])} number {known(statement['number'])} "
           f"page {known(statement['sequence'])} charset {statement['charset']} balanced {balanced}")
    account = statement["account"]
    yield f"account {known(account['text'])}"
    yield from (f"  {key} {account[key]}" for key in ("iban", "bank_code", "branch_code", "number") if account[key])
    for key in ("opening", "closing", "available"):
        if statement[key]:
            yield f"{key} {statement[key].get('kind', '')} {money(statement[key])}".replace("  ", " ")
    yield from (f"forward {money(balance)}" for balance in statement["forward"])
    yield from (f"floor limit {money(limit)}" for limit in statement["floor_limits"])
    for key, total in (statement["totals"] or {}).items():
        if total:
            yield f"{key} total {total['count']} {money(total)}"
    if statement["information"]:
        yield f"information {statement['information']}"
    for entry in statement["entries"]:
        yield from of_entry(entry)
    for finding in statement["findings"]:
        rule = finding["text"].partition(": ")[2] if finding["code"] == "NOT_STANDARD" else ""
        yield f"finding {finding['severity']} {finding['code']} line {finding['line']} tag {known(finding['tag'])} {rule}"


def describe(command, path):
    """What the command reads in the file, as lines; problems outside any statement, and the exit code, are told too."""
    options = ["--lang", "en", "parse"]
    option_file = path.with_suffix(".options")
    if option_file.exists():
        options += option_file.read_text(encoding="utf-8").split()
    result = subprocess.run([command, *options, path.name], cwd=path.parent, capture_output=True)
    lines = []
    statements = [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]
    for statement in statements:
        lines += [*of_statement(statement), ""]
    if not statements:
        lines += [f"message {line}" for line in result.stderr.decode("utf-8").splitlines()]
    return [line.rstrip() for line in lines] + [f"exit {result.returncode}"]


def main(command, directory, *options):
    command = Path(command).resolve()
    number = 0
    for path in sorted(p for p in Path(directory).rglob("*.sta")):
        number += 1
        name = path.relative_to(directory).with_suffix("").as_posix()
        expected = path.with_suffix(".expect")
        found = describe(command, path)
        if "--update" in options and not expected.exists():
            expected.write_text(f"# {name}: say here what is special\n" + "\n".join(found) + "\n", encoding="utf-8")
        wanted = expected.read_text(encoding="utf-8").splitlines() if expected.exists() else []
        wanted = [line.rstrip() for line in wanted if not line.startswith("#")]
        good = wanted == found
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
        if not good:
            difference = difflib.unified_diff(wanted, found, "expected", "found", lineterm="", n=1)
            print("\n".join("# " + line for line in difference))
    print(f"1..{number}")
    return 0 if number else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Everything the command writes as JSON about the fragments agrees with docs/json; and the schemas are schemas.

usage: check_schemas.py PROGRAM SOURCE_ROOT [FOLDER_OF_MORE_STATEMENTS]      output: TAP; skips without jsonschema
"""
import glob
import json
import os
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit(0)

program, root, *more = sys.argv[1:]
fragments = sorted(glob.glob(os.path.join(root, "tests", "cases", "fragments", "*.sta")))
results = []


def load(name):
    with open(os.path.join(root, "docs", "json", name + ".schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, timeout=300)
    if done.returncode not in (0, 1):
        raise AssertionError(f"{arguments[:2]}: exit code {done.returncode}: {done.stderr[-500:]}")
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def judge(name, what, objects, least=1):
    validator = load(name)
    faults = [f"line {number}: {'/'.join(map(str, error.path))}: {error.message}"
              for number, value in enumerate(objects) for error in validator.iter_errors(value)]
    if len(objects) < least:
        faults.append(f"{len(objects)} lines, at least {least} expected")
    if any(value.get("v") != 1 for value in objects):
        faults.append('an object without "v":1')
    results.append((f"{what} ({len(objects)} lines)", faults))


judge("parse", "parse of the fragments", run("parse", *fragments), 20)
judge("parse", "parse --raw --strict of the fragments", run("parse", "--raw", "--strict", *fragments), 20)
judge("check", "check of the fragments", run("check", "--json", *fragments), 20)
judge("check", "check in Turkish", run("check", "--json", "--lang", "tr", *fragments), 20)
judge("iban", "iban", run("iban", "TR140006200119000001234567", "TR14000", "", "XX00000", "NL91 ABNA 0417 1643 00", "İıŞİıŞ"), 5)
for folder in more:
    files = sorted(path for path in glob.glob(os.path.join(folder, "**", "*"), recursive=True)
                   if os.path.isfile(path) and not path.endswith((".tsv", ".jsonl")))
    if files:
        judge("parse", "parse of the corpus", run("parse", *files))
        judge("check", "check of the corpus", run("check", "--json", *files))
for path in sorted(glob.glob(os.path.join(root, "docs", "json", "*.schema.json"))):
    try:
        load(os.path.basename(path)[:-len(".schema.json")])
        results.append((os.path.basename(path) + " is a schema", []))
    except jsonschema.SchemaError as error:
        results.append((os.path.basename(path) + " is a schema", [error.message]))

print(f"1..{len(results)}")
for number, (what, faults) in enumerate(results, 1):
    print(f"{'not ok' if faults else 'ok'} {number} - {what}")
    for fault in faults[:10]:
        print("# " + fault)
sys.exit(any(faults for _, faults in results))

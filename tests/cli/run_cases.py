#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the command line by data: every file *.case below the given folders is a story in a folder of its own.

usage: run_cases.py PROGRAM SOURCE_ROOT FOLDER…          output: TAP

A case is added by adding a file. Its lines:
  # …                    a comment
  copy FROM… TO          copies files of tests/cases (FROM may have *) into the folder TO
  file PATH              writes a file: the indented lines that follow, without the indent
  append PATH BYTES      adds bytes to a file, Python escapes
  remove PATH            takes a file away
  mode OCTAL PATH        changes its rights
  $ ARGUMENTS            runs mt940connect; quotes as in a shell, nothing else. "< PATH" is its input
  exit N                 its exit code; 0 when not said
  out TEXT   out! TEXT   standard output holds TEXT, or does not
  err TEXT   err! TEXT   the same of standard error
  lines N                number of lines on standard output
  same                   standard output is that of the run before
  json PATH VALUE        a value in the JSON lines: "0.entries.1.amount", line first; "#" is a length
  exists PATH  gone PATH a file is there, or is not
  set NAME JSONPATH      keeps a value of the output; {NAME} in later lines
MT940_CASES_STORE in the environment is the store of the stories, "{}" their number, for stories that name none.
JSON lines of a command are checked against docs/json/COMMAND.schema.json where python3-jsonschema is installed.
"""
import glob
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None


class Failure(Exception):
    pass


def schema_of(root, command, cache={}):
    if command not in cache:
        path = os.path.join(root, "docs", "json", command + ".schema.json")
        cache[command] = None
        if jsonschema is not None and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                cache[command] = jsonschema.Draft7Validator(json.load(file))
    return cache[command]


def check_schema(root, command, objects):
    if jsonschema is None:
        return
    validator = schema_of(root, command)
    if validator is None:
        raise Failure(f"docs/json/{command}.schema.json is missing")
    for number, value in enumerate(objects):
        for error in validator.iter_errors(value):
            raise Failure(f"JSON line {number}: {'/'.join(map(str, error.path))}: {error.message}")


class Story:
    def __init__(self, program, root, folder, number):
        self.program, self.root, self.folder, self.number = program, root, folder, number
        self.names, self.run, self.before = {}, None, None

    def path(self, name):
        return os.path.join(self.folder, name)

    # What prepares the folder.

    def do_copy(self, words, _):
        *sources, target = shlex.split(words)
        os.makedirs(self.path(target), exist_ok=True)
        for source in sources:
            found = glob.glob(os.path.join(self.root, "tests", "cases", source))
            if not found:
                raise Failure(f"nothing to copy: {source}")
            for name in found:
                copy = shutil.copy(name, self.path(target))
                os.chmod(copy, 0o644)

    def do_file(self, name, block):
        os.makedirs(os.path.dirname(self.path(name)) or ".", exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8", newline="") as file:
            file.write("".join(line + "\n" for line in block))

    def do_append(self, words, _):
        name, _, content = words.partition(" ")
        with open(self.path(name), "ab") as file:
            file.write(content.encode("latin-1").decode("unicode_escape").encode("latin-1"))

    def do_remove(self, name, _):
        os.remove(self.path(name))

    def do_mode(self, words, _):
        mode, name = words.split()
        os.chmod(self.path(name), int(mode, 8))

    # What runs, and what is expected of it.

    def do_run(self, words, _):
        self.settle()
        self.before = self.run
        arguments, source = shlex.split(words), subprocess.DEVNULL
        if "<" in arguments:
            at = arguments.index("<")
            source = open(self.path(arguments[at + 1]), "rb")
            del arguments[at:at + 2]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in ("LANG", "LANGUAGE")}
        environment.update(LC_ALL="C.UTF-8", LOGNAME="tester", TZ="UTC")
        environment.pop("NO_COLOR", None)
        if "MT940_CASES_STORE" in os.environ:
            environment["MT940CONNECT_STORE"] = os.environ["MT940_CASES_STORE"].format(self.number)
        self.run = subprocess.run([self.program] + arguments, cwd=self.folder, stdin=source, capture_output=True,
                                  timeout=120, env=environment)
        self.out = self.run.stdout.decode("utf-8")
        self.err = self.run.stderr.decode("utf-8")
        self.wanted_exit = 0
        if "AddressSanitizer" in self.err or "runtime error:" in self.err:
            raise Failure(f"sanitizer: {self.err}")
        self.objects = []
        if self.out.startswith('{"v":1'):
            self.objects = [json.loads(line) for line in self.out.splitlines()]
            check_schema(self.root, arguments[2 if arguments[0] == "--lang" else 0], self.objects)

    def settle(self):
        """The exit code is compared when all about a run was said."""
        if self.run is not None and self.run.returncode != self.wanted_exit:
            code, self.wanted_exit = self.wanted_exit, self.run.returncode
            raise Failure(f"exit code {self.run.returncode}, expected {code}\n{self.out}{self.err}")

    def do_exit(self, number, _):
        self.wanted_exit = int(number)

    def need(self, condition, what):
        if not condition:
            raise Failure(f"{what}\n--- standard output\n{self.out}--- standard error\n{self.err}")

    def do_out(self, text, _):
        self.need(text in self.out, f"standard output lacks: {text}")

    def do_out_not(self, text, _):
        self.need(text not in self.out, f"standard output holds: {text}")

    def do_err(self, text, _):
        self.need(text in self.err, f"standard error lacks: {text}")

    def do_err_not(self, text, _):
        self.need(text not in self.err, f"standard error holds: {text}")

    def do_lines(self, number, _):
        self.need(len(self.out.splitlines()) == int(number), f"not {number} lines")

    def do_same(self, _, __):
        self.need(self.run.stdout == self.before.stdout, "standard output differs from the run before")

    def value(self, path):
        value = self.objects
        for step in path.split("."):
            if step == "#":
                value = len(value)
            elif isinstance(value, list):
                self.need(step.isdigit() and int(step) < len(value), f"no {step} in {path}")
                value = value[int(step)]
            else:
                self.need(isinstance(value, dict) and step in value, f"no {step} in {path}")
                value = value[step]
        return value

    def do_json(self, words, _):
        path, wanted = words.split(" ", 1)
        value = self.value(path)
        self.need(value == json.loads(wanted), f"{path} is {json.dumps(value, ensure_ascii=False)}, expected {wanted}")

    def do_set(self, words, _):
        name, path = words.split()
        self.names[name] = str(self.value(path))

    def do_exists(self, name, _):
        self.need(os.path.exists(self.path(name)), f"{name} is not there")

    def do_gone(self, name, _):
        self.need(not os.path.exists(self.path(name)), f"{name} is there")

    def tell(self, line, block):
        word, _, rest = line.partition(" ")
        for name, value in self.names.items():
            rest = rest.replace("{" + name + "}", value)
        verb = {"$": "run", "out!": "out_not", "err!": "err_not"}.get(word, word)
        action = getattr(self, "do_" + verb, None)
        if action is None:
            raise Failure(f"no such line: {line}")
        action(rest, block)


def sentences(path):
    """(number, line, indented lines below it) of a case."""
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith(("#", " ", "\t")):
            continue
        block = []
        for below in lines[number + 1:]:
            if below.strip() and not below.startswith("    "):
                break
            block.append(below[4:])
        while block and not block[-1]:
            block.pop()
        yield number + 1, line, block


def tell(program, root, path, number_of_story):
    """None, or what went wrong."""
    with tempfile.TemporaryDirectory(prefix="mt940-case-") as folder:
        story = Story(program, root, folder, number_of_story)
        number = 0
        try:
            for number, line, block in sentences(path):
                story.tell(line, block)
            story.settle()
        except Failure as failure:
            return f"line {number}: {failure}"
        except (OSError, ValueError, StopIteration, subprocess.TimeoutExpired) as error:
            return f"line {number}: {type(error).__name__}: {error}"
        return None


def main():
    program, root, *folders = sys.argv[1:]
    program, root = os.path.abspath(program), os.path.abspath(root)
    cases = sorted(case for folder in folders
                   for case in glob.glob(os.path.join(root, folder, "**", "*.case"), recursive=True))
    print(f"1..{len(cases)}")
    if jsonschema is None:
        print("# python3-jsonschema is not installed: the JSON is not compared with its schemas")
    failed = 0
    for number, case in enumerate(cases, 1):
        fault = tell(program, root, case, number - 1)
        name = os.path.relpath(case, os.path.join(root, "tests", "cases"))
        print(f"{'not ok' if fault else 'ok'} {number} - {name}", flush=True)
        if fault:
            failed += 1
            for line in fault.splitlines():
                print("# " + line)
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Functions of at most 60 lines, files of at most 500; prints medians and the longest. Generated tables are exempt."""
import ast
import re
import statistics

import source

FUNCTION_LIMIT, FILE_LIMIT = 60, 500
FOLDERS = ("include", "libmt940", "examples", "bindings", "tests", "fuzz")


def c_functions(text):
    """(name, first line, last line) of every function body at the top level."""
    text = source.code(text)
    # The braces of extern "C" enclose declarations, not a body.
    text = re.sub(r'extern\s*"[^"]*"\s*\{', lambda m: re.sub(r"[^\n]", " ", m.group(0)), text)
    depth, start, body = 0, 0, None
    for offset, c in enumerate(text):
        if c == "{":
            if depth == 0 and text[start:offset].rstrip().endswith(")"):
                body = start + len(text[start:offset]) - len(text[start:offset].lstrip())
            depth += 1
        elif c == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                if body is not None:
                    called = re.search(r"(\w+)\s*\(", text[body:offset])
                    yield called.group(1), source.line_of(text, body), source.line_of(text, offset)
                body, start = None, offset + 1
        elif c == ";" and depth == 0:
            start = offset + 1


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno


def main():
    problems, kinds = [], {}
    for path in source.files(*FOLDERS, suffixes=(".c", ".h", ".py", ".sh")):
        text = source.read(path)
        if source.is_generated(text):
            continue
        lines = text.count("\n")
        kind = kinds.setdefault(path.suffix, ([], []))
        kind[0].append((lines, source.name(path)))
        if lines > FILE_LIMIT:
            problems.append(f"{source.name(path)}:1: {lines} lines, at most {FILE_LIMIT}")
        finder = {".py": python_functions, ".sh": lambda _: ()}.get(path.suffix, c_functions)
        for function, first, last in finder(text):
            length = last - first + 1
            kind[1].append((length, f"{source.name(path)}:{first} {function}"))
            if length > FUNCTION_LIMIT:
                problems.append(f"{source.name(path)}:{first}: {function} has {length} lines, at most {FUNCTION_LIMIT}")
    for suffix, (lengths, functions) in sorted(kinds.items()):
        for what, values in (("files", lengths), ("functions", functions)):
            if values:
                middle = statistics.median(v for v, _ in values)
                print(f"{suffix} {what}: {len(values)}, median {middle:g} lines, longest {' '.join(map(str, max(values)))}")
    if len(kinds.get(".c", ([], []))[1]) < 20:
        problems.append("hardly any function was seen; the check itself is broken")
    source.report("lengths", problems)


main()

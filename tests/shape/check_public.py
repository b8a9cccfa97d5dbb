#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rules of public headers (docs/abi.md): what would tie the hands of other compilers and of languages other than C.

No typedef of structs, no enum as a member, no struct by value, no varargs, FILE, double or third-party type; an
include guard of the file's name, extern "C", a licence line, and words in front of every function. Versions agree.
"""
import re

import source

FORBIDDEN = [
    (r"\btypedef\s+(struct|union|enum)\b", "typedef of a struct, union or enum"),
    (r"\.\.\.", "varargs"),
    (r"\bva_list\b", "va_list"),
    (r"\bFILE\b", "FILE"),
    (r"\b(float|double|long\s+double|wchar_t|bool|_Bool|time_t|off_t|ssize_t)\b", "a type whose size or form differs"),
    (r"\b(sqlite3|PG\w+|CURL|UChar\w*|json_t|yajl_\w+)\b", "a third party's type"),
    (r"\blong\b(?!\s+long)", "long has two sizes"),
    (r"#\s*pragma|__attribute__|__declspec", "a compiler's own word"),
]
DECLARATION = re.compile(r"^(?:const\s+)?(?:struct\s+\w+|\w+)[\s*]+?\**(mt940_\w+)\s*\(", re.M)


def function_comments(text, name):
    """Every function declaration follows a comment, or another declaration that does, without an empty line."""
    bare = source.code(text)
    lines, spoken = text.split("\n"), False
    for number, line in enumerate(bare.split("\n"), 1):
        if not lines[number - 1].strip():
            spoken = False
        elif lines[number - 1].rstrip().endswith("*/"):
            spoken = True
        match = DECLARATION.match(line)
        if match and not spoken:
            yield f"{name}:{number}: {match.group(1)} has no comment before it"


def struct_bodies(bare):
    for match in re.finditer(r"\bstruct\s+\w+\s*\{", bare):
        depth, end = 1, match.end()
        while depth and end < len(bare):
            depth += {"{": 1, "}": -1}.get(bare[end], 0)
            end += 1
        yield match.end(), bare[match.end():end]


def by_value(bare):
    """Parameters and results that are structs, not pointers to them."""
    for match in re.finditer(r"[(,]\s*(?:const\s+)?struct\s+\w+\s+\w+\s*[,)]", bare):
        yield match.start(), "a struct by value"
    for match in re.finditer(r"^(?:const\s+)?struct\s+\w+\s+\w+\s*\(", bare, re.M):
        yield match.start(), "a struct as result"


def header(path):
    text, name = source.read(path), source.name(path)
    bare = source.code(text)

    def at(offset, what):
        return f"{name}:{source.line_of(text, offset)}: {what}"

    if "SPDX-License-Identifier: Apache-2.0" not in text.split("\n")[0]:
        yield f"{name}:1: no SPDX line"
    stem = path.relative_to(source.ROOT / "include").with_suffix("").as_posix().split("/")
    guard = "_".join(["MT940CONNECT", *stem[1:], "H"]).upper()
    if not re.search(rf"^#ifndef {guard}\n#define {guard}$", text, re.M) or not text.rstrip().endswith("#endif"):
        yield f"{name}:1: the include guard is not {guard}"
    if re.search(r"\bmt940_\w+\s*\(", bare) and 'extern "C"' not in text:
        yield f'{name}:1: no extern "C"'
    for pattern, what in FORBIDDEN:
        for match in re.finditer(pattern, source.bare(text)):
            yield at(match.start(), what)
    for start, body in struct_bodies(bare):
        for match in re.finditer(r"\benum\s+\w+\s+\w+\s*[;\[]", body):
            yield at(start + match.start(), "an enum as a member; use int32_t")
    for offset, what in by_value(bare):
        yield at(offset, what)
    yield from function_comments(text, name)


def versions():
    found = re.findall(r"#define MT940_VERSION_(?:MAJOR|MINOR|PATCH) (\d+)",
                       source.read(source.ROOT / "include/mt940connect/base.h"))
    built = re.search(r"version: '([\d.]+)'", source.read(source.ROOT / "meson.build")).group(1)
    if ".".join(found) != built:
        yield f"meson.build:1: version {built}, but base.h says {'.'.join(found)}"


headers = source.files("include", suffixes=(".h",))
problems = [problem for path in headers for problem in header(path)] + list(versions())
# Every file of ours says under which licence it stands, in its first lines.
for path in source.files("libmt940", "examples", "bindings", "tests", "fuzz", suffixes=(".c", ".h", ".i", ".py", ".sh")):
    if "SPDX-License-Identifier: Apache-2.0" not in "".join(source.read(path).splitlines(True)[:4]):
        problems.append(f"{source.name(path)}:1: no SPDX line")
source.report(f"public headers ({len(headers)})", problems)

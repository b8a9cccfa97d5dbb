#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Functions the core does without: what depends on a locale, a clock or the environment, what cannot be bounded,
what ends the process, and the heap outside base/memory.c. Elsewhere only those that cannot be bounded are banned."""
import re

import source

UNBOUNDED = r"str(?:cpy|cat|ncpy|ncat)|stpcpy|v?sprintf|gets|v?f?scanf|strtok(?:_r)?|ato(?:i|l|ll|f)|alloca|tmpnam|mktemp"
CORE = "|".join([
    UNBOUNDED,
    r"strto(?:l|ll|ul|ull|d|f|ld|imax|umax)|strn?dup|strcoll|strxfrm|strerror(?:_r)?|strn?casecmp",
    r"is(?:alpha|alnum|digit|xdigit|space|upper|lower|punct|print|graph|cntrl|blank)|to(?:upper|lower)",
    r"v?f?printf|v?sn?printf|f?puts|f?putc|putchar|perror|fopen|fread|fwrite|fclose|open|close|read|write",
    r"(?:local|gm)time(?:_r)?|mktime|time|clock|strftime|setlocale|localeconv|getenv|rand|srand|random",
    r"abort|exit|assert|raise|signal|longjmp|setjmp|atexit|qsort|bsearch",
])
HEAP = r"malloc|calloc|realloc|free|aligned_alloc"
WORDS = [
    (r"\b(float|double)\b", "floating point"),
    (r"\b_Thread_local\b|\bvolatile\b", "state between threads"),
]
HEAP_HOME = "libmt940/base/memory.c"


def calls(bare, names):
    # A member call (port->read(...), sink.write(...)) and a definition of ours with a prefix are something else.
    return re.finditer(rf"(?<![\w.>])({names})\s*\(", bare)


def judge(path):
    text, name = source.read(path), source.name(path)
    bare = source.code(text)
    room = name.split("/")[1] if name.startswith("libmt940/") else None
    in_core = room in source.ROOMS

    def at(match, what):
        return f"{name}:{source.line_of(text, match.start(1))}: {what}"

    for match in calls(bare, CORE if in_core else UNBOUNDED):
        # A callback slot in a struct reads "int (*read)(…)": the name stands in brackets.
        yield at(match, f"{match.group(1)}() is banned here")
    if not in_core:
        return
    if name != HEAP_HOME:
        for match in calls(bare, HEAP):
            yield at(match, f"{match.group(1)}() belongs to base/memory.c")
        for pattern, what in WORDS:
            for match in re.finditer(pattern, bare):
                yield at(match, what)
    # A label before its goto means a jump backwards.
    for match in re.finditer(r"\bgoto\s+(\w+)\s*;", bare):
        if re.search(rf"^\s*{match.group(1)}:", bare[match.end():], re.M) is None:
            yield at(match, "goto jumps backwards")


paths = source.files("libmt940", "examples", "bindings")
source.report(f"banned functions ({len(paths)} files)", [p for path in paths for p in judge(path)])

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes status.h, docs/status.md and the Python exceptions from status.def.

usage: gen_status.py {header|docs|python} STATUS_DEF > OUTPUT
The results are committed; tests/shape/check_generated.py fails when they are out of date.
"""
import re
import sys

LINE = re.compile(r'^MT940_STATUS\((-?\d+), (\w+), (\w+), "(.*)"\)$', re.M)


def header(rows):
    yield ("/* SPDX-License-Identifier: Apache-2.0\n *\n * status.h: what a function can return.\n"
           " * Made by libmt940/base/gen_status.py from libmt940/base/status.def; change that file.\n */\n"
           "#ifndef MT940CONNECT_STATUS_H\n#define MT940CONNECT_STATUS_H\n\nenum mt940_status {")
    last = len(rows) - 1
    for n, (number, name, _, text) in enumerate(rows):
        yield f"    /* {text} */\n    MT940_{name} = {number}{'' if n == last else ','}"
    yield "};\n\n#endif"


def docs(rows):
    yield ("# Status codes\n\nMade by `libmt940/base/gen_status.py` from `libmt940/base/status.def`; change that file.\n\n"
           "| number | name | Python | meaning |\n|---|---|---|---|")
    for number, name, exception, text in rows:
        yield f"| {number} | `MT940_{name}` | `{exception}` | {text} |"


def python(rows):
    yield ('# SPDX-License-Identifier: Apache-2.0\n"""Exceptions, one for each status of the C library.\n\n'
           'Made by libmt940/base/gen_status.py from libmt940/base/status.def; change that file.\n"""\n'
           "from __future__ import annotations\n\nfrom typing import Dict, Optional, Type\n\n\n"
           "class Mt940Error(Exception):\n"
           '    """Base of all; `status` is the number of the C library, `detail` that of a callback or system."""\n\n'
           "    status: int = 0\n\n"
           '    def __init__(self, message: str = "", detail: int = 0, offset: Optional[int] = None,\n'
           '                 line: Optional[int] = None, column: Optional[int] = None, tag: str = "") -> None:\n'
           "        super().__init__(message or (self.__doc__ or \"\"))\n"
           "        self.detail, self.offset, self.line, self.column, self.tag = detail, offset, line, column, tag\n")
    builtins = {"MemoryError": "MemoryError"}
    for number, name, exception, text in rows:
        if exception == "None":
            continue
        own = "OutOfMemoryError" if exception in builtins else exception
        bases = "Mt940Error" + (f", {exception}" if exception in builtins else "")
        yield f'\nclass {own}({bases}):\n    """{text}"""\n\n    status = {number}\n'
    yield "\nBY_STATUS: Dict[int, Type[Mt940Error]] = {"
    for number, name, exception, _ in rows:
        if exception != "None":
            own = "OutOfMemoryError" if exception in builtins else exception
            yield f"    {number}: {own},"
    yield "}"


if __name__ == "__main__":
    rows = LINE.findall(open(sys.argv[2], encoding="utf-8").read())
    print("\n".join({"header": header, "docs": docs, "python": python}[sys.argv[1]](rows)))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes message_codes.h and docs/messages.md from message.def.

usage: gen_message.py {header|docs} MESSAGE_DEF > OUTPUT
The results are committed; tests/shape/check_generated.py fails when they are out of date.
"""
import re
import sys

LINE = re.compile(r'^MT940_MESSAGE\((\d+), (\w+), (\w+), "(.*)", "(.*)"\)$', re.M)


def header(rows):
    yield ("/* SPDX-License-Identifier: Apache-2.0\n *\n * message_codes.h: numbers of the texts for people.\n"
           " * Made by libmt940/text/gen_message.py from libmt940/text/message.def; change that file.\n */\n"
           "#ifndef MT940CONNECT_MESSAGE_CODES_H\n#define MT940CONNECT_MESSAGE_CODES_H\n\nenum mt940_message {")
    last = len(rows) - 1
    for n, (number, name, severity, english, _) in enumerate(rows):
        yield f"    /* {severity.lower()}: {english} */\n    MT940_M_{name} = {number}{'' if n == last else ','}"
    yield "};\n\n#endif"


def docs(rows):
    yield ("# Messages\n\nMade by `libmt940/text/gen_message.py` from `libmt940/text/message.def`; change that file.\n\n"
           "| number | code | severity | English | Türkçe |\n|---|---|---|---|---|")
    for number, name, severity, english, turkish in rows:
        yield f"| {number} | `{name}` | {severity.lower()} | {english} | {turkish} |"


if __name__ == "__main__":
    rows = LINE.findall(open(sys.argv[2], encoding="utf-8").read())
    print("\n".join({"header": header, "docs": docs}[sys.argv[1]](rows)))

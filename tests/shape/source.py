# SPDX-License-Identifier: Apache-2.0
"""What the shape tests share: which files are ours, and C text without its comments and strings."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("base", "text", "record", "identifier", "statement", "match", "slip", "dbs", "flow")

TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def files(*folders, suffixes=(".c", ".h")):
    """Paths below the folders, in order."""
    found = []
    for folder in folders:
        top = ROOT / folder
        found += [top] if top.is_file() else [p for p in top.rglob("*") if p.suffix in suffixes and p.is_file()]
    return sorted(p for p in found if "__pycache__" not in p.parts)


def name(path):
    return path.relative_to(ROOT).as_posix()


def read(path):
    return path.read_text(encoding="utf-8")


def is_generated(text):
    return any("Made by" in line for line in text.split("\n")[:12])


def bare(text):
    """The same text with comments and the insides of literals blanked; every character keeps its place."""
    def blank(match):
        token = match.group(0)
        if token[0] == "/":
            return re.sub(r"[^\n]", " ", token)
        return token[0] + " " * (len(token) - 2) + token[-1]
    return TOKEN.sub(blank, text)


def code(text):
    """Like bare(), without preprocessor lines either."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)), bare(text), flags=re.M)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def report(what, problems):
    """Ends a check: prints every problem as FILE:LINE: text, exit code 1 when there is one."""
    for problem in problems:
        print(problem)
    print(f"{what}: {len(problems)} problem(s)")
    sys.exit(1 if problems else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs the build into an empty directory and uses it from there as a stranger would. Speaks TAP.

usage: check_install.py BUILD SOURCE CC PREFIX STATEMENT [PYTHON]

Through pkg-config alone: the first numbered example and the C example of README.md are built and run. With PYTHON the
installed package and its command are tried too.
"""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

number = 0


def case(name, good, note=""):
    global number
    number += 1
    print(f"{'ok' if good else 'not ok'} {number} - {name}")
    if not good and note:
        print("\n".join("# " + line for line in str(note).splitlines()))
    return good


def run(*command, env=None):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, env={**os.environ, **(env or {})})
    return result.returncode, result.stdout, result.stderr


def flags(root, *wanted):
    """pkg-config with the installed .pc files before all others, and their paths below the empty directory."""
    found = [str(path.parent) for path in root.rglob("mt940connect.pc")]
    code, out, err = run("pkg-config", *wanted, env={"PKG_CONFIG_PATH": ":".join(found)})
    return out.split() if code == 0 else sys.exit(f"pkg-config {' '.join(wanted)}: {err}")


def below(root, prefix, words):
    """-I and -L of the prefix, moved to where it was installed for the test."""
    return [re.sub(rf"^(-[IL]){re.escape(prefix)}", rf"\g<1>{root}{prefix}", word) for word in words]


def build_and_run(root, prefix, cc, source, statement, wanted):
    program = root / "program"
    words = below(root, prefix, flags(root, "--cflags", "--libs", "mt940connect"))
    # C11 and warnings as errors: what a careful user's build would say of our headers.
    code, _, err = run(*cc.split(","), "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", source, *words, "-o",
                       program)
    if not case(f"{source.name} builds through pkg-config", code == 0, err):
        return
    library = next(root.rglob("libmt940connect.so.0")).parent
    code, out, err = run(program, statement, env={"LD_LIBRARY_PATH": str(library)})
    case(f"{source.name} runs", code == 0 and wanted in out, f"exit {code}\n{out}{err}")


def readme_example(source, root):
    blocks = re.findall(r"^```c\n(.*?)^```$", (source / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    case("README.md has one C example", len(blocks) == 1, f"{len(blocks)} found")
    path = root / "readme.c"
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path


def check_files(root, source):
    include = next(root.rglob("include/mt940connect")).parent
    installed = {p.relative_to(include).as_posix() for p in include.rglob("*.h")}
    ours = {p.relative_to(source / "include").as_posix() for p in (source / "include").rglob("*.h")}
    # Adapters that were not built leave their headers out.
    core = {name for name in ours if "/adapters/" not in name}
    case("every public header is installed, nothing else", core <= installed <= ours, sorted(core ^ installed))
    case("no static or internal library is", not list(root.rglob("*internal*")))
    required = " ".join(flags(root, "--print-requires", "mt940connect"))
    case("ICU does not leak to users of the shared library", "icu" not in required, required)


def check_python(root, python, statement):
    package = next(root.rglob("mt940connect/__init__.py"), None)
    if not case("the Python package is installed", package is not None):
        return
    env = {"PYTHONPATH": str(package.parent.parent),
           "LD_LIBRARY_PATH": str(next(root.rglob("libmt940connect.so.0")).parent)}
    code, out, err = run(python, "-m", "mt940connect", "check", statement, env=env)
    case("python -m mt940connect runs from there", code == 0 and "good" in out, out + err)
    names = {p.name for p in package.parent.iterdir()}
    case("with its types", {"py.typed", "lowlevel.pyi"} <= names, names)


def main(build, source, cc, prefix, statement, python=None):
    source = Path(source)
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        code, out, err = run("meson", "install", "-C", build, "--no-rebuild", "--destdir", root)
        if case("meson install", code == 0, out[-2000:] + err):
            check_files(root, source)
            build_and_run(root, prefix, cc, source / "examples/01-print-statement.c", statement, "3 movements")
            build_and_run(root, prefix, cc, readme_example(source, root), statement, "12500.75")
            if python:
                check_python(root, python, statement)
    print(f"1..{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

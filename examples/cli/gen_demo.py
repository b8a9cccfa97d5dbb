#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the files of `mt940connect demo` a part of the command, so that it runs from anywhere.

usage: gen_demo.py NAME=PATH … > OUTPUT
"""
import sys

print("/* Made by examples/cli/gen_demo.py. */")
print('#include "demo.h"\n')
names = []
for number, pair in enumerate(sys.argv[1:]):
    name, path = pair.split("=", 1)
    with open(path, "rb") as file:
        content = file.read()
    names.append((name, len(content)))
    print(f"static const unsigned char file{number}[] = {{")
    for at in range(0, len(content), 24):
        print("    " + ",".join(map(str, content[at:at + 24])) + ",")
    print("};")
print("\nconst struct demo_file demo_files[] = {")
for number, (name, length) in enumerate(names):
    print(f'    {{"{name}", file{number}, {length}}},')
print("    {0, 0, 0},\n};")

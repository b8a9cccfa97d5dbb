#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The core keeps no state: its archive holds no variable that can change. usage: check_state.py ARCHIVE"""
import re
import subprocess
import sys


def main(archive):
    text = subprocess.run(["objdump", "-t", archive], check=True, capture_output=True, text=True).stdout
    symbols = re.findall(r"^[0-9a-f]+ (.{7}) (\S+)\t([0-9a-f]+) +(?:\.hidden )?(\S+)$", text, re.M)
    # .data.rel.ro holds constants with pointers in them: read-only once loaded.
    changing = [name for flags, section, size, name in symbols
                if re.fullmatch(r"(\.data|\.bss|\.tdata|\.tbss|\*COM\*)(\..*)?", section)
                and not section.startswith(".data.rel.ro") and int(size, 16) and "O" in flags]
    for name in changing:
        print(f"{name} can change")
    print(f"{len(symbols)} symbols, {len(changing)} variables")
    return 1 if changing or len(symbols) < 100 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

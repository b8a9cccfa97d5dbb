#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes directory_tables.c from tr_banks.tsv, az_banks.tsv and iso3166.txt.

usage: gen_directory.py DIRECTORY > DIRECTORY/directory_tables.c
The result is committed; a test compares.
"""
import re
import sys


def table(path):
    text = open(path, encoding="utf-8").read()
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    names = lines[0].split("\t")
    date = re.search(r"read (\d{4}-\d{2}(?:-\d{2})?)", text)[1]
    return date, [dict(zip(names, line.split("\t") + [""] * len(names))) for line in lines[1:]]


def text(value):
    """A C string; UTF-8 goes as it is."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bank_line(country, row):
    fields = [country, row["code"], row["name"], row["bic"], row.get("correspondent_account", ""),
              row.get("voen", ""), row.get("head_office", "")]
    return "    {" + ", ".join(map(text, fields)) + "},"


def country_lines(path):
    """One number per first letter, with a bit for each second letter."""
    words = [w for line in open(path, encoding="ascii") if not line.startswith("#") for w in line.split()]
    bits = [0] * 26
    for word in words:
        bits[ord(word[0]) - 65] |= 1 << (ord(word[1]) - 65)
    for first in range(0, 26, 9):
        yield "    " + ", ".join("0x%07x" % b for b in bits[first:first + 9]) + ","


def generate(directory):
    lists = [(country, *table(f"{directory}/{country.lower()}_banks.tsv")) for country in ("AZ", "TR")]
    yield ("/* SPDX-License-Identifier: Apache-2.0\n *\n * directory_tables.c: banks, and the countries of ISO 3166.\n"
           " * Made by gen_directory.py from tr_banks.tsv, az_banks.tsv and iso3166.txt, which name their sources;\n"
           " * change those files.\n */\n#include \"identifier/directory.h\"\n")
    yield "const struct mt940_directory_list mt940_directory_lists[] = {"
    start = 0
    for country, date, rows in lists:
        codes = [row["code"] for row in rows]
        assert codes == sorted(codes) and {len(code) for code in codes} <= {min(len(codes[0]), 8)}, country
        yield f"    {{\"{country}\", \"{date}\", {start}, {len(rows)}}},"
        start += len(rows)
    yield f"}};\n\nconst size_t mt940_directory_list_count = {len(lists)};"
    yield f"const size_t mt940_directory_row_count = {start};\n"
    yield "const struct mt940_directory_row mt940_directory_rows[] = {"
    for country, _, rows in lists:
        yield from (bank_line(country, row) for row in rows)
    yield "};\n\nconst uint32_t mt940_directory_countries[26] = {"
    yield from country_lines(f"{directory}/iso3166.txt")
    yield "};"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print("\n".join(generate(sys.argv[1])))

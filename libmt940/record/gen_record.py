#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes include/mt940connect/record.h, docs/records.md and the Python dataclasses from store.def.

usage: gen_record.py {header|docs|python} STORE_DEF > OUTPUT
The results are committed; tests/shape/check_generated.py fails when they are out of date.
"""
import re
import sys

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^,\s][^,]*')
C_TYPES = {"TEXT": "struct mt940_view", "BLOB": "struct mt940_view", "DATE": "struct mt940_date"}
NOTES = {"MONEY": "minor units", "RATE": "10^-8", "FLAG": "0 or 1", "BLOB": "bytes"}
PY_TYPES = {"TEXT": ("str", '""'), "BLOB": ("bytes", 'b""'), "DATE": ("Optional[datetime.date]", "None"),
            "FLAG": ("bool", "False")}


def read(path):
    """Returns (enums, kinds) as lists of dicts, in file order."""
    text = re.sub(r"/\*.*?\*/", "", open(path, encoding="utf-8").read(), flags=re.S)
    enums, kinds = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("#"):
            continue
        for macro in re.findall(r"[A-Z_]+\((?:\"(?:[^\"\\]|\\.)*\"|[^()\"])*\)", line):
            name, inner = macro.split("(", 1)
            args = [a.strip().strip('"') for a in TOKEN.findall(inner[:-1])]
            if name == "ENUM":
                enums.append({"name": args[0], "doc": args[1], "values": []})
            elif name == "VALUE":
                enums[-1]["values"].append({"number": int(args[1]), "symbol": args[2],
                                            "name": args[3], "turkish": args[4]})
            elif name == "KIND":
                kinds.append({"number": int(args[0]), "name": args[1], "table": args[2],
                              "doc": args[3], "fields": [], "indexes": []})
            elif name in ("KEY", "FIELD"):
                kinds[-1]["fields"].append({"key": name == "KEY", "type": args[1], "name": args[2],
                                            "enum": args[3], "doc": args[4], "counter": False})
            elif name == "COUNTER":
                kinds[-1]["fields"].append({"key": False, "type": args[1], "name": args[2],
                                            "enum": "0", "doc": args[3], "counter": True})
            elif name == "INDEX":
                kinds[-1]["indexes"].append({"number": int(args[1]), "name": args[2], "fields": args[3:]})
    return enums, kinds


def header(enums, kinds):
    out = ['/* SPDX-License-Identifier: Apache-2.0',
           ' *', ' * record.h: the records the library keeps or is given, as plain structs.',
           ' * Made by libmt940/record/gen_record.py from libmt940/record/store.def; change that file.',
           ' *', ' * Money is in minor units of the record\'s currency, rates in 10^-8, an absent date has year 0.',
           ' * Views are borrowed: a record handed to a callback is valid during that call only.',
           ' */', '#ifndef MT940CONNECT_RECORD_H', '#define MT940CONNECT_RECORD_H', '',
           '#include "mt940connect/base.h"', '', '#ifdef __cplusplus', 'extern "C" {', '#endif', '']
    for enum in enums:
        out += [f"/* {enum['doc']} */", f"enum mt940_{enum['name']} {{"]
        for value in enum["values"]:
            symbol = f"MT940_{enum['name']}_{value['symbol']}".upper()
            out.append(f"    {symbol} = {value['number']}, /* {value['turkish']} */")
        out += ["};", ""]
    out += ["/* The enumerations above, for mt940_enum_name() and mt940_enum_parse() (schema.h). */",
            "enum mt940_enumeration {"]
    out += [f"    MT940_ENUM_{enum['name'].upper()} = {n}," for n, enum in enumerate(enums, 1)]
    out += ["};", "", "/* Kinds of record. Numbers are never reused. */", "enum mt940_kind {"]
    out += [f"    MT940_KIND_{kind['name'].upper()} = {kind['number']}, /* table {kind['table']} */" for kind in kinds]
    out += ["};", ""]
    for kind in kinds:
        out += [f"/* {kind['doc']} */", f"struct mt940_{kind['name']} {{",
                "    int64_t revision; /* kept by the store: 1 when new, +1 at each PUT_IF */"]
        for field in kind["fields"]:
            note = f"enum mt940_{field['enum']}" if field["type"] == "ENUM" else NOTES.get(field["type"])
            marks = [m for m in ("key" if field["key"] else None,
                                 "counter" if field["counter"] else None, note) if m]
            doc = field["doc"] + (f" [{', '.join(marks)}]" if marks else "")
            out.append(f"    {C_TYPES.get(field['type'], 'int64_t')} {field['name']}; /* {doc} */")
        out += ["};", ""]
        if kind["indexes"]:
            out.append("/* Orders scan() can walk besides the key (index 0). */")
            out.append(f"enum mt940_{kind['name']}_index {{")
            for index in kind["indexes"]:
                symbol = f"MT940_{kind['name']}_{index['name']}".upper()
                out.append(f"    {symbol} = {index['number']}, /* {', '.join(index['fields'])} */")
            out += ["};", ""]
    out += ["#ifdef __cplusplus", "}", "#endif", "#endif"]
    return out


def docs(enums, kinds):
    out = ["# Records", "", "Made by `libmt940/record/gen_record.py` from `libmt940/record/store.def`; change that file.",
           "", "Each kind is a struct in `mt940connect/record.h` and a table in every database. Money is in minor",
           "units of the record's currency, rates in 10⁻⁸. Every record also has a `revision`.", ""]
    for kind in kinds:
        out += [f"## {kind['name']} (table `{kind['table']}`, kind {kind['number']})", "", kind["doc"], "",
                "| field | type | meaning |", "|---|---|---|"]
        for field in kind["fields"]:
            kindof = f"`{field['enum']}`" if field["type"] == "ENUM" else field["type"].lower()
            mark = " (key)" if field["key"] else " (counter)" if field["counter"] else ""
            text = field["doc"].replace("|", "\\|")
            out.append(f"| `{field['name']}` | {kindof}{mark} | {text} |")
        out.append("")
        out += [f"Index {i['number']} `{i['name']}`: {', '.join(i['fields'])}." for i in kind["indexes"]]
        out += [""] if kind["indexes"] else []
    out += ["# Enumerations", ""]
    for enum in enums:
        out += [f"## {enum['name']}", "", enum["doc"], "", "| number | name | Turkish |", "|---|---|---|"]
        names = [f"`{v['name']}`" if v["name"] else "(empty)" for v in enum["values"]]
        out += [f"| {v['number']} | {name} | {v['turkish']} |" for v, name in zip(enum["values"], names)]
        out.append("")
    return out[:-1]


def camel(name):
    return "".join(part.title() for part in name.split("_"))


def python(enums, kinds):
    out = ["# SPDX-License-Identifier: Apache-2.0", '"""The records as dataclasses, and their enumerations.', "",
           "Made by libmt940/record/gen_record.py from libmt940/record/store.def; change that file.",
           '"""', "from __future__ import annotations", "", "import datetime", "import enum",
           "from dataclasses import dataclass", "from typing import Optional", ""]
    for item in enums:
        out += ["", f"class {camel(item['name'])}(enum.IntEnum):", f'    """{item["doc"]}"""', ""]
        out += [f"    {v['symbol']} = {v['number']}  # {v['turkish']}" for v in item["values"]]
        out.append("")
    for kind in kinds:
        out += ["", "@dataclass", f"class {camel(kind['name'])}:", f'    """{kind["doc"]}"""', "",
                "    revision: int = 0"]
        for field in kind["fields"]:
            annotation, default = PY_TYPES.get(field["type"], ("int", "0"))
            out.append(f"    {field['name']}: {annotation} = {default}  # {field['doc']}")
        out.append("")
    return out[:-1]


if __name__ == "__main__":
    maker = {"header": header, "docs": docs, "python": python}[sys.argv[1]]
    print("\n".join(maker(*read(sys.argv[2]))))

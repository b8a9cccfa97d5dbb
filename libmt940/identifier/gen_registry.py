#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes registry_tables.c from registry.tsv, territories.tsv and national.tsv.

usage: gen_registry.py DIRECTORY > DIRECTORY/registry_tables.c
The result is committed; a test compares. A new release of the registry is a new registry.tsv with its number in
line 1 ("release N, YYYY-MM"): nothing else changes.
"""
import re
import sys

METHODS = ["mod97_1", "rib", "sum", "be", "es", "luhn", "mod11_10", "cin", "no", "ru"]
CLASSES = {"n": "digits", "a": "letters", "c": "either"}
BBAN = 4
WEIGHTS = 23


def table(path):
    text = open(path, encoding="utf-8").read()
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    names = lines[0].split("\t")
    return text, [dict(zip(names, line.split("\t") + [""] * len(names))) for line in lines[1:]]


def part(text):
    """Offset and length in the IBAN; several places or none give no part."""
    match = re.fullmatch(r"(\d+)(?:-(\d+))?\*?", text)
    if not match:
        return (0, 0)
    first, last = int(match[1]), int(match[2] or match[1])
    return (BBAN - 1 + first, last - first + 1)


def masks(row):
    """Structure "5!n1!n16!c" to one bit mask per class over the whole IBAN."""
    out = {"digits": 0b1100, "letters": 0b0011, "either": 0}
    at = BBAN
    for count, kind in re.findall(r"(\d+)!([nac])", row["bban_structure"]):
        for _ in range(int(count)):
            out[CLASSES[kind]] |= 1 << at
            at += 1
    assert at == int(row["length"]), row
    # The table of powers of ten (iban_powers.h) has 64 of them.
    assert 6 + at - BBAN + bin((out["letters"] | out["either"]) >> BBAN).count("1") <= 64, row
    return out


def structure(text):
    """Unofficial rows say "23!n" with one class; every count is fixed."""
    return re.sub(r"(\d+)!?([nac])", r"\1!\2", text)


def official_row(row):
    kind = "UNOFFICIAL_COUNTRY" if row["sepa_registry"] == "n/a" else "OFFICIAL_COUNTRY"
    row["bban_structure"] = structure(row["bban_structure"])
    bank, branch, account = (part(row[name]) for name in ("bank_pos", "branch_pos", "account_pos"))
    if not account[1]:  # the tables promise an account: what follows the bank
        start = max(bank[0] + bank[1], branch[0] + branch[1])
        account = (start, int(row["length"]) - start)
    return {"code": row["country"], "prefix": row["country"], "kind": kind, "length": int(row["length"]),
            "pads": row["padding"] == "left", "zeros": part(row["zeros"]),
            "registry": row["sepa_registry"] == "Yes", "epc": row["sepa_epc_2026"] == "Yes",
            "parts": [bank, branch, account, part(row["check_pos"])], "masks": masks(row), "name": row["name"],
            "structure": row["bban_structure"], "example": row["example"]}


def territory_row(row, by_code):
    parent = by_code[row["prefix"]]
    return {**parent, "code": row["territory"], "kind": "TERRITORY", "registry": row["sepa_registry"] == "Yes",
            "epc": row["sepa_epc_2026"] == "Yes", "name": row["name"], "example": ""}


def rule_line(rule):
    weights = [int(w) for w in rule["weights"].split(",") if w]
    assert len(weights) in (0, int(rule["count"])) and len(weights) <= WEIGHTS, rule
    check, check_count = part(rule["check"])
    return (f"    /* {rule['country']}: {rule['remark']} */\n"
            f"    {{{METHODS.index(rule['method'])}, {int(rule['evidence'] == 'inferred')}, {int(rule['first']) - 1}, "
            f"{rule['count']}, {check - BBAN}, {check_count}, {rule['modulus']}, "
            f"{{{', '.join(map(str, weights)) or '0'}}}}},")


def row_lines(row, rules):
    own = [n for n, rule in enumerate(rules) if rule["country"] == row["prefix"]]
    assert not own or own == list(range(own[0], own[-1] + 1)), "the rules of a country stand together"
    parts = ", ".join("{%d, %d}" % p for p in row["parts"] + [row["zeros"]])
    yield (f"    {{\"{row['code']}\", \"{row['prefix']}\", MT940_IBAN_{row['kind']}, {row['length']}, "
           f"{int(row['pads'])}, {int(row['registry'])}, {int(row['epc'])}, {own[0] if own else 0}, {len(own)}, "
           f"{parts},")
    yield "     " + ", ".join("UINT64_C(0x%x)" % row["masks"][name] for name in ("digits", "letters", "either")) + ","
    yield f"     \"{row['name']}\", \"{row['structure']}\", \"{row['example']}\"}},"


def fixed_digits(row, own):
    """Check digits that follow from a rule over the whole BBAN, and whether only without letters."""
    whole = len(own) == 1 and (own[0]["first"], own[0]["count"]) == ("1", str(row["length"] - BBAN))
    rest = {"mod97_1": 1, "rib": 0}.get(own[0]["method"]) if whole else None
    if rest is None:
        return 0, 0
    head = int("".join(str(ord(c) - 55) for c in row["code"])) * 100
    return (1 - rest * 10**6 - head - 2) % 97 + 2, int(own[0]["method"] == "rib")


def rule_sum(rule):
    """(alphabet, weights by place in the IBAN, places that are doubled) of a rule that is a sum, or None."""
    first, count = int(rule["first"]) - 1 + BBAN, int(rule["count"])
    places = range(first, first + count)
    weights = [int(w) for w in rule["weights"].split(",") if w]
    check = part(rule["check"])[0]
    if rule["method"] in ("sum", "no"):
        return "PLAIN", dict(zip(places, weights)), []
    if rule["method"] == "es":
        return "PLAIN", {**dict(zip(places, weights)), check: 1}, []
    if rule["method"] == "rib":
        return "RIB", {at: pow(10, places[-1] - at, 97) for at in places}, []
    if rule["method"] == "luhn":
        return "LUHN", {at: 1 for at in places}, [at for at in places if (places[-1] - at) % 2]
    if rule["method"] == "cin":
        return "CIN", {**{at: 1 for at in places}, check: 25}, [at for at in places if (at - check) % 2]
    return None


def country_sum(row, own):
    """The line of a country whose rules are sums within 32 characters, or None."""
    sums = [rule_sum(rule) for rule in own]
    if not sums or None in sums or row["length"] > 32:
        return None
    assert len(sums) <= 2 and len({s[0] for s in sums}) == len({rule["modulus"] for rule in own}) == 1, own
    lines = [[", ".join(str(s[1].get(at, 0)) for at in half) for half in (range(16), range(16, 32))] for s in sums]
    weights = [",\n       ".join(halves) for halves in lines] + ["0"] * (2 - len(sums))
    # The largest sum must stay below 2^16 for the test of multiples to hold.
    assert all(sum(s[1].values()) * 35 < 2**16 for s in sums), own
    doubled = sum(1 << at for at in sums[0][2])
    return (f"    /* {row['code']} */\n    {{{{{{{weights[0]}}},\n      {{{weights[1]}}}}},\n     0x{doubled:x}, "
            f"{-(-2**32 // int(own[0]['modulus']))}u, MT940_NATIONAL_ALPHABET_{sums[0][0]}}},")


def brief_line(number, row, rules, sums):
    own = [rule for rule in rules if rule["country"] == row["prefix"]]
    evidence = 0 if not own else 2 if own[0]["evidence"] == "inferred" else 1
    assert len({rule["evidence"] for rule in own}) <= 1, own
    head = int("".join(str(ord(c) - 55) for c in row["code"])) * 100 % 97
    fixed, without_letters = fixed_digits(row, own)
    masks = ", ".join("0x%x" % row["masks"][name] for name in ("digits", "letters", "either"))
    return (f"    {{{masks}, {row['length']}, 1 << MT940_IBAN_{row['kind']}, {evidence}, "
            f"{fixed}, {without_letters}, {head}, {9 if row['code'] == 'TR' else 0}, {number}, "
            f"{sums.get(row['prefix'], 0)}}},")


def index_lines(rows):
    index = [0] * (26 * 26)
    for n, row in enumerate(rows):
        first, second = (ord(c) - ord("A") for c in row["code"])
        assert not index[first * 26 + second], row
        index[first * 26 + second] = n + 1
    for first in range(26):
        yield "    " + ", ".join(map(str, index[first * 26:first * 26 + 26])) + ","


def generate(directory):
    text, listed = table(f"{directory}/registry.tsv")
    release, date = re.search(r"release (\d+), (\d{4}-\d{2})", text.split("\n")[0]).groups()
    epc = re.search(r"\bsepa_epc_(\d{4})\b", text)[1]
    rules = table(f"{directory}/national.tsv")[1]
    rows = [official_row(row) for row in listed]
    by_code = {row["code"]: row for row in rows}
    assert {rule["country"] for rule in rules} <= set(by_code)
    rows += [territory_row(row, by_code) for row in table(f"{directory}/territories.tsv")[1]]
    assert len(rows) < 256
    yield ("/* SPDX-License-Identifier: Apache-2.0\n *\n"
           " * registry_tables.c: IBAN countries and national check rules.\n"
           " * Made by gen_registry.py from registry.tsv, territories.tsv and national.tsv, which name their sources;\n"
           " * change those files.\n */\n#include \"identifier/registry.h\"\n")
    yield f"const int mt940_registry_release = {release};"
    yield f"const char mt940_registry_date[] = \"{date}\";"
    yield f"const char mt940_registry_epc_date[] = \"{epc}\";"
    yield f"const size_t mt940_registry_row_count = {len(rows)};\n"
    yield "const struct mt940_national_rule mt940_national_rules[] = {"
    yield from map(rule_line, rules)
    yield "};\n\nconst struct mt940_registry_row mt940_registry_rows[] = {"
    for row in rows:
        yield from row_lines(row, rules)
    yield "};\n\n/* The first row is that of no country. */\nconst struct mt940_national_sum mt940_national_sums[] = {"
    yield "    {{{0}, {0}}, 0, 0, 0},"
    sums = {row["code"]: country_sum(row, [r for r in rules if r["country"] == row["code"]]) for row in rows}
    sums = {code: line for code, line in sums.items() if line}
    yield from sums.values()
    yield "};\n\n/* The first row is that of no country. */"
    yield "const struct mt940_registry_brief mt940_registry_briefs[] = {"
    yield "    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},"
    numbers = {code: number for number, code in enumerate(sums, 1)}
    yield from (brief_line(number, row, rules, numbers) for number, row in enumerate(rows))
    yield "};\n\nconst uint8_t mt940_registry_index[26 * 26] = {"
    yield from index_lines(rows)
    yield "};"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print("\n".join(generate(sys.argv[1])))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the C judgement of IBANs with a slow, plain reference of its own.

usage: iban_reference.py DRIVER TABLES [COUNT [SEED]]
DRIVER is iban_driver; TABLES holds registry.tsv and territories.tsv. COUNT random and mutated inputs of every country
(default 100000) are judged by both: reason, position, national check. The reference knows numbers as big integers and
the national rules as sentences of docs/iban.md; it shares no code and no weights with the library. Exit 1 on a
difference.
"""
import itertools
import random
import re
import subprocess
import sys

SPACES, HYPHENS, LOWER, PREFIX, UNOFFICIAL, TERRITORIES, ANY_CHECK, NO_NATIONAL, INFERRED, NO_RESERVE = \
    (1 << n for n in range(10))
VALID, COUNTRY, LENGTH, CHARACTER, STRUCTURE, RANGE, CHECKSUM, NATIONAL, RESERVE = range(9)
NONE, PASS, FAIL = range(3)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = ALPHABET[:10]


def read_tables(directory):
    def table(name):
        lines = [line for line in open(f"{directory}/{name}", encoding="utf-8") if line.strip() and line[0] != "#"]
        names = lines[0].rstrip("\n").split("\t")
        return [dict(zip(names, line.rstrip("\n").split("\t"))) for line in lines[1:]]

    countries = {}
    for row in table("registry.tsv"):
        bban = "".join(kind * int(count) for count, kind in re.findall(r"(\d+)!?([nac])", row["bban_structure"]))
        kind = UNOFFICIAL if row["sepa_registry"] == "n/a" else 0
        countries[row["country"]] = {"needs": kind, "form": "aann" + bban, "as": row["country"],
                                     "example": row["example"]}
        assert len(bban) + 4 == int(row["length"])
    for row in table("territories.tsv"):
        countries[row["territory"]] = {**countries[row["prefix"]], "needs": TERRITORIES, "as": row["prefix"]}
    return countries


VALUES = str.maketrans({c: str(n) for n, c in enumerate(ALPHABET)})


def number(text):
    """Letters count 10 to 35."""
    return int(text.translate(VALUES))


# National checks: each takes the BBAN and says whether it holds. Positions are those of docs/iban.md less one.

def iso7064(bban):
    return number(bban) % 97 == 1


RIB = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")


def rib(bban):
    return int(bban.translate(RIB)) % 97 == 0


def dot(text, weights):
    return sum(int(c) * w for c, w in zip(text, weights))


def belgium(b):
    return int(b[10:12]) == (int(b[:10]) % 97 or 97)


def albania(b):
    return (dot(b[:7], (9, 7, 3, 1, 9, 7, 3)) + int(b[7])) % 10 == 0


def czech(b):
    return dot(b[4:10], (10, 5, 8, 4, 2, 1)) % 11 == 0 and dot(b[10:20], (6, 3, 7, 9, 10, 5, 8, 4, 2, 1)) % 11 == 0


def estonia(b):
    total = sum(int(c) * (7, 3, 1)[n % 3] for n, c in enumerate(reversed(b[2:15])))
    return int(b[15]) == (10 - total % 10) % 10


def spain(b):
    def digit(text):
        rest = 11 - sum(int(c) * (2 ** n % 11) for n, c in enumerate(text)) % 11
        return {10: 1, 11: 0}.get(rest, rest)
    return int(b[8]) == digit("00" + b[:8]) and int(b[9]) == digit(b[10:20])


def finland(b):
    total = 0
    for n, c in enumerate(b[:13]):
        total += sum(map(int, str(int(c) * (2 if n % 2 == 0 else 1))))
    return (total + int(b[13])) % 10 == 0


def iso7064_11_10(text, check):
    p = 10
    for c in text:
        p = (p + int(c)) % 10 or 10
        p = 2 * p % 11
    return int(check) == (11 - p) % 10


def croatia(b):
    return iso7064_11_10(b[:6], b[6]) and iso7064_11_10(b[7:16], b[16])


def hungary(b):
    def ok(text):
        return sum(int(c) * (9, 7, 3, 1)[n % 4] for n, c in enumerate(text)) % 10 == 0
    return ok(b[:8]) and (ok(b[8:16]) if b[16:] == "00000000" else ok(b[8:24]))


def italy(b):
    odd = dict(zip(ALPHABET[10:], (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25,
                                   24, 23)))
    odd.update(zip(DIGITS, (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)))
    even = {c: n if n < 10 else n - 10 for n, c in enumerate(ALPHABET)}
    total = sum(odd[c] if n % 2 == 0 else even[c] for n, c in enumerate(b[1:]))
    return b[0] == chr(ord("A") + total % 26)


def norway(b):
    plain = 11 - dot(b[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    short = 11 - dot(b[6:10], (5, 4, 3, 2)) % 11
    return int(b[10]) == plain % 11 or (b[4:6] == "00" and int(b[10]) == short % 11)


def poland(b):
    return (dot(b[:7], (3, 9, 7, 1, 3, 9, 7)) + int(b[7])) % 10 == 0


def russia(b):
    tail = b[6:9]
    if tail in ("000", "001", "002"):
        tail = "0" + b[4:6]
    account = b[9:]
    if account[5].isalpha():
        place = "ABCEHKMPTX".find(account[5])
        account = account[:5] + (str(place) if place >= 0 else "?") + account[6:]
    if not account.isdigit():
        return False
    return sum(int(c) * (7, 1, 3)[n % 3] for n, c in enumerate(tail + account)) % 10 == 0


DOCUMENTED = {**dict.fromkeys("BA ME MK PT RS SI TL".split(), iso7064), **dict.fromkeys("FR MC TN MR".split(), rib),
              "BE": belgium, "AL": albania, "CZ": czech, "SK": czech, "EE": estonia, "ES": spain, "FI": finland,
              "HR": croatia, "HU": hungary, "IT": italy, "SM": italy, "NO": norway, "PL": poland}
INFERRED_RULES = {**dict.fromkeys("XK AO CV MZ".split(), iso7064),
                  **dict.fromkeys("DJ BI BF BJ CI ML NE SN TG CF CG CM GA GQ TD KM MG MA".split(), rib),
                  "DZ": lambda b: rib(b[5:]), "RU": russia}


def national(country, bban, flags):
    rule = DOCUMENTED.get(country["as"]) or (INFERRED_RULES.get(country["as"]) if flags & INFERRED else None)
    return NONE if rule is None else PASS if rule(bban) else FAIL


def read_form(text, flags):
    """The characters and their offsets, or the offset of the first illegal byte."""
    start = 0
    if flags & PREFIX:
        blanks = " *" if flags & SPACES else ""
        case = re.I | re.A if flags & LOWER else re.A
        match = re.match(blanks + "IBAN *:? *", text, case)
        start = match.end() if match else 0
    kept, hyphen = [], None
    for offset in range(start, len(text)):
        if len(kept) == 35:
            break
        c = text[offset]
        if flags & LOWER and "a" <= c <= "z":
            c = c.upper()
        if c in ALPHABET:
            kept.append((c, offset))
            hyphen = None
        elif c == "-" and flags & HYPHENS and kept:
            hyphen = offset
        elif c != " " or not flags & SPACES:
            return None, offset
    if hyphen is not None:
        return None, hyphen
    return kept, None


def judge(countries, text, flags):
    """(reason, position, national check) of a text, one byte a character."""
    kept, bad = read_form(text, flags)
    if kept is None:
        return CHARACTER, bad, NONE
    offsets = [offset for _, offset in kept] + [len(text)]
    iban = "".join(c for c, _ in kept)
    if len(iban) < 2:
        return LENGTH, offsets[len(iban)], NONE
    country = countries.get(iban[:2])
    if country is None or country["needs"] & ~flags:
        return COUNTRY, offsets[0], NONE
    form = country["form"]
    if len(iban) != len(form):
        return LENGTH, offsets[min(len(iban), len(form))], NONE
    for n, (c, kind) in enumerate(zip(iban, form)):
        if (kind == "n" and c not in DIGITS) or (kind == "a" and c in DIGITS):
            return STRUCTURE, offsets[n], NONE
    if iban[2:4] in ("00", "01", "99") and not flags & ANY_CHECK:
        return RANGE, offsets[2], NONE
    if number(iban[4:] + iban[:4]) % 97 != 1:
        return CHECKSUM, -1, NONE
    check = national(country, iban[4:], flags)
    if iban[:2] == "TR" and iban[9] != "0" and not flags & NO_RESERVE:
        return RESERVE, offsets[9], check
    if check == FAIL and not flags & NO_NATIONAL:
        return NATIONAL, offsets[4], check
    return VALID, -1, check


# Where the rules' check digits stand in the BBAN, to make numbers that pass; the judgement does not use it.
CHECKS = {"AL": (7,), "BE": (10, 11), "CZ": (9, 19), "SK": (9, 19), "EE": (15,), "ES": (8, 9), "FI": (13,),
          "HR": (6, 16), "HU": (7, 23), "IT": (0,), "SM": (0,), "NO": (10,), "PL": (7,), "RU": (17,)}


def pass_national(country, bban):
    """The BBAN with other check digits, so that the country's rule holds where that is possible."""
    pools = [ALPHABET[10:] if country["form"][at + 4] == "a" else DIGITS
             for at in CHECKS.get(country["as"], (len(bban) - 2, len(bban) - 1))]
    for digits in itertools.product(*pools):
        changed = list(bban)
        for at, digit in zip(CHECKS.get(country["as"], (-2, -1)), digits):
            changed[at] = digit
        if national(country, "".join(changed), INFERRED) == PASS:
            return "".join(changed)
    return bban


def make(rng, code, country):
    """An IBAN right in mod 97; mostly also by its national rule."""
    pools = {"n": DIGITS, "a": ALPHABET[10:], "c": rng.choice((ALPHABET, DIGITS))}
    bban = "".join([rng.choice(pools[kind]) for kind in country["form"][4:]])
    if code == "TR" and rng.random() < .9:
        bban = bban[:5] + "0" + bban[6:]
    if rng.random() < .6 and national(country, bban, INFERRED) == FAIL:
        bban = pass_national(country, bban)
    check = 98 - number(bban + code + "00") % 97
    return f"{code}{check:02}{bban}"


def mutate(rng, iban, codes):
    kind = rng.randrange(12)
    at = rng.randrange(len(iban))
    if kind == 0:
        return iban[:at] + rng.choice(ALPHABET) + iban[at + 1:]
    if kind == 1:
        return iban[:at] + iban[at + 1:at + 2] + iban[at] + iban[at + 2:]
    if kind == 2:
        return iban[:at] + iban[at + 1:]
    if kind == 3:
        return iban[:at] + rng.choice(ALPHABET) + iban[at:]
    if kind == 4:
        same = {"97": "00", "98": "01", "02": "99"}.get(iban[2:4])
        return iban[:2] + (same or rng.choice(("00", "01", "99"))) + iban[4:]
    if kind == 5:
        return rng.choice(codes) + iban[2:]
    if kind == 6:
        return iban[:at] + chr(rng.randrange(1, 256)).replace("\n", " ") + iban[at + 1:]
    if kind == 7:
        return " ".join(iban[n:n + 4] for n in range(0, len(iban), 4)).join(rng.choice((("", ""), (" ", " "))))
    if kind == 8:
        return rng.choice(("IBAN", "iban: ", "IBAN :", " IBAN ", "IBAN-", "IBA")) + iban
    if kind == 9:
        return "".join(c.lower() if rng.random() < .3 else c for c in iban)
    if kind == 10:
        return iban[:at] + rng.choice(("-", " ", "--", " - ")) + iban[at:] + rng.choice(("", "-", " "))
    return "".join(rng.choice(ALPHABET + "aiz -:") for _ in range(rng.randrange(42)))


def inputs(rng, countries, count):
    """Each country in turn; an IBAN is used eight times, whole and with mistakes, as making it takes longest."""
    codes = sorted(countries)
    made = {}
    for n in range(count):
        code = codes[n % len(codes)]
        if n // len(codes) % 8 == 0:
            made[code] = make(rng, code, countries[code])
        text = made[code]
        for _ in range(rng.choice((0, 0, 0, 1, 1, 1, 2))):
            text = mutate(rng, text or "A", codes)
        yield rng.choice((0, 15, 48, rng.randrange(1024), 48 | rng.randrange(1024))), text


def main():
    driver, tables = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 100000
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 940
    rng, countries = random.Random(seed), read_tables(tables)
    done = wrong = 0
    seen = {}
    for code, country in countries.items():
        if country["example"]:
            assert judge(countries, country["example"], UNOFFICIAL)[0] == VALID, code
    while done < count:
        block = list(inputs(rng, countries, min(100000, count - done)))
        text = "".join(f"{flags} {line}\n" for flags, line in block).encode("latin-1")
        answers = subprocess.run([driver], input=text, stdout=subprocess.PIPE, check=True).stdout.decode().split("\n")
        assert len(answers) == len(block) + 1, "the driver lost lines"
        for (flags, line), answer in zip(block, answers):
            expected = judge(countries, line, flags)
            seen[expected[0]] = seen.get(expected[0], 0) + 1
            if answer != "%d %d %d" % expected:
                wrong += 1
                if wrong <= 10:
                    print(f"flags {flags} {line!r}: expected {expected}, got {answer}")
        done += len(block)
    assert set(seen) == set(range(9)), "the inputs do not reach every reason"
    print(f"{done} inputs, {wrong} differences; by reason {dict(sorted(seen.items()))}")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()

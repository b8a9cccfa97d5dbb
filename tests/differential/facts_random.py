#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Made-up Turkish narratives: the command must find in them the numbers that were put in, and no others.

usage: facts_random.py MT940CONNECT [--movements N] [--seed N]
Each narrative says what banks say, in any order, in capitals or not, with or without Turkish letters, and is cut at 65
characters without looking. Shapes: turkish-banking §1.5, the table of patterns; check digits are computed here.
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile

OWN = "TR140006200119000001234567"
FILLERS = ["KIRA BEDELİ", "CARİ HESABA MAHSUBEN", "MAL BEDELİ", "ÖDEME", "TEMMUZ AYI", "HESABINA YAPILAN", "İNT-HVL", "AVANS"]
NAMES = ["KAYA GIDA LTD.ŞTİ.", "YILDIZ TEKSTİL A.Ş.", "AYŞE ÖZTÜRK", "ÇELİK İNŞAAT SAN. VE TİC. A.Ş."]
BARE = str.maketrans("ÖÇŞİĞÜöçşığü", "OCSIGUocsigu")


def iban(dice):
    bban = "".join(str(dice.randint(0, 9)) for _ in range(22))
    body = f"{dice.choice(('00010', '00062', '00134', '00046')):0>5}0{bban[:16]}"
    check = 98 - int(body + "292700") % 97
    return f"TR{check:02}{body}"


def by_chance(text, wanted):
    """Whether letters and digits side by side make another IBAN: one of 97 that look like one does."""
    bare = re.sub("[^A-Za-z0-9]", "", text.translate(BARE)).upper()
    for start in re.finditer("(?=[A-Z]{2}[0-9]{2})", bare):
        for length in range(15, 35):
            found = bare[start.start():start.start() + length]
            digits = "".join(str(int(c, 36)) for c in found[4:] + found[:4])
            if len(found) == length and found != wanted and int(digits) % 97 == 1:
                return True
    return False


def vkn(dice):
    digits = [dice.randint(0, 9) for _ in range(9)]
    total = 0
    for i, digit in enumerate(digits):
        first = (digit + 9 - i) % 10
        second = first * 2 ** (9 - i) % 9
        total += 9 if first != 0 and second == 0 else second
    return "".join(map(str, digits)) + str(-total % 10)


def tckn(dice):
    digits = [dice.randint(1, 9)] + [dice.randint(0, 9) for _ in range(8)]
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return "".join(map(str, digits)) + str(tenth) + str((sum(digits) + tenth) % 10)


def number(dice, least, most):
    return str(dice.randint(1, 9)) + "".join(str(dice.randint(0, 9)) for _ in range(dice.randint(least, most) - 1))


def e_invoice(dice):
    return "".join(dice.choice("ABCDEFGHKLMN") for _ in range(3)) + "2026" + number(dice, 9, 9)


def short_list(dice):
    """Numbers that are alike: of as many digits, of one year or one series, or 99 and 100."""
    first, count = dice.choice((7, 98, 101, 995, 4711, 7788)), dice.randint(2, 4)
    values = [str(first + i) for i in range(count)]
    return with_series(values, dice)


def with_series(values, dice):
    if len({len(value) for value in values}) > 1 or dice.random() < 0.6:
        return values
    series = dice.choice(("2026/", "A-", "B/"))
    return [series + value for value in values]


class Narrative:
    """A text and what it says: query number, tax ids, invoices, dealer, receipt, IBAN of the other side."""

    def __init__(self, dice):
        self.dice = dice
        self.says = {"query_number": None, "tax_ids": [], "invoices": [], "dealer": None, "receipt": None, "iban": None}
        parts = [make() for make in (self.iban, self.query, self.tax_id, self.invoice, self.dealer, self.receipt)
                 if dice.random() < 0.5]
        parts += [self.filler() for _ in range(dice.randint(1, 3))]
        parts += [self.distraction() for _ in range(dice.choice((0, 0, 1, 2)))]
        dice.shuffle(parts)
        text = dice.choice((" ", " ", " - ", ", ")).join(parts)
        style = dice.random()
        self.text = text.translate(BARE) if style < 0.5 else text

    def pick(self, value, *shapes):
        return self.dice.choice(shapes).format(value)

    def filler(self):
        return self.dice.choice(FILLERS + NAMES)

    def distraction(self):
        """Numbers that are none of those that are looked for."""
        dice = self.dice
        return dice.choice((
            f"{number(dice, 3, 6)},{dice.randint(10, 99)} TL", f"TUTAR: {number(dice, 4, 7)} TL",
            f"TEL {number(dice, 10, 10)}", f"{dice.randint(1, 28):02}.07.2026 TARİHLİ", "2026/07 DÖNEMİ", "34 ABC 123",
            f"HESAP NO: {number(dice, 6, 8)}", f"SÖZLEŞME NO {number(dice, 6, 8)}", f"{number(dice, 6, 8)} NOLU SİPARİŞ",
            f"SİPARİŞ NO: {number(dice, 6, 8)}", f"{number(dice, 6, 7)} NOLU POLİÇE", "%18 KDV", "SAAT 12:30:45"))

    def iban(self):
        value = self.says["iban"] = iban(self.dice)
        if self.dice.random() < 0.4:
            value = " ".join(value[i:i + 4] for i in range(0, len(value), 4))
        return self.pick(value, "{}", "IBAN: {}", "IBAN NO:{}", "{} NOLU HESABINDAN", "GÖNDEREN IBAN {}")

    def query(self):
        value = self.says["query_number"] = number(self.dice, 5, 9)
        return self.pick(value, "{} SORGU NO'LU EFT", "SORGU NO: {}", "SORGU NO:{}", "SORGU NUMARASI {}",
                         "{} SORGU NUMARALI EFT", "SORGU NO {}")

    def tax_id(self):
        if self.dice.random() < 0.5:
            value, kind = vkn(self.dice), "vkn"
            text = self.pick(value, "VKN: {}", "VKN:{}", "VKN {}", "VERGİ NO: {}", "V.NO: {}", "VERGİ KİMLİK NO {}")
        else:
            value, kind = tckn(self.dice), "tckn"
            text = self.pick(value, "TCKN: {}", "TCKN:{}", "TC NO: {}", "T.C. KİMLİK NO: {}", "TCKN {}")
        self.says["tax_ids"] = [(value, kind)]
        return text

    def invoice(self):
        if self.dice.random() < 0.3:
            self.says["invoices"] = short_list(self.dice)
            return self.listed(self.says["invoices"])
        if self.dice.random() < 0.5:
            value = e_invoice(self.dice)
            text = self.pick(value, "FATURA NO: {}", "FATURA NO:{}", "FATURA {}", "{} NOLU FATURA", "{} FATURA")
        else:
            value = number(self.dice, 6, 9)
            text = self.pick(value, "FATURA NO: {}", "{} NOLU FATURA", "{} NO'LU FATURA", "{} NL. FT.", "FATURA NO {}")
        self.says["invoices"] = [value]
        return text

    def listed(self, values):
        """Two or more short numbers, as people join them, beside the words that name them; "98,99" would be an amount."""
        comma, last = self.dice.choice((", ", "; ", " / ", "," if len(values[0]) > 2 else ", ")), self.dice.choice((", ", " VE ", " İLE ", " + "))
        text = comma.join(values[:-1]) + last + values[-1]
        return self.pick(text, "{} NOLU FATURALAR", "{} NOLU FATURA", "{} NO'LU FATURALARIN", "FATURA NO: {} BEDELİ", "FATURA NOLARI: {} BEDELİ")

    def dealer(self):
        value = self.says["dealer"] = self.dice.choice(("AT", "B", "")) + number(self.dice, 5, 8)
        return self.pick(value, "BAYİ REFERANS: {}", "BAYİ REF: {}", "BAYİ REFERANSI {}", "BAYİ REF.NO: {}")

    def receipt(self):
        value = self.says["receipt"] = self.dice.choice(("F", "DK", "")) + number(self.dice, 5, 8)
        return self.pick(value, "DEKONT NO: {}", "DEKONT NO {}", "DEKONT NO:{}", "FİŞ NO: {}")


def said(entry):
    facts = entry["facts"]
    return {"query_number": facts["query_number"],
            "tax_ids": [(found["number"], found["kind"]) for found in facts["tax_ids"] if found["labelled"]],
            "invoices": [found["number"] for found in facts["invoices"]],
            "dealer": facts["dealer"], "receipt": facts["receipt"], "iban": (entry["counterparty"] or {"iban": None})["iban"]}


def statement(narratives):
    lines = [":20:FACTS", f":25:{OWN}", ":28C:1", ":60F:C260714TRY0,00"]
    for narrative in narratives:
        lines.append(":61:2607150715C1,00NEFTNONREF")
        text = ":86:" + narrative.text
        lines += [text[:69]] + [text[i:i + 65] for i in range(69, len(text), 65)]
    return "\r\n".join(lines + [f":62F:C260715TRY{len(narratives)},00", "-", ""]).encode()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--movements", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    dice, bad = random.Random(arguments.seed), 0
    narratives = [narrative for narrative in (Narrative(dice) for _ in range(arguments.movements))
                  if not by_chance(narrative.text, narrative.says["iban"])]
    with tempfile.NamedTemporaryFile(suffix=".sta") as file:
        file.write(statement(narratives))
        file.flush()
        done = subprocess.run([arguments.command, "parse", "--facts", file.name], stdout=subprocess.PIPE, check=True)
    entries = json.loads(done.stdout)["entries"]
    if len(entries) != len(narratives):
        sys.exit(f"{len(entries)} movements instead of {len(narratives)}")
    for narrative, entry in zip(narratives, entries):
        found = said(entry)
        problems = [f"{name}: {found[name]!r} instead of {value!r}" for name, value in narrative.says.items()
                    if found[name] != value]
        if problems:
            bad += 1
            print(narrative.text, *problems, sep="\n  ")
    print(f"{len(narratives)} narratives, {bad} read otherwise")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: Apache-2.0
"""Made-up statements: what they say, and one of the many ways to write that down.

A `Statement` is the truth, in whole numbers and dates. `render()` writes it the way a bank does, with `Habits` that
deviate from the standard and still have one right reading (docs/statement.md). Shares nothing with the library: whoever
reads the text must find the truth again. Sources: SWIFT Standards MT, category 9; turkish-banking §1.3.
"""
import datetime
import random
from dataclasses import dataclass, field
from typing import Dict, List, Optional

DIGITS = {"TRY": 2, "EUR": 2, "USD": 2, "AZN": 2, "JPY": 0, "KWD": 3}
MARKS = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}
CODES = ["NTRF", "NMSC", "NCHG", "NDDB", "NCHK", "NINT", "NTAX", "N051", "FTRF", "SCHG", "NCOL", "N999"]
WORDS = ("GELEN EFT HAVALE KIRA BEDELI FATURA ODEME MASRAFI TAHSILAT ABONE DEKONT SIPARIS TAKSIT SATIS IADESI PRIM "
         "AIDAT MAAS KARGO YAKIT 2026 NO 17 4711 OCAK TEMMUZ LTD STI ANKARA SUBE").split()
TURKISH = "ÖDEME TAHSİLATI ŞUBE GÜNLÜK FAİZİ ÇEK İADE SİPARİŞ AĞUSTOS KİRASI ÜCRETİ IŞIK".split()
NAMES = "MUSTER GMBH UND CO KG HAUSVERWALTUNG MEIER SCHULZE ANNA BERND VERLAG HANDEL MUEHLE NORD".split()
PURPOSES = "Rechnung 4711 vom Mai Miete Januar Kundennummer 0815 Abschlag Strom Vertrag Lieferung danke Rate 3".split()
IBANS = ["DE89370400440532013000", "TR330006100519786457841326", "NL91ABNA0417164300", "AT611904300234573201",
         "FR1420041010050500013M02606"]
# Lines of a narrative that look like structure and are none; none of them may stand last, and none of the second kind
# before one of the first: that would be the end of a message and the beginning of the next.
BEGINNINGS = [":20:FATURA", "{X:Y}", "$"]
ENDS = ["-", "--", "-}"]
LOOKALIKES = [":61:ABC", ":62F:YOK", ":08 KARTEN", "20:44:45", "A-}B", ":", "::", "SAAT 12:30:45", ":60 GUN VADELI",
              ":86 YOK", "}", ":25 KISI", "@", "A@@B", *BEGINNINGS, *ENDS]


SLASH_WORDS = (("booking_text", "TRTP"), ("account", "IBAN"), ("bic", "BIC"), ("name", "NAME"), ("purpose", "REMI"),
               ("end_to_end", "EREF"), ("customer_reference", "KREF"), ("mandate", "MARF"), ("creditor_id", "CSID"))
FILE_HABITS = ("line_end", "charset", "envelope", "marked", "dashes", "indented", "preface", "ends")


def amount_text(units, currency):
    """As the command writes it."""
    digits = DIGITS[currency]
    text = str(abs(units)).zfill(digits + 1)
    return ("-" if units < 0 else "") + (text if digits == 0 else text[:-digits] + "." + text[-digits:])


@dataclass
class Habits:
    """How one bank writes. The defaults are the standard's own form."""
    line_end: str = "\r\n"
    amounts: str = "comma"  # comma, short, none, grouped, spaced, padded, dot
    century: bool = False   # dates of eight digits
    low: bool = False       # marks and codes in lower case
    blanks: bool = False    # behind fields of one line
    spread: bool = False    # blank lines between fields
    dashes: bool = False    # one more "-" between messages
    envelope: str = "none"  # none, blocks, batch ($ between), dos (01, 03, padded)
    charset: str = "ascii"
    marked: bool = False    # a byte order mark
    wide: bool = False      # references of more than 16 characters
    february: bool = False  # every month has thirty days
    bare: bool = False      # a movement without a reference has none at all
    indented: bool = False
    ends: bool = True       # there is a "-" behind a message
    preface: bool = False   # a line of the bank's own before the first field
    separator: str = "?"    # of numbered sub-fields
    stripped: bool = False  # blanks at the ends of sub-fields and lines are lost

    def deviates(self):
        return (self.amounts in ("grouped", "spaced", "dot", "none") or self.century or self.low or self.blanks or
                self.spread or self.dashes or self.wide or self.february or self.bare or self.indented or
                not self.ends or self.preface)


@dataclass
class Coded:
    """A narrative in numbered sub-fields: what it says, by the names of `facts.values`."""
    values: Dict[str, str]
    dialect: str = "gvc"  # or slash


@dataclass
class Movement:
    value_date: datetime.date
    entry_date: Optional[datetime.date]
    mark: str
    funds_code: Optional[str]
    units: int
    type: str
    code: str
    customer_reference: str
    bank_reference: Optional[str]
    supplementary: Optional[str]
    lines: Optional[List[str]]
    coded: Optional[Coded] = None

    @property
    def signed(self):
        return MARKS[self.mark] * self.units


@dataclass
class Statement:
    type: str
    reference: str
    related: Optional[str]
    account: str
    number: str
    sequence: Optional[str]
    currency: str
    date: datetime.date
    opening: int
    movements: List[Movement]
    first: bool = True  # page
    last: bool = True
    available: bool = False
    forward: int = 0
    information: Optional[List[str]] = None
    sums: bool = False
    habits: Habits = field(default_factory=Habits)

    @property
    def closing(self):
        return self.opening + sum(movement.signed for movement in self.movements)


class Maker:
    """Makes statements up. The same seed gives the same ones."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.number = 0

    def maybe(self, chance):
        return self.dice.random() < chance

    def word(self, letters="ABCDEFGHJKLMNPRSTUVYZ0123456789", least=1, most=16):
        return "".join(self.dice.choice(letters) for _ in range(self.dice.randint(least, most)))

    def units(self, currency):
        whole = self.dice.choice((self.dice.randint(0, 9), self.dice.randint(10, 99999), self.dice.randint(0, 10**9)))
        part = self.dice.choice((0, 0, 5, 50, self.dice.randint(0, 999))) % 10**DIGITS[currency]
        return whole * 10**DIGITS[currency] + part

    def habits(self, of_file):
        """A bank's, as far as the file's allow; what concerns the whole file is the same in all of its statements."""
        habits = Habits(separator=self.dice.choice("??????~<>^@#$&|"), stripped=self.maybe(0.5))
        if self.maybe(0.5):
            habits.amounts = self.dice.choice(("comma", "short", "none", "grouped", "spaced", "padded", "dot"))
            for name in ("century", "low", "blanks", "spread", "wide", "february", "bare"):
                setattr(habits, name, self.maybe(0.15))
        if of_file:
            for name in FILE_HABITS:
                setattr(habits, name, getattr(of_file, name))
        else:
            self.file_habits(habits)
        habits.spread = habits.spread and not habits.indented  # blanks alone on a line are text
        return habits

    def file_habits(self, habits):
        habits.line_end = self.dice.choice(("\r\n", "\r\n", "\n", "\r"))
        habits.charset = self.dice.choice(("ascii", "ascii", "utf-8", "windows-1254"))
        if habits.line_end != "\r":
            habits.envelope = self.dice.choice(("none", "none", "blocks", "batch", "dos"))
        if habits.envelope != "none":
            return
        habits.marked = habits.charset == "utf-8" and self.maybe(0.3)
        habits.indented, habits.preface = self.maybe(0.1), self.maybe(0.1)
        habits.dashes = not habits.indented and self.maybe(0.1)
        habits.ends = not self.maybe(0.1)

    def line(self, charset, most=65):
        words = WORDS + (TURKISH * 3 if charset != "ascii" else [])
        text = self.dice.choice(words)
        while self.maybe(0.85):
            more = text + " " + self.dice.choice(words)
            if len(more) > most:
                break
            text = more
        return text

    def narrative(self, charset):
        lines = []
        for _ in range(self.dice.randint(1, 6)):
            kind = self.dice.random()
            if kind < 0.15 and lines and lines[-1] not in ENDS:
                lines.append(self.dice.choice(LOOKALIKES))
            elif kind < 0.25:
                lines.append(self.line(charset, 60).ljust(65, "X"))
            elif kind < 0.3 and lines:
                lines.append(" " + self.line(charset, 60))
            else:
                lines.append(self.line(charset))
        # What stands last must not look like the end of the message.
        return lines + [self.line(charset)] if lines[-1] in LOOKALIKES else lines

    def coded(self):
        """What a SEPA transfer or debit says; names and purposes of words, so that a line end may fall between two."""
        dice = self.dice
        values = {"transaction_code": dice.choice(("166", "177", "105", "116", "152", "201")),
                  "booking_text": dice.choice(("SEPA-UEBERWEISUNG", "FOLGELASTSCHRIFT", "GUTSCHRIFT"))}
        if self.maybe(0.9):
            values["name"] = " ".join(dice.choice(NAMES) for _ in range(dice.randint(1, 5)))[:54].strip()
        if self.maybe(0.9):
            values["account"] = dice.choice(IBANS)
            values["bic"] = dice.choice(("COBADEFFXXX", "DEUTDEFF500", "TGBATRISXXX", "INGBNL2A"))
        for name, most in (("end_to_end", 35), ("customer_reference", 16), ("mandate", 35), ("creditor_id", 0)):
            if self.maybe(0.6):
                values[name] = self.word("ABCDEFGHJKLMNPRSTUVYZ0123456789", 4, most) if most else "DE98ZZZ09999999999"
        if self.maybe(0.9):
            values["purpose"] = " ".join(dice.choice(PURPOSES) for _ in range(dice.randint(1, 16)))
        if self.maybe(0.3):
            del values["transaction_code"]
            return Coded(values, "slash")
        return Coded(values)

    def movement(self, statement):
        dice, habits = self.dice, statement.habits
        value = statement.date - datetime.timedelta(days=dice.choice((0, 0, 0, 1, 2, 30)))
        entry = value + datetime.timedelta(days=dice.choice((0, 0, 1, 2, -1, 5, -40, 60))) if self.maybe(0.7) else None
        marks = ["C", "D", "C", "D", "RC", "RD"] + (["EC", "ED"] if statement.type == "942" else [])
        code = dice.choice(CODES)
        lines = self.narrative(habits.charset) if statement.type != "950" and self.maybe(0.9) else None
        if lines and habits.indented:  # blanks in front of further lines would be part of the text
            lines = [self.line(habits.charset)]
        coded = self.coded() if lines and habits.charset == "ascii" and not habits.indented and self.maybe(0.4) else None
        return Movement(value, entry, dice.choice(marks), dice.choice((None, None, statement.currency[2])),
                        self.units(statement.currency), code[0], code[1:],
                        None if habits.bare and self.maybe(0.3) else dice.choice(("NONREF", self.word(), self.word(most=34 if habits.wide else 16))),
                        dice.choice((None, self.word(), self.word())),
                        self.line("ascii", 34) if self.maybe(0.2) else None, None if coded else lines, coded)

    def statement(self, kind, habits):
        """`habits` of the file, None = this is its first statement."""
        dice, self.number = self.dice, self.number + 1
        date = datetime.date(2026, 1, 1) + datetime.timedelta(days=dice.choice((0, dice.randint(-400, 400))))
        statement = Statement(
            kind, self.word(), self.word() if self.maybe(0.2) else None,
            dice.choice((self.word("0123456789", 4, 20), "TR140006200119000001234567", "62/12345678")),
            str(self.number % 99999), dice.choice((None, "1", "001", "00001")), dice.choice(sorted(DIGITS)), date,
            self.units("EUR") * dice.choice((1, 1, -1)), [], habits=self.habits(habits))
        statement.first, statement.last = self.maybe(0.9), self.maybe(0.9)
        if statement.habits.amounts == "dot" and DIGITS[statement.currency] != 2:
            statement.habits.amounts = "comma"
        if kind != "941":
            statement.movements = [self.movement(statement) for _ in range(dice.choice((0, 1, 2, 5, 12)))]
        statement.available, statement.forward = self.maybe(0.4), dice.choice((0, 0, 0, 1, 3))
        statement.sums = kind in ("941", "942") and self.maybe(0.7)
        if kind == "940" and self.maybe(0.2):
            statement.information = [self.line(statement.habits.charset)
                                     for _ in range(1 if statement.habits.indented else dice.randint(1, 3))]
        if kind == "950":
            for movement in statement.movements:
                movement.lines = None
        return statement


class Writer:
    """One statement as text."""

    def __init__(self, statement, dice):
        self.statement, self.habits, self.dice = statement, statement.habits, dice
        self.lines = []

    def date(self, date):
        text = date.strftime("%Y%m%d" if self.habits.century else "%y%m%d")
        is_last = date.month == 2 and (date + datetime.timedelta(days=1)).day == 1
        return text[:-2] + "30" if self.habits.february and is_last else text

    def amount(self, units):
        digits, style = DIGITS[self.statement.currency], self.habits.amounts
        text = amount_text(abs(units), self.statement.currency)
        whole, _, part = text.partition(".")
        if style == "dot":
            return text
        if style == "padded":
            whole = whole.zfill(15 - 1 - digits)
        elif style in ("grouped", "spaced") and len(whole) > 3 and part:
            whole = f"{int(whole):,}".replace(",", "." if style == "grouped" else " ")
        if style in ("short", "none"):
            part = part.rstrip("0")
        return whole if style == "none" and not part else f"{whole},{part}"

    def mark(self, mark):
        return mark.lower() if self.habits.low else mark

    def field(self, tag, value, more=()):
        lines = [f":{tag}:{value}"] + list(more)
        if self.habits.blanks and not more:
            lines[0] += " " * self.dice.randint(1, 7)
        if self.habits.spread and self.lines and self.dice.random() < 0.2:
            self.lines.append("")
        self.lines += lines

    def balance(self, tag, units, date):
        mark = "D" if units < 0 else "C"
        self.field(tag, f"{mark}{self.date(date)}{self.statement.currency}{self.amount(units)}")

    def movement(self, movement):
        entry = movement.entry_date
        text = self.date(movement.value_date)
        if entry:
            text += entry.strftime("%m%d")
        text += self.mark(movement.mark) + (movement.funds_code or "") + self.amount(movement.units)
        text += movement.type + movement.code + (movement.customer_reference or "")
        if movement.bank_reference is not None:
            text += "//" + movement.bank_reference
        self.field("61", text, [movement.supplementary] if movement.supplementary else [])
        if movement.coded and movement.coded.dialect == "slash":
            self.slashed(movement.coded)
        elif movement.coded:
            self.coded(movement.coded)
        elif movement.lines is not None:
            # Blanks at the end and blank lines would be the narrative's own: it is written as it is.
            self.lines += [":86:" + movement.lines[0]] + movement.lines[1:]

    def coded(self, coded):
        """Sub-fields of 27 characters, lines of 65, both cut without looking."""
        values, sign, strip = coded.values, self.habits.separator, self.habits.stripped
        words = [word + "+" + values[name] for name, word in
                 (("end_to_end", "EREF"), ("customer_reference", "KREF"), ("mandate", "MREF"), ("creditor_id", "CRED"),
                  ("purpose", "SVWZ")) if name in values]
        # Each in sub-fields of its own, as the format wants it, or all behind one another.
        texts = words if self.dice.random() < 0.7 else [" ".join(words)]
        pieces = [text[i:i + 27] for text in texts for i in range(0, len(text), 27)]
        numbers = [*range(20, 30), *range(60, 64)]
        fields = [("00", values["booking_text"])] + [(str(n), piece) for n, piece in zip(numbers, pieces)]
        fields += [(number, values[name]) for number, name in (("30", "bic"), ("31", "account")) if name in values]
        if "name" in values:
            fields += [("32", values["name"][:27])] + ([("33", values["name"][27:])] if values["name"][27:] else [])
        text = values["transaction_code"] + "".join(
            sign + number + (value.rstrip() if strip else value) for number, value in fields)
        if len(pieces) > len(numbers):
            coded.values = {name: value for name, value in values.items() if name not in
                            ("end_to_end", "customer_reference", "mandate", "creditor_id", "purpose")}
        lines = [text[:60]] + [text[i:i + 65] for i in range(60, len(text), 65)]
        self.lines += [":86:" + lines[0]] + lines[1:]

    def slashed(self, coded):
        """Words between slashes, in lines of 65 cut without looking."""
        words = [f"/{word}/{coded.values[name]}" for name, word in SLASH_WORDS if name in coded.values]
        first, rest = words[:1], words[1:]
        self.dice.shuffle(rest)
        text = "".join(first + rest)
        lines = [text[i:i + 65] for i in range(0, len(text), 65)]
        self.lines += [":86:" + lines[0]] + lines[1:]

    def sums(self):
        for tag, sign in (("90D", -1), ("90C", 1)):
            chosen = [m for m in self.statement.movements if MARKS[m.mark] == sign]  # a reversed credit is a debit
            total = sum(m.units for m in chosen)
            self.field(tag, f"{len(chosen)}{self.statement.currency}{self.amount(total)}")

    def message(self):
        statement = self.statement
        self.field("20", statement.reference)
        if statement.related:
            self.field("21", statement.related)
        self.field("25", statement.account)
        self.field("28C" if statement.type != "941" or statement.sequence else "28",
                   statement.number + (f"/{statement.sequence}" if statement.sequence else ""))
        if statement.type == "942":
            self.field("34F", f"{statement.currency}{self.amount(0)}")
            self.field("13D", statement.date.strftime("%y%m%d") + "1430+0300")
        else:
            self.balance("60F" if statement.first else "60M", statement.opening, statement.date)
        for movement in statement.movements:
            self.movement(movement)
        if statement.sums:
            self.sums()
        if statement.type != "942":
            self.balance("62F" if statement.last else "62M", statement.closing, statement.date)
            if statement.available:
                self.balance("64", statement.closing, statement.date)
            for day in range(statement.forward if statement.type != "950" else 0):
                self.balance("65", statement.closing, statement.date + datetime.timedelta(days=day + 1))
        if statement.information:
            self.lines += [":86:" + statement.information[0]] + statement.information[1:]
        return self.lines

    def wrapped(self):
        end = self.habits.line_end
        lines = self.message()
        if self.habits.indented:
            lines = ["  " + line for line in lines]
        body = end.join(lines) + end
        if self.habits.envelope == "none":
            return body + (("-" + end) if self.habits.ends else "") + ("-" + end if self.habits.dashes else "")
        return (f"{{1:F01BANKTRISAXXX0000000000}}{{2:I{self.statement.type}BANKTRISXXXXN}}{{4:" + end + body + "-}")


def render(statements, dice):
    """The bytes of a file; the first statement's habits tell of the file itself."""
    habits = statements[0].habits
    texts = [Writer(statement, dice).wrapped() for statement in statements]
    if habits.envelope == "dos":
        texts = [("\x01" + text + "\x03") for text in texts]
        texts = [text.ljust(-len(text) % 512 + len(text)) for text in texts]
        whole = "".join(texts)
    elif habits.envelope == "batch":
        whole = "$".join(texts)
    else:
        whole = (habits.line_end if habits.envelope == "blocks" else "").join(texts)
    if habits.preface and habits.envelope == "none":
        whole = "BANKTRISAXXX" + habits.line_end + "940" + habits.line_end + whole
    return (b"\xef\xbb\xbf" if habits.marked else b"") + whole.encode(
        {"windows-1254": "cp1254"}.get(habits.charset, habits.charset))

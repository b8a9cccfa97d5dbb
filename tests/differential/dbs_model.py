#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second opinion on the direct-debit rules (decisions 21-30, turkish-banking §2.6, §3.6), in its own code.

Knows customers, bank records, invoices, slips and their effects with exact decimals, and shares no code and no table
with the library. dbs_random.py drives it and writes down what it expects as stories (tests/cases/dbs/README.md).
"""
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def cents(value):
    return Decimal(value).quantize(CENT, ROUND_HALF_UP)


@dataclass
class Bank:
    branch: str
    limit: Decimal
    control: str
    dbs: bool = True
    total: Decimal = ZERO


@dataclass
class Row:
    customer: str
    invoice: str
    line: int
    amount: Decimal  # a credit of the customer is negative
    due: str
    type: str
    currency: str
    slot: int = 0
    added: Decimal = ZERO  # what it keeps in its record's total
    opening: Decimal = ZERO
    paid: Decimal = ZERO
    active: bool = True

    @property
    def open(self):
        return self.amount - self.paid

    def open_added(self):
        """The part of `added` that is still open."""
        whole = self.amount - self.opening
        if self.type != "dbs" or not self.active or whole == 0:
            return ZERO
        return cents(self.added * self.open / whole)


@dataclass
class Invoice:
    number: str
    customer: str
    kind: str
    type: str
    returns: str = ""
    active: bool = True
    rows: list = field(default_factory=list)
    closed: list = field(default_factory=list)  # what a return closed: (invoice, line, its own line, amount)


@dataclass
class Slip:
    number: str
    customer: str
    amount: Decimal
    currency: str
    rate: Decimal
    account: str
    dbs: bool
    slot: int
    lowered: Decimal
    closed: list
    active: bool = True


class Refused(Exception):
    """The event does not happen; args are the words of the answer."""


FACTOR = {"sale": 1, "sale-return": -1, "purchase": 0, "purchase-return": 0}
SIDE = {"sale": 1, "sale-return": -1, "purchase": -1, "purchase-return": 1}


class Model:
    def __init__(self):
        self.types, self.defaults = {}, {}
        self.banks, self.accounts = {}, {}
        self.invoices, self.slips = {}, {}

    def row(self, invoice, line):
        return next(row for row in self.invoices[invoice].rows if row.line == line)

    # -- rows ------------------------------------------------------------------------------------------------------

    def marked(self, customer, branch):
        """The first DBS-marked record of a branch."""
        slots = [s for (c, s), b in sorted(self.banks.items()) if c == customer and b.dbs and b.branch == branch]
        return slots[0] if branch and slots else 0

    def bank_data(self, row, account, branch, messages):
        account = account or self.defaults.get(row.customer, "")
        expected = self.accounts.get(account, "")
        row.slot = self.marked(row.customer, branch or expected)
        if account not in self.accounts:
            messages.append("MISSING_BANK_ACCOUNT")
        if not row.slot and (account in self.accounts or branch):
            messages.append("MISSING_CUSTOMER_BANK")
        if branch and expected and branch != expected:
            messages.append("BRANCH_MISMATCH")

    def make_rows(self, invoice, lines, currency, rate, messages):
        """`lines`: (amount, type, due, account, branch, paid)."""
        rows = []
        for number, (amount, kind, due, account, branch, paid) in enumerate(lines, 1):
            side = SIDE[invoice.kind]
            row = Row(invoice.customer, invoice.number, number, side * amount, due,
                      kind or invoice.type or self.types[invoice.customer], currency)
            row.opening = row.paid = side * paid
            if row.type == "dbs":
                self.bank_data(row, account, branch, messages)
                if row.slot:
                    row.added = FACTOR[invoice.kind] * cents((amount - paid) * rate)
            rows.append(row)
        return rows

    # -- the decision ----------------------------------------------------------------------------------------------

    def decide(self, effects, guarded, consents, messages):
        """Effects: {(customer, slot): delta}. Raises Refused, or returns the answer."""
        asked = {m for m in messages if m != "BRANCH_MISMATCH"}
        if asked:
            raise Refused("block", *messages)
        verdict = {"BRANCH_MISMATCH"} & set(messages) - set(consents) and "warn" or "proceed"
        worst, words = ZERO, list(messages)
        for key, delta in sorted(effects.items()):
            bank = self.banks[key]
            after = bank.total + delta
            if guarded and delta > 0 and not bank.dbs:
                words.append("NOT_A_DBS_SLOT")
                verdict = "block"
            elif delta > 0 and after > bank.limit and bank.control != "proceed":
                excess = after - bank.limit
                worst = max(worst, excess)
                words.append("LIMIT_BLOCKED" if guarded and bank.control == "block" else "OVER_LIMIT")
                if guarded and bank.control == "block":
                    verdict = "block"
                elif guarded and consents.get("OVER_LIMIT", ZERO) < excess:
                    verdict = max(verdict, "warn", key=("proceed", "warn", "block").index)
            elif delta < 0 and after < 0:
                words.append("TOTAL_NEGATIVE")
        if worst:
            words.append(f"excess={cents(worst)}")
        if verdict != "proceed":
            raise Refused(verdict, *words)
        for key, delta in effects.items():
            self.banks[key].total += delta
        return ["proceed", *words]

    @staticmethod
    def add_effect(effects, row, delta):
        if row.slot and (delta or row.added):
            key = (row.customer, row.slot)
            effects[key] = effects.get(key, ZERO) + delta

    # -- invoices --------------------------------------------------------------------------------------------------

    def carry(self, invoice, new):
        """Paid parts bind a change; returns whether it is refused."""
        by_line = {row.line: row for row in new}
        for old in invoice.rows:
            if old.paid == 0:
                continue
            row = by_line.get(old.line)
            if (row is None or row.customer != old.customer or row.currency != old.currency
                    or (row.type == "dbs") != (old.type == "dbs") or (old.type == "dbs" and row.slot != old.slot)
                    or (row.amount < 0) != (old.amount < 0) or abs(row.amount) < abs(old.paid)):
                return True
        for old in invoice.rows:
            if old.paid == 0:
                continue
            row = by_line[old.line]
            row.paid, row.opening = old.paid, old.opening
            if old.type != "dbs":
                row.slot, row.added = old.slot, old.added
            elif old.opening and row.amount:
                row.added = cents(row.added * (row.amount - row.opening) / row.amount)
        return False

    def add(self, invoice, lines, currency, rate, consents, opening=False):
        messages = []
        rows = self.make_rows(invoice, lines, currency, rate, messages)
        effects = {}
        for row in rows:
            self.add_effect(effects, row, row.added)
        answer = self.decide(effects, not opening, consents, messages)
        invoice.rows = rows
        self.invoices[invoice.number] = invoice
        if invoice.kind == "sale-return" and not opening:
            self.close_return(invoice)
        return answer

    def close_return(self, invoice):
        named = self.invoices.get(invoice.returns)
        for credit in invoice.rows:
            rest = -credit.open
            for row in sorted(named.rows if named else [], key=lambda r: (r.due, r.invoice, r.line)):
                same = (row.type == "dbs") == (credit.type == "dbs") and (
                    credit.type != "dbs" or row.slot == credit.slot)
                if row.active and row.open > 0 and same and row.customer == credit.customer and \
                        row.currency == credit.currency and rest > 0:
                    part = min(rest, row.open)
                    row.paid += part
                    credit.paid -= part
                    rest -= part
                    invoice.closed.append((row.invoice, row.line, credit.line, part))

    def reopen_return(self, invoice, effects):
        for number, line, own, part in invoice.closed:
            row, credit = self.row(number, line), self.row(invoice.number, own)
            self.undo_part(row, part, -credit.added, -credit.amount, effects)
            row.paid -= part
            credit.paid += part
        invoice.closed = []

    def undo_part(self, row, part, lowered, amount, effects):
        """A row that left DBS takes what it had kept out of the total when its payment goes back (decision 27)."""
        if row.type == "dbs" or row.added <= 0:
            return
        share = cents(lowered * part / amount) if lowered > 0 else ZERO
        if row.paid - row.opening == part:
            share = row.added
        share = min(share, row.added)
        if share:
            self.add_effect(effects, row, -share)
        row.added -= share

    def change(self, number, kind, lines, currency, rate, consents):
        invoice, messages, effects = self.invoices[number], [], {}
        self.reopen_return(invoice, effects)
        invoice.type = kind
        new = self.make_rows(invoice, lines, currency, rate, messages)
        if self.carry(invoice, new):
            messages.append("INVOICE_PAID")
        for row in invoice.rows:
            self.add_effect(effects, row, -row.added)
        for row in new:
            self.add_effect(effects, row, row.added)
        answer = self.decide(effects, True, consents, messages)
        invoice.rows = new
        if invoice.kind == "sale-return":
            self.close_return(invoice)
        return answer

    def cancel(self, number, consents):
        invoice, effects = self.invoices[number], {}
        self.reopen_return(invoice, effects)
        messages = ["INVOICE_PAID"] if any(row.paid for row in invoice.rows) else []
        for row in invoice.rows:
            self.add_effect(effects, row, -row.added)
        answer = self.decide(effects, True, consents, messages)
        invoice.active = False
        for row in invoice.rows:
            row.active = False
        return answer

    def restore(self, number, consents):
        invoice, effects = self.invoices[number], {}
        for row in invoice.rows:
            self.add_effect(effects, row, row.added)
        answer = self.decide(effects, True, consents, [])
        invoice.active = True
        for row in invoice.rows:
            row.active = True
        if invoice.kind == "sale-return":
            self.close_return(invoice)
        return answer

    def withdraw(self, number):
        invoice, effects = self.invoices[number], {}
        self.reopen_return(invoice, effects)
        opens = [(row, row.open_added()) for row in invoice.rows]
        for row, part in opens:
            self.add_effect(effects, row, -part)
        answer = self.decide(effects, False, {}, [])
        for row, part in opens:
            if row.type == "dbs":
                row.added -= part
                row.type = "transfer"
        invoice.type = "transfer"
        if invoice.kind == "sale-return":
            self.close_return(invoice)
        return answer

    # -- slips -----------------------------------------------------------------------------------------------------

    def rows_of(self, customer, currency):
        rows = [r for i in self.invoices.values() for r in i.rows
                if r.customer == customer and r.currency == currency and r.active and r.open > 0 and r.amount > 0]
        return sorted(rows, key=lambda r: (r.due, r.invoice.encode(), r.line))

    def plan(self, customer, currency, amount, value, names, dbs, slot):
        rows = [r for r in self.rows_of(customer, currency) if not dbs or r.type == "dbs"]
        rest, closed, seen = amount, [], []

        def take(row):
            nonlocal rest
            part = min(rest, row.open)
            if part:
                closed.append((row, part))
                rest -= part

        for name in names:
            if name not in seen:
                for row in sorted((r for r in rows if r.invoice == name), key=lambda r: r.due != value):
                    take(row)
            seen.append(name)
        if closed or not dbs:
            return closed, rest, "invoice" if closed else "none"
        rows = [r for r in rows if r.added and (not slot or r.slot == slot) and r.invoice not in names]
        exact = [r for r in rows if r.open == amount and r.due <= value]
        if exact and [r.due for r in exact].count(exact[0].due) == 1:
            take(exact[0])
            return closed, rest, "exact"
        for row in rows:
            take(row)
        return closed, rest, "fifo" if closed else "none"

    def collect(self, slip, value, names, recognised, mark, branch):
        """`slip.dbs`, slot and lowered are found here. Returns the words of the answer."""
        closed, rest, rule = self.plan(slip.customer, slip.currency, slip.amount, value, names, False, 0)
        dbs = recognised or mark == "yes" or (bool(closed) and all(r.type == "dbs" for r, _ in closed))
        if dbs:
            slot = self.marked(slip.customer, branch or self.accounts.get(slip.account, ""))
            closed, rest, rule = self.plan(slip.customer, slip.currency, slip.amount, value, names, True, slot)
            if not slot and closed and not branch:
                first = closed[0][0]
                slot = first.slot if first.slot and self.banks[slip.customer, first.slot].dbs else 0
            slip.dbs = mark != "no"
            slip.slot = slot if slip.dbs else 0
            slip.lowered = cents(slip.amount * slip.rate) if slip.slot else ZERO
        words = [f"dbs={int(slip.dbs)}", f"slot={slip.slot}", f"rule={rule}", f"rest={cents(rest)}"]
        words += [f"{row.invoice}/{row.line}:{cents(part)}" for row, part in closed]
        if slip.dbs and not slip.slot:
            words.append("NO_DBS_SLOT")
        for row, part in closed:
            row.paid += part
        slip.closed = [(row.invoice, row.line, part) for row, part in closed]
        self.slips[slip.number] = slip
        return words + self.facts({(slip.customer, slip.slot): -slip.lowered} if slip.slot else {})

    def facts(self, effects):
        """Facts from the bank always apply (decision 26)."""
        words = []
        for key, delta in sorted(effects.items()):
            bank = self.banks[key]
            bank.total += delta
            if delta > 0 and bank.total > bank.limit and bank.control != "proceed":
                words.append("OVER_LIMIT")
            if delta < 0 and bank.total < 0:
                words.append("TOTAL_NEGATIVE")
        return words

    def undo(self, number):
        slip, effects = self.slips[number], {}
        if not slip.active:
            return ["UNKNOWN_SLIP"]
        slip.active = False
        if slip.slot and slip.lowered:
            effects[slip.customer, slip.slot] = slip.lowered
        for invoice, line, part in slip.closed:
            row = self.row(invoice, line)
            self.undo_part(row, part, slip.lowered, slip.amount, effects)
            row.paid -= part
        return self.facts(effects)

    def mark(self, number, on):
        slip = self.slips[number]
        if not slip.active or slip.dbs == on:
            return ["unchanged"]
        slip.dbs = on
        if on:
            slip.lowered = cents(slip.amount * slip.rate)
            return self.facts({(slip.customer, slip.slot): -slip.lowered})
        lowered, slip.lowered = slip.lowered, ZERO
        return self.facts({(slip.customer, slip.slot): lowered})

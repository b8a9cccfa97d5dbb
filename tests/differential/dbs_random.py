#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random events against the library's direct-debit rules: what dbs_model.py expects must come out.

usage: dbs_random.py RUN_STORY [--stories N] [--events N] [--seed N] [--ways WAY,...] [--sqlite-every N]
RUN_STORY is the program made of tests/unit/dbs/run_story.c, which tells the ways: on the pure room, on a store, on a
store in trouble, on an SQLite file in trouble. A story that fails is left in the current directory.
"""
import argparse
import os
import pathlib
import pickle
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

import dbs_model as m

CUSTOMERS = {"C1": "dbs", "C2": "cash"}
ACCOUNTS = {"A1": "0062_00119", "A2": "0111_01024", "A3": "0046_00001", "A4": ""}
BRANCHES = ["0062_00119", "0111_01024", "0046_00001", "0015_00009"]
DUES = [f"2026-{month}-{day}" for month in ("06", "07", "08") for day in ("01", "15")]


def text(value):
    return str(m.cents(value) + 0 if value else m.ZERO)


class Story:
    """Makes up events, asks the model, and writes both down."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.model = m.Model()
        self.lines = [f"# dbs_random.py --seed {seed}"]
        self.count = 0
        self.furnish()

    def furnish(self):
        for code, branch in ACCOUNTS.items():
            self.model.accounts[code] = branch
            self.lines.append(f"account {code} branch={branch}")
        for code, kind in CUSTOMERS.items():
            self.model.types[code], self.model.defaults[code] = kind, "A1"
            self.lines.append(f"customer {code} type={kind} account=A1")
            for slot, branch in enumerate(("0062_00119", "0111_01024", "0062_00119", "0046_00001"), 1):
                self.set_bank(code, slot, branch, True)

    def set_bank(self, customer, slot, branch, marked):
        limit, control = self.money(100, 900), self.dice.choice(("proceed", "warn", "block", "block"))
        bank = self.model.banks.setdefault((customer, slot), m.Bank(branch, limit, control))
        bank.limit, bank.control, bank.dbs = limit, control, marked
        self.lines.append(f"bank {customer} {slot} {branch} limit={text(limit)} control={control} "
                          f"dbs={'yes' if marked else 'no'}")

    def money(self, low, high):
        value = Decimal(self.dice.randint(low * 100, high * 100)) / 100
        return value if self.maybe(0.5) else m.cents(int(value / 50) * 50 + 50)

    def maybe(self, chance):
        return self.dice.random() < chance

    def new_number(self, letter):
        self.count += 1
        return f"{letter}{self.count:04}"

    def run(self, words, event):
        """Asks the model; a refused event leaves it as it was."""
        before = pickle.dumps(self.model, pickle.HIGHEST_PROTOCOL)
        try:
            answer = event(self.model)
        except m.Refused as refused:
            self.model = pickle.loads(before)
            answer = refused.args
        self.lines.append(f"{words} -> {' '.join(answer)}" if answer else words)

    def consents(self):
        if self.maybe(0.5):
            return {}, ""
        excess = self.dice.choice((Decimal("0.01"), self.money(1, 300), Decimal(9999)))
        consents = {"OVER_LIMIT": excess}
        if self.maybe(0.6):
            consents["BRANCH_MISMATCH"] = m.ZERO
        words = ",".join(f"{name}:{text(value)}" if value else name for name, value in consents.items())
        return consents, f" accept={words}"

    def plan_lines(self, currency, opening):
        """Lines of an invoice for the model, and written down as plan lines."""
        lines = []
        for _ in range(self.dice.choice((1, 1, 1, 2, 3))):
            amount = self.money(1, 300)
            account = self.dice.choice(("", "", "A1", "A2", "A3", "NONE" if self.maybe(0.1) else "A2", "A4"))
            branch = self.dice.choice(BRANCHES) if self.maybe(0.12) else ""
            kind = self.dice.choice(("", "", "", "dbs", "cash"))
            paid = m.ZERO
            if opening:
                paid = self.dice.choice((m.ZERO, amount, m.cents(amount / 3)))
            lines.append((amount, kind, self.dice.choice(DUES), account, branch, paid))
            self.lines.append(f"plan currency={currency} amount={text(amount)} type={kind} due={lines[-1][2]} "
                              f"account={account} branch={branch} paid={text(paid)}")
        return lines

    def money_options(self):
        if self.maybe(0.8):
            return "TRY", Decimal(1), ""
        rate = Decimal(self.dice.randint(10000, 90000)) / 10000
        return "USD", rate, f" currency=USD rate={rate}"

    # -- events ----------------------------------------------------------------------------------------------------

    def event_invoice(self, opening=False):
        number, customer = self.new_number("F"), self.dice.choice(tuple(CUSTOMERS))
        kind = self.dice.choice(("sale",) * 8 + ("sale-return", "sale-return", "purchase", "purchase-return"))
        invoice = m.Invoice(number, customer, kind, self.dice.choice(("", "", "dbs", "transfer")))
        if kind == "sale-return" and self.maybe(0.7) and self.model.invoices:
            invoice.returns = self.dice.choice(sorted(self.model.invoices))
        currency, rate, options = self.money_options()
        consents, accept = self.consents()
        lines = self.plan_lines(currency, opening)
        amount = sum(line[0] for line in lines)
        words = f"{'opening' if opening else 'invoice'} {number} {customer} {kind} {text(amount)} " \
                f"type={invoice.type}{options}{accept}"
        if invoice.returns:
            words += f" returns={invoice.returns}"
        self.run(words, lambda model: model.add(invoice, lines, currency, rate, consents, opening))
        return number

    def event_opening(self):
        return self.event_invoice(opening=True)

    def pick(self, active):
        numbers = sorted(n for n, i in self.model.invoices.items() if i.active == active)
        return self.dice.choice(numbers) if numbers else None

    def event_change(self):
        number = self.pick(True)
        if not number:
            return None
        rows = self.model.invoices[number].rows
        if self.maybe(0.5):
            # Something that a paid part can stand: the same rows with other amounts.
            currency, rate, options = rows[0].currency, Decimal(1), ""
            if currency == "USD":
                rate = Decimal(self.dice.randint(10000, 90000)) / 10000
                options = f" currency=USD rate={rate}"
            lines = [(abs(r.amount) + self.dice.choice((m.ZERO, m.CENT, self.money(1, 90), -m.CENT)), r.type, r.due,
                      {v: k for k, v in ACCOUNTS.items() if v}.get(self.branch_of(r), ""), "", m.ZERO) for r in rows]
            lines = [(max(line[0], m.ZERO), *line[1:]) for line in lines]
            for line in lines:
                self.lines.append(f"plan currency={currency} amount={text(line[0])} type={line[1]} due={line[2]} "
                                  f"account={line[3]}")
        else:
            currency, rate, options = self.money_options()
            lines = self.plan_lines(currency, False)
        kind = self.dice.choice(("", "dbs", "transfer"))
        consents, accept = self.consents()
        amount = sum(line[0] for line in lines)
        self.run(f"change {number} {text(amount)} type={kind}{options}{accept}",
                 lambda model: model.change(number, kind, lines, currency, rate, consents))
        return number

    def branch_of(self, row):
        bank = self.model.banks.get((row.customer, row.slot))
        return bank.branch if bank else ""

    def event_cancel(self):
        number = self.pick(True)
        if number:
            consents, accept = self.consents()
            self.run(f"cancel {number}{accept}", lambda model: model.cancel(number, consents))
        return number

    def event_restore(self):
        number = self.pick(False)
        if number:
            consents, accept = self.consents()
            self.run(f"restore {number}{accept}", lambda model: model.restore(number, consents))
        return number

    def event_withdraw(self):
        number = self.pick(True)
        if number:
            self.run(f"withdraw {number}", lambda model: model.withdraw(number))
        return number

    def event_collect(self):
        customer = self.dice.choice(tuple(CUSTOMERS))
        rows = [r for r in self.model.rows_of(customer, "TRY")] or [None]
        row = self.dice.choice(rows)
        currency, rate, options = self.money_options()
        if currency == "USD":
            rows = self.model.rows_of(customer, "USD")
            row = self.dice.choice(rows) if rows else None
        amount = self.money(1, 400)
        if row and self.maybe(0.6):
            amount = row.open if self.maybe(0.6) else m.cents(row.open / 2) or m.CENT
        names = [r.invoice for r in (row, self.dice.choice(rows or [None])) if r and self.maybe(0.4)]
        account, branch = self.dice.choice(("A1", "A2", "A3", "A4", "A1")), ""
        if self.maybe(0.1):
            branch = self.dice.choice(BRANCHES)
        recognised, mark = self.maybe(0.7), self.dice.choice(("", "", "", "yes", "no"))
        value = self.dice.choice(DUES)
        slip = m.Slip(self.new_number("S"), customer, amount, currency, rate, account, False, 0, m.ZERO, [])
        words = f"collect {slip.number} {customer} {text(amount)} dbs={'yes' if recognised else 'no'} mark={mark} " \
                f"account={account} branch={branch} value={value} names={','.join(names)}{options}"
        self.run(words, lambda model: model.collect(slip, value, names, recognised, mark, branch))
        return names[0] if names else None

    def event_undo(self):
        if self.model.slips:
            number = self.dice.choice(sorted(self.model.slips))
            self.run(f"undo {number}", lambda model: model.undo(number))

    def event_mark(self):
        """Lines whose record is that of their account, so that marking finds the same one again."""
        numbers = sorted(n for n, s in self.model.slips.items()
                         if s.slot and self.model.marked(s.customer, ACCOUNTS[s.account]) == s.slot)
        if numbers:
            number, on = self.dice.choice(numbers), self.maybe(0.5)
            self.run(f"mark {number} {'on' if on else 'off'}", lambda model: model.mark(number, on))

    def event_adjust(self):
        key = self.dice.choice(sorted(k for k, b in self.model.banks.items() if b.dbs))
        delta = self.money(1, 50) * self.dice.choice((1, -1))
        self.model.banks[key].total += delta
        self.lines.append(f"adjust {key[0]} {key[1]} {text(delta)} {self.new_number('N')}")

    def event_bank(self):
        key = self.dice.choice(sorted(self.model.banks))
        self.set_bank(*key, self.model.banks[key].branch, self.maybe(0.9))

    EVENTS = {"invoice": 44, "opening": 3, "change": 14, "cancel": 8, "restore": 5, "withdraw": 4, "collect": 30,
              "undo": 10, "mark": 6, "adjust": 1, "bank": 4}

    def step(self):
        name = self.dice.choices(tuple(self.EVENTS), tuple(self.EVENTS.values()))[0]
        touched = getattr(self, f"event_{name}")()
        for (customer, slot), bank in sorted(self.model.banks.items()):
            self.lines.append(f"total {customer} {slot} -> {text(bank.total)}")
        numbers = self.dice.sample(sorted(self.model.invoices), min(2, len(self.model.invoices)))
        for number in {touched, *numbers} & set(self.model.invoices):
            invoice = self.model.invoices[number]
            for row in invoice.rows:
                self.lines.append(f"row {number} {row.line} -> amount={text(row.amount)} open={text(row.open)} "
                                  f"type={row.type} slot={row.slot} state={'active' if row.active else 'cancelled'}")
        for customer in CUSTOMERS:
            self.lines.append(f"risk {customer} -> {self.risk(customer)}")

    def risk(self, customer):
        rows = [r for i in self.model.invoices.values() for r in i.rows
                if r.customer == customer and r.active and r.currency == "TRY"]
        dbs = sum((r.open for r in rows if r.type == "dbs"), m.ZERO)
        return f"dbs={text(dbs)} ordinary={text(sum((r.open for r in rows if r.type != 'dbs'), m.ZERO))}"


MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # nothing here needs a disk
BATCH = 100  # stories a process of RUN_STORY is given; starting one costs more than a story


def write_story(seed, events, folder):
    story = Story(seed)
    for _ in range(events):
        story.step()
    path = pathlib.Path(folder, f"dbs-{seed}.txt")
    path.write_text("\n".join(story.lines) + "\n", encoding="utf-8")
    return path


def run_stories(runner, way, paths):
    """Returns how many came out otherwise."""
    done = subprocess.run([runner, way, *paths], capture_output=True, text=True, check=False,
                          env={**os.environ, "CMOCKA_MESSAGE_OUTPUT": "STDOUT"})
    if done.returncode == 0:
        return 0
    failed = [path for path in paths if f"[  FAILED  ] {path}" in done.stdout + done.stderr] or paths
    for path in failed:
        pathlib.Path(path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    print(f"not ok on {way}; the stories are in {' '.join(path.name for path in failed)}\n{done.stdout}{done.stderr}")
    return len(failed)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runner")
    parser.add_argument("--stories", type=int, default=20)
    parser.add_argument("--events", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ways", default="pure,memory,shaky")
    parser.add_argument("--sqlite-every", type=int, default=0, help="each N-th story runs on SQLite too; 0 = none")
    options = parser.parse_args()
    failed = ran_on_sqlite = 0
    end = options.seed + options.stories
    for first in range(options.seed, end, BATCH):
        with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
            paths = [write_story(seed, options.events, folder) for seed in range(first, min(first + BATCH, end))]
            for way in options.ways.split(","):
                failed += run_stories(options.runner, way, paths)
            few = paths[::options.sqlite_every] if options.sqlite_every else []
            ran_on_sqlite += len(few)
            failed += run_stories(options.runner, "sqlite", few) if few else 0
    print(f"{options.stories} stories of {options.events} events on {options.ways}, {ran_on_sqlite} of them on sqlite, "
          f"{failed} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())

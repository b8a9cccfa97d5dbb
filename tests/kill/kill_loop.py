#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Kills the command in the middle of receive and save, and looks whether the store shows half an effect.

usage: kill_loop.py COMMAND [--cycles N] [--seed N]

Each cycle starts from a fresh store, kills the command with SIGKILL after a random time, checks the
invariants below straight in the SQLite file, lets the command finish, and checks that everything is
there exactly once. Half of the cycles kill receive, half save.
"""
import argparse
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FILES, ROWS = 12, 25
CUSTOMER_IBAN = "TR780006701000000011111111"
OWN_IBAN = "TR140006200119000001234567"

BOOKS = {
    "companies.csv": "code,title,tax_id,legislation,local_currency\n1,Ornek A.S.,9998887774,tr,TRY\n",
    "customers.csv": "code,type,name,tax_id,payment_type,default_bank_account,active\n"
                     "120.01,buyer,Yildiz Market,1112223339,dbs,102.01,1\n",
    "customer_banks.csv": "customer,slot,branch,iban,currency,dbs,dbs_limit,dbs_control\n"
                          f"120.01,1,0062_00119,{CUSTOMER_IBAN},TRY,1,1000000.00,block\n",
    "bank_accounts.csv": "code,iban,branch,account,currency,start_date\n"
                         f"102.01,{OWN_IBAN},0062_00119,1234567,TRY,2026-01-01\n",
    "transaction_codes.csv": "bank,code,side,priority,text,slip_type,dbs\n,TRF,C,0,,3,0\n,DDB,C,0,,3,1\n,CHG,D,0,,1,0\n",
}

# Each of these must find nothing.
INVARIANTS = {
    "a saved movement without its active slip":
        "select m.id from movements m left join slips s on s.company = m.company and s.id = m.slip and s.state = 0 "
        "where m.state = 2 and s.id is null",
    "an active slip whose movement is not saved by it":
        "select s.id from slips s left join movements m on m.company = s.company and m.id = s.movement "
        "and m.state = 2 and m.slip = s.id where s.state = 0 and m.id is null",
    "two active slips of one movement":
        "select movement from slips where state = 0 and movement <> '' group by company, movement having count(*) > 1",
    "a slip with fewer than one line": "select s.id from slips s where not exists (select 1 from slip_lines l "
                                       "where l.company = s.company and l.slip = s.id)",
    "a line without its slip": "select l.slip from slip_lines l left join slips s on s.company = l.company "
                               "and s.id = l.slip where s.id is null",
    "an inbox record that counts its movements wrong":
        "select i.id from inbox_items i where i.entries <> (select count(*) from movements m where "
        "m.company = i.company and m.inbox_item = i.id) or i.open_entries <> (select count(*) from movements m "
        "where m.company = i.company and m.inbox_item = i.id and m.state not in (2, 4))",
    "a movement without its inbox record": "select m.id from movements m left join inbox_items i on "
                                           "i.company = m.company and i.id = m.inbox_item where i.id is null",
    "an inbox record without its file": "select i.id from inbox_items i left join files f on f.company = i.company "
                                        "and f.digest = i.file where f.digest is null",
    "a total that is not the sum of its journal":
        "select b.customer from customer_banks b where b.dbs_total <> (select coalesce(sum(j.delta), 0) from journal j "
        "where j.company = b.company and j.customer = b.customer and j.slot = b.slot)",
    "a marked line without its journal line":
        "select l.slip from slip_lines l where l.dbs_amount <> 0 and (select count(*) from journal j where "
        "j.company = l.company and j.document = l.slip) <> 1",
    "a row paid by more or less than its closings":
        "select p.invoice from payments p where p.paid <> (select coalesce(sum(c.amount), 0) from closings c where "
        "c.company = p.company and c.invoice = p.invoice and c.payment = p.line and c.state = 0)",
}


def statement(number, rows):
    """A day's statement whose first half are collections (DDB), the rest transfers."""
    opening, lines, total = 1000000, [], 0
    for row in range(rows):
        cents = 10000 + 100 * number + row
        total += cents
        code = "DDB" if row % 2 else "TRF"
        lines.append(f":61:2607150715CY{cents // 100},{cents % 100:02d}N{code}NONREF//K{number:03d}{row:03d}\r\n"
                     f":86:GELEN {CUSTOMER_IBAN} SATIR {number}-{row}\r\n")
    closing = opening + total
    return (f":20:KILL{number:04d}\r\n:25:{OWN_IBAN}\r\n:28C:{number:05d}/001\r\n"
            f":60F:C260714TRY{opening // 100},{opening % 100:02d}\r\n" + "".join(lines) +
            f":62F:C260715TRY{closing // 100},{closing % 100:02d}\r\n-\r\n")


class World:
    def __init__(self, command, folder):
        self.command, self.folder = command, Path(folder)
        self.store = self.folder / "store.db"
        self.inbox = self.folder / "statements"
        self.books = self.folder / "books"

    def start(self, *words):
        where = ("--store", f"sqlite:{self.store}", "--company", "1")
        return subprocess.Popen([self.command, words[0], *where, *words[1:]], stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE)

    def run(self, *words, good=(0,)):
        process = self.start(*words)
        _, errors = process.communicate(timeout=60)
        if process.returncode not in good:
            raise SystemExit(f"{' '.join(words)}: exit {process.returncode}\n{errors.decode('utf-8', 'replace')}")

    def build(self):
        self.inbox.mkdir()
        self.books.mkdir()
        for name, text in BOOKS.items():
            (self.books / name).write_text(text, encoding="utf-8")
        for number in range(1, FILES + 1):
            (self.inbox / f"{number:03d}.sta").write_bytes(statement(number, ROWS).encode())
        self.run("init")
        self.run("import", str(self.books))
        self.run("connect", f"folder:{self.inbox}")

    def query(self, sql):
        with sqlite3.connect(self.store, timeout=10) as connection:
            return connection.execute(sql).fetchall()

    def broken(self):
        return [f"{name}: {rows[0]}" for name, sql in INVARIANTS.items() if (rows := self.query(sql))]

    def counts(self):
        return {table: self.query(f"select count(*) from {table}")[0][0]
                for table in ("files", "inbox_items", "movements", "slips", "slip_lines", "journal")}


def snapshot(world, name):
    """Keeps a finished store to start cycles from."""
    with sqlite3.connect(world.store) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    shutil.copy(world.store, world.folder / name)


def restore(world, name):
    for suffix in ("", "-wal", "-shm"):
        Path(str(world.store) + suffix).unlink(missing_ok=True)
    shutil.copy(world.folder / name, world.store)


class Plan:
    """A command from a snapshot, what it must have done in the end, and for how long it may go on before it is killed.

    How long it takes hangs on the load, which changes while the cycles run: a kill that came too late makes the next
    ones come sooner, others let them come a little later.
    """

    def __init__(self, world, name, words):
        self.name, self.words = name, words
        self.longest, self.expected = duration(world, name, words)

    def learn(self, alive):
        self.longest *= 1.05 if alive else 0.85


def duration(world, name, words):
    restore(world, name)
    begin = time.monotonic()
    world.run(*words, good=(0, 1))
    return time.monotonic() - begin, world.counts()


def cycle(world, plan, chance):
    """One kill; returns complaints and whether the command was still at work."""
    restore(world, plan.name)
    process = world.start(*plan.words)
    time.sleep(chance.uniform(0, plan.longest))
    alive = process.poll() is None
    plan.learn(alive)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    complaints = [f"after the kill: {text}" for text in world.broken()]
    world.run(*plan.words, good=(0, 1))
    complaints += [f"after the second run: {text}" for text in world.broken()]
    counts = world.counts()
    if counts != plan.expected:
        complaints.append(f"after the second run: {counts}, expected {plan.expected}")
    return complaints, alive


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("command")
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=940)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    failed = hit = 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(options.command, folder)
        world.build()
        snapshot(world, "empty.db")
        receive = Plan(world, "empty.db", ("receive",))
        snapshot(world, "received.db")
        plans = [receive, Plan(world, "received.db", ("save", "1"))]
        for number in range(options.cycles):
            plan = plans[number % 2]
            complaints, alive = cycle(world, plan, chance)
            hit += alive
            failed += bool(complaints)
            for complaint in complaints:
                print(f"cycle {number + 1} ({plan.words[0]}): {complaint}")
    print(f"{options.cycles} kills, {hit} of them in the middle, {failed} with half an effect")
    return 1 if failed or hit < options.cycles // 4 else 0


if __name__ == "__main__":
    sys.exit(main())

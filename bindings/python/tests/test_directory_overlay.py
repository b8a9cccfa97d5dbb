# SPDX-License-Identifier: Apache-2.0
"""Changes laid over a directory from Python: found at once, by every thread, and never under a reader's feet."""
import gc
import os
import threading
import unittest
import weakref
from dataclasses import replace
from pathlib import Path

import mt940connect
from mt940connect import Directory, DirectoryOverlay
from mt940connect.errors import ArgumentError, LimitError, StateError
from mt940connect.records import BankAccount, Company, Customer, CustomerBank, Payment

C01 = mt940connect.parse_file(Path(os.environ["MT940_FRAGMENTS"]) / "C01.sta")[0]
DEMO = "DEMO"
IBAN = "TR780006701000000011111111"
COMPANY = Company(code=DEMO, tax_id="9998887774", local_currency="TRY")
ACCOUNT = BankAccount(company=DEMO, code="102.01", iban="TR140006200119000001234567", currency="TRY")
OLD = Customer(company=DEMO, code="120.001", name="Yıldız Market Ltd. Şti.", active=True)
NEW = Customer(company=DEMO, code="120.002", name="Yıldız Gıda A.Ş.", active=True)
OLD_BANK = CustomerBank(company=DEMO, customer="120.001", slot=1, iban=IBAN)
NEW_BANK = CustomerBank(company=DEMO, customer="120.002", slot=1, iban=IBAN)


def built(customers=(OLD,), banks=(OLD_BANK,)):
    return Directory(COMPANY, bank_accounts=[ACCOUNT], customers=customers, customer_banks=banks)


def matches(directory):
    return [directory.match(C01, entry) for entry in C01.entries]


class Overlay(unittest.TestCase):
    def test_nothing_changed(self):
        overlay = DirectoryOverlay(built())
        self.assertEqual((overlay.changed, overlay.company), (0, COMPANY))
        self.assertEqual(matches(overlay), matches(built()))

    def test_it_answers_as_one_built_anew(self):
        overlay = DirectoryOverlay(built())
        overlay.put(NEW)
        overlay.put(NEW_BANK)
        self.assertEqual(matches(overlay), matches(built([OLD, NEW], [OLD_BANK, NEW_BANK])))
        self.assertEqual(overlay.by_ibans([IBAN])[0].found, 2)
        overlay.remove(CustomerBank(company=DEMO, customer="120.001", slot=1))
        self.assertEqual(matches(overlay), matches(built([OLD, NEW], [NEW_BANK])))
        overlay.remove(Customer(company=DEMO, code="120.002"))
        self.assertEqual(matches(overlay), matches(built([OLD], [])))
        self.assertEqual((overlay.changed, overlay.by_ibans([IBAN])), (2, [None]))

    def test_what_is_below_stays(self):
        below = built()
        overlay = DirectoryOverlay(below)
        overlay.put(replace(OLD, active=False))
        self.assertEqual(matches(below), matches(built()))
        self.assertEqual(overlay.match(C01, C01.entries[0]).customer, "")
        self.assertEqual(DirectoryOverlay(below).match(C01, C01.entries[0]).customer, "120.001")

    def test_over_an_image(self):
        overlay = DirectoryOverlay(Directory.open(built().image()))
        overlay.put(NEW)
        overlay.put(NEW_BANK)
        gc.collect()
        churn = [bytes(4096) for _ in range(500)]
        self.assertEqual(matches(overlay), matches(built([OLD, NEW], [OLD_BANK, NEW_BANK])))
        del churn

    def test_what_is_refused(self):
        overlay = DirectoryOverlay(built(), most=1)
        overlay.put(NEW)
        with self.assertRaises(LimitError):
            overlay.put(replace(NEW, code="120.003"))
        with self.assertRaises(ArgumentError):
            overlay.put(replace(NEW, company="OTHER"))
        for wrong in (COMPANY, None, "120.001"):
            with self.assertRaises(TypeError):
                overlay.put(wrong)
        with self.assertRaises(TypeError):
            DirectoryOverlay(overlay)
        with self.assertRaises(ArgumentError):
            DirectoryOverlay(built(), most=4001)
        self.assertEqual(overlay.changed, 1)

    def test_a_reader_cannot_change_what_it_reads(self):
        overlay = DirectoryOverlay(built())

        class Changing(Payment):
            @property
            def amount(self):
                overlay.put(NEW)
                return 0

            @amount.setter
            def amount(self, value):
                pass

        with self.assertRaises(StateError):
            overlay.match(C01, C01.entries[0], payments=[Changing(company=DEMO)])
        overlay.put(NEW)
        self.assertEqual(overlay.changed, 1)

    def test_it_goes_before_what_is_below(self):
        order = []
        below = built()
        overlay = DirectoryOverlay(below)
        overlay.put(NEW)
        overlay.by_ibans([])
        weakref.finalize(below._raw, order.append, "below")
        weakref.finalize(overlay._overlay, order.append, "overlay")
        del below, overlay
        gc.collect()
        self.assertEqual(order, ["overlay", "below"])

    def test_threads_share_it(self):
        overlay = DirectoryOverlay(built())
        expected = {False: matches(built()), True: matches(built([OLD, NEW], [OLD_BANK, NEW_BANK]))}
        overlay.put(NEW)
        expected[False] = matches(built([OLD, NEW], [OLD_BANK]))
        seen = []

        def read():
            for _ in range(200):
                seen.append(overlay.match(C01, C01.entries[0]))

        readers = [threading.Thread(target=read) for _ in range(3)]
        for thread in readers:
            thread.start()
        for turn in range(200):
            (overlay.remove if turn % 2 else overlay.put)(NEW_BANK)
        for thread in readers:
            thread.join()
        self.assertEqual(len(seen), 600)
        self.assertTrue(all(match in (expected[False][0], expected[True][0]) for match in seen))


if __name__ == "__main__":
    unittest.main()

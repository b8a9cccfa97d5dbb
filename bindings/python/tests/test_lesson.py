# SPDX-License-Identifier: Apache-2.0
"""Lessons from Python: a person's choices are remembered, decide, fade and are refused."""
import os
import unittest
from pathlib import Path

import mt940connect
from mt940connect import Directory, DirectoryOverlay
from mt940connect.errors import ArgumentError
from mt940connect.lesson import LessonEvent, LessonKey, LessonPolicy, LessonWorth, teach, weigh
from mt940connect.records import BankAccount, Choice, Company, Customer, CustomerBank, LessonBasis, Side

C01 = mt940connect.parse_file(Path(os.environ["MT940_FRAGMENTS"]) / "C01.sta")[0]
ENTRY = C01.entries[0]
DEMO = "DEMO"
IBAN = "TR780006701000000011111111"
DAY = 86400
NOW = 20000 * DAY
ACCOUNT = BankAccount(company=DEMO, code="102.01", iban="TR140006200119000001234567", currency="TRY")
CUSTOMERS = [Customer(company=DEMO, code="120.007", name="Deniz Lojistik", active=True),
             Customer(company=DEMO, code="120.008", name="Kara Nakliyat", active=True)]


def directory(**changes):
    return Directory(Company(code=DEMO, tax_id="9998887774", local_currency="TRY"),
                     **{"bank_accounts": [ACCOUNT], "customers": CUSTOMERS, **changes})


def taught(key, customer, *events, policy=None):
    lesson = key.lesson(customer)
    for event in events:
        lesson = teach(lesson, event, NOW, policy)
    return lesson


class Lessons(unittest.TestCase):
    def test_keys_of_a_movement(self):
        keys = directory().lesson_keys(C01, ENTRY)
        self.assertEqual(keys[0], LessonKey(DEMO, "102.01", Side.CREDIT, LessonBasis.IBAN, IBAN))
        self.assertEqual(DirectoryOverlay(directory()).lesson_keys(C01, ENTRY), keys)
        self.assertEqual(directory(bank_accounts=[]).lesson_keys(C01, ENTRY), [])
        collector = CustomerBank(company=DEMO, customer="120.007", slot=1, iban=IBAN, collector=True)
        keys = directory(customer_banks=[collector]).lesson_keys(C01, ENTRY)
        self.assertNotIn(LessonBasis.IBAN, [key.basis for key in keys])

    def test_three_choices_decide(self):
        key = directory().lesson_keys(C01, ENTRY)[0]
        for choices, decision in ((1, "suggest"), (2, "suggest"), (3, "auto")):
            lesson = taught(key, "120.007", *[LessonEvent.CONFIRMED] * choices)
            match = directory().match(C01, ENTRY, lessons=[lesson], now=NOW)
            self.assertEqual((match.decision, match.candidates[0].customer), (decision, "120.007"))
            self.assertEqual(match.candidates[0].evidence[0].kind, "memory")
        self.assertEqual((match.customer, match.choice), ("120.007", Choice.AUTOMATIC))
        self.assertEqual(directory().match(C01, ENTRY).decision, "none")

    def test_the_policy_and_the_time_count(self):
        key = directory().lesson_keys(C01, ENTRY)[0]
        lesson = taught(key, "120.007", *[LessonEvent.CONFIRMED] * 3)
        never = directory().match(C01, ENTRY, lessons=[lesson], lesson_policy=LessonPolicy(confirmations=0), now=NOW)
        late = directory().match(C01, ENTRY, lessons=[lesson], now=NOW + 365 * DAY)
        self.assertEqual((never.decision, late.decision), ("suggest", "suggest"))
        with self.assertRaises(ArgumentError):
            weigh(lesson, NOW, LessonPolicy(half_life=0))

    def test_what_is_refused_is_not_proposed(self):
        bank = CustomerBank(company=DEMO, customer="120.007", slot=1, iban=IBAN)
        key = directory(customer_banks=[bank]).lesson_keys(C01, ENTRY)[0]
        lesson = taught(key, "120.007", LessonEvent.REJECTED)
        match = directory(customer_banks=[bank]).match(C01, ENTRY, lessons=[lesson], now=NOW)
        self.assertNotIn("120.007", [candidate.customer for candidate in match.candidates])
        self.assertIn("rejected", match.veto)

    def test_lessons_of_others_are_passed_over(self):
        key = directory().lesson_keys(C01, ENTRY)[0]
        lessons = [taught(LessonKey(DEMO, "102.02", key.side, key.basis, key.value), "120.007",
                          *[LessonEvent.CONFIRMED] * 3),
                   taught(LessonKey(DEMO, "102.01", Side.DEBIT, key.basis, key.value), "120.007",
                          *[LessonEvent.CONFIRMED] * 3)]
        self.assertEqual(directory().match(C01, ENTRY, lessons=lessons, now=NOW).decision, "none")

    def test_what_a_lesson_is_worth(self):
        key = directory().lesson_keys(C01, ENTRY)[0]
        lesson = taught(key, "120.007", *[LessonEvent.CONFIRMED] * 3)
        self.assertEqual((lesson.confirmed, lesson.strength, lesson.at), (3, 3000, NOW))
        worth = weigh(lesson, NOW)
        self.assertEqual((worth.decides, worth.refused, worth.strength), (True, False, 3000))
        self.assertEqual(weigh(lesson, NOW + 125 * DAY).strength, 1500)
        self.assertEqual(weigh(taught(key, "120.007", LessonEvent.CONFIRMED, LessonEvent.TAKEN_BACK), NOW),
                         LessonWorth(0, False, False, 0))

    def test_what_is_no_lesson(self):
        key = directory().lesson_keys(C01, ENTRY)[0]
        with self.assertRaises(ArgumentError):
            teach(key.lesson("120.007"), 9, NOW)
        with self.assertRaises(AttributeError):
            weigh("lesson", NOW)
        with self.assertRaises(AttributeError):
            directory().match(C01, ENTRY, lessons=[key])

    def test_teaching_leaves_the_lesson_as_it_was(self):
        lesson = directory().lesson_keys(C01, ENTRY)[0].lesson("120.007")
        teach(lesson, LessonEvent.CONFIRMED, NOW)
        self.assertEqual(lesson.confirmed, 0)


if __name__ == "__main__":
    unittest.main()

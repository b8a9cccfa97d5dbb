# SPDX-License-Identifier: Apache-2.0
"""The directory from Python: its image in bytes and files, what keeps it alive, look-ups of many IBANs."""
import gc
import mmap
import os
import tempfile
import unittest
from pathlib import Path

import mt940connect
from mt940connect import Directory, DirectoryHit
from mt940connect.errors import ArgumentError, CorruptError, SchemaError
from mt940connect.records import BankAccount, Company, Customer, CustomerBank, CustomerType

C01 = mt940connect.parse_file(Path(os.environ["MT940_FRAGMENTS"]) / "C01.sta")[0]
DEMO = "DEMO"
COMPANY = Company(code=DEMO, title="Örnek A.Ş.", tax_id="9998887774", local_currency="TRY")
ACCOUNTS = [BankAccount(company=DEMO, code="102.01", iban="TR140006200119000001234567", currency="TRY")]
CUSTOMERS = [
    Customer(company=DEMO, code="120.001", name="Yıldız Market Ltd. Şti.", tax_id="1112223339", active=True),
    Customer(company=DEMO, code="320.003", name="İsmail Çağrı Öztürk", active=True, type=CustomerType.SUPPLIER)]
SHARED = "TR670001000999000000333333"
BANKS = [CustomerBank(company=DEMO, customer="120.001", slot=1, iban="TR780006701000000011111111"),
         CustomerBank(company=DEMO, customer="120.001", slot=2, iban=SHARED, collector=True),
         CustomerBank(company=DEMO, customer="320.003", slot=1, iban=SHARED)]


def built(step=1):
    return Directory(COMPANY, bank_accounts=ACCOUNTS, customers=CUSTOMERS[::step], customer_banks=BANKS[::step])


class Image(unittest.TestCase):
    def test_an_image_answers_as_what_it_was_made_of(self):
        directory = built()
        opened = Directory.open(directory.image(), verify=True)
        self.assertEqual(opened.company, COMPANY)
        self.assertEqual(opened.resolve(C01.account, "TRY").code, "102.01")
        for entry in C01.entries:
            self.assertEqual(opened.match(C01, entry), directory.match(C01, entry))
        self.assertEqual(opened.match(C01, C01.entries[0]).customer, "120.001")

    def test_the_same_bytes_in_any_order(self):
        self.assertEqual(built().image(b"now"), built(-1).image(b"now"))
        self.assertNotEqual(built().image(b"now"), built().image(b"then"))

    def test_the_fingerprint_is_kept(self):
        self.assertEqual(built().fingerprint, b"")
        self.assertEqual(Directory.open(built().image(b"now")).fingerprint, b"now".ljust(32, b"\0"))
        with self.assertRaises(ArgumentError):
            built().image(bytes(33))

    def test_other_bytes_are_refused(self):
        image = built().image()
        for wrong in (b"", b"MT940DIR", image[:-1], bytes(len(image))):
            with self.assertRaises((CorruptError, SchemaError)):
                Directory.open(wrong)
        bent = bytearray(image)
        bent[-1] ^= 1
        with self.assertRaises(CorruptError):
            Directory.open(bent, verify=True)
        with self.assertRaises(TypeError):
            Directory.open("text")

    def test_bytes_that_may_change_are_copied(self):
        image = bytearray(built().image())
        opened = Directory.open(image)
        image[:] = bytes(len(image))
        image.append(0)
        self.assertEqual(opened.match(C01, C01.entries[0]).customer, "120.001")

    def test_bytes_in_any_place_are_read(self):
        image = built().image()
        for before in range(9):
            opened = Directory.open(memoryview(bytes(before) + image)[before:])
            self.assertEqual(opened.match(C01, C01.entries[0]).customer, "120.001")

    def test_the_image_lives_as_long_as_the_directory(self):
        opened = Directory.open(built().image())
        gc.collect()
        churn = [bytes(len(opened.image())) for _ in range(200)]
        self.assertEqual(opened.match(C01, C01.entries[0]).customer, "120.001")
        del churn


class File(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "books.index"

    def test_saved_and_opened(self):
        built().save(self.path, b"now")
        opened = Directory.open_file(self.path, verify=True)
        self.assertEqual(opened.match(C01, C01.entries[0]).customer, "120.001")
        self.assertEqual(os.listdir(self.path.parent), ["books.index"])

    def test_who_has_it_open_keeps_the_old_one(self):
        built().save(self.path)
        opened = Directory.open_file(self.path)
        Directory(COMPANY).save(self.path)
        self.assertEqual(opened.match(C01, C01.entries[0]).customer, "120.001")
        self.assertEqual(Directory.open_file(self.path).match(C01, C01.entries[0]).customer, "")

    def test_a_map_stays_locked(self):
        built().save(self.path)
        with open(self.path, "rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        opened = Directory.open(mapped)
        with self.assertRaises(BufferError):
            mapped.close()
        del opened
        gc.collect()
        mapped.close()

    def test_what_is_no_file_of_ours(self):
        self.path.write_bytes(b"")
        with self.assertRaises(CorruptError):
            Directory.open_file(self.path)
        with self.assertRaises(FileNotFoundError):
            Directory.open_file(self.path.with_name("nowhere"))

    def test_nothing_is_left_of_a_failed_save(self):
        self.path.mkdir()
        with self.assertRaises(OSError):
            built().save(self.path)
        self.assertEqual(os.listdir(self.path.parent), ["books.index"])


class ByIbans(unittest.TestCase):
    def test_the_first_customer_of_each(self):
        hits = built().by_ibans(["TR780006701000000011111111", "TR550011100000000012345678", SHARED])
        self.assertEqual(hits, [DirectoryHit("120.001", 1, CustomerType.BOTH, True, False, 1), None,
                                DirectoryHit("120.001", 2, CustomerType.BOTH, True, True, 2)])

    def test_none_and_many(self):
        self.assertEqual(built().by_ibans([]), [])
        hits = built().by_ibans(("", "x", SHARED) * 1000)
        self.assertEqual([hit is not None for hit in hits], [False, False, True] * 1000)

    def test_by_tax_id_and_by_name(self):
        market = DirectoryHit("120.001", 0, CustomerType.BOTH, True, False, 1)
        for tax_id in ("1112223339", "111 222 33 39"):
            self.assertEqual(built().by_tax_id(tax_id), [market])
        self.assertEqual(built().by_name("YILDIZ MARKET LIMITED SIRKETI"), [market])
        self.assertEqual(built().by_name("YILDIZ") + built().by_name("") + built().by_tax_id("1"), [])

    def test_more_than_are_handed_out(self):
        crowd = Directory(COMPANY, customers=[Customer(company=DEMO, code=f"{i:03}", name="Kaya", active=True)
                                              for i in range(100)])
        hits = crowd.by_name("kaya")
        self.assertEqual((len(hits), hits[0].found, hits[63].customer), (64, 100, "063"))

    def test_what_is_no_text(self):
        for wrong in (5, [5], [None]):
            with self.assertRaises(TypeError):
                built().by_ibans(wrong)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""Who keeps what alive: children outlive their parents, buffers stay locked exactly as long as they are read."""
import gc
import os
import sys
import threading
import time
import unittest
from pathlib import Path

import mt940connect

DATA = (Path(os.environ["MT940_FRAGMENTS"]) / "C01.sta").read_bytes()


class Lifetime(unittest.TestCase):
    def test_a_statement_outlives_its_document(self):
        statement = mt940connect.parse(bytearray(DATA))[0]
        gc.collect()
        churn = [bytes(len(DATA)) for _ in range(100)]
        self.assertEqual(len(statement.entries), 3)
        self.assertEqual(statement.entries[0].bank_reference, "DK0000123456")
        del churn

    def test_an_entry_outlives_everything(self):
        entry = mt940connect.parse(bytearray(DATA))[0].entries[0]
        gc.collect()
        self.assertEqual(entry.raw, b"2607150715CY000000012500,75NTRFNONREF//DK0000123456")

    def test_the_buffer_is_locked_while_the_document_lives(self):
        source = bytearray(DATA)
        document = mt940connect.parse(source)
        with self.assertRaises(BufferError):
            source.append(0)
        del document
        gc.collect()
        source.append(0)

    def test_a_failed_parse_unlocks(self):
        source = bytearray(DATA)
        with self.assertRaises(mt940connect.LimitError):
            mt940connect.parse(source, max_bytes=10)
        source.append(0)

    def test_no_reference_is_lost(self):
        def parse_and_read():
            for entry in mt940connect.parse(source)[0].entries:
                entry.text, entry.value_date
            with self.assertRaises(mt940connect.LimitError):
                mt940connect.parse(source, max_bytes=10)

        source = DATA
        parse_and_read()
        before = sys.getrefcount(source), sys.getrefcount(None)
        for _ in range(5000):
            parse_and_read()
        after = sys.getrefcount(source), sys.getrefcount(None)
        self.assertEqual(before[0], after[0])
        # The interpreter itself moves this count by some hundreds; one None too many a parse would be 5,000.
        self.assertLess(abs(before[1] - after[1]), 2500)

    def test_parsing_lets_other_threads_run(self):
        large = DATA.replace(b"\r\n-", b"\r\n") * 20000
        ticks, done = [], threading.Event()

        def tick():
            while not done.is_set():
                ticks.append(time.perf_counter())
                time.sleep(0.001)

        other = threading.Thread(target=tick)
        other.start()
        begin = time.perf_counter()
        document = mt940connect.lowlevel.mt940py_document_parse(
            large, mt940connect.lowlevel.mt940_statement_options(), [])
        end = time.perf_counter()
        done.set()
        other.join()
        self.assertTrue(document)
        if end - begin < 0.05:
            self.skipTest(f"parsing took only {end - begin:.3f} s")
        self.assertGreater(len([t for t in ticks if begin < t < end]), 3)


if __name__ == "__main__":
    unittest.main()

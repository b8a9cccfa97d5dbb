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

        def counts_after(times):
            for _ in range(times):
                parse_and_read()
            gc.collect()  # what other tests left would be counted, whenever it goes
            return sys.getrefcount(source), sys.getrefcount(None)

        source = DATA
        # The interpreter itself moves the second count by some hundreds while it gets to know the loop.
        before, after = counts_after(500), counts_after(5000)
        self.assertEqual(before[0], after[0])
        self.assertLess(abs(before[1] - after[1]), 1000)

    def test_parsing_lets_other_threads_run(self):
        large = DATA.replace(b"\r\n-", b"\r\n") * 20000
        ticks, done = [], threading.Event()

        def tick():
            while not done.is_set():
                ticks.append(time.perf_counter())
                time.sleep(0.001)

        def ticks_while_parsing():
            begin = time.perf_counter()
            self.assertTrue(mt940connect.lowlevel.mt940py_document_parse(
                large, mt940connect.lowlevel.mt940_statement_options(), []))
            end = time.perf_counter()
            return len([t for t in ticks if begin < t < end])

        other = threading.Thread(target=tick)
        other.start()
        try:
            # A busy machine may give the other thread nothing for once; held up by the parser it never gets anything.
            self.assertTrue(any(ticks_while_parsing() > 3 for _ in range(20)))
        finally:
            done.set()
            other.join()


if __name__ == "__main__":
    unittest.main()

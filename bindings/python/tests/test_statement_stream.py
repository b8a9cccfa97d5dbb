# SPDX-License-Identifier: Apache-2.0
"""Statements out of a stream are those of a document, however the bytes come, in the memory of one."""
import gc
import io
import os
import sys
import tempfile
import unittest
from pathlib import Path

import mt940connect

FRAGMENTS = Path(os.environ["MT940_FRAGMENTS"])
C01 = (FRAGMENTS / "C01.sta").read_bytes()


def view(statement):
    return (statement.index, statement.reference, statement.number, statement.opening, statement.closing,
            statement.charset, statement.balanced, statement.entries, statement.fields)


class Streams(unittest.TestCase):
    def test_says_what_a_document_says(self):
        for path in sorted(FRAGMENTS.glob("*.sta")):
            with self.subTest(path.name):
                document = mt940connect.parse_file(path, chains=True)
                pages = list(mt940connect.parse_stream(path, chains=True))
                self.assertEqual([view(s) for group in pages for s in group], [view(s) for s in document])
                self.assertEqual([f for group in pages for f in group.findings], list(document.findings))
                ids = [number for group in pages for number in group.ids("DEMO")]
                self.assertEqual(ids, [number for page in document.ids("DEMO") for number in page])
                keys = [key for group in pages for key in group.second_keys()]
                self.assertEqual(keys, [key for page in document.second_keys() for key in page])

    def test_any_source_and_any_piece(self):
        expected = [view(s) for s in mt940connect.parse(C01 * 3)]
        self.assertEqual(len(expected), 3)

        def read(source):
            return [view(s) for pages in mt940connect.parse_stream(source) for s in pages]

        data = C01 * 3
        for source in (data, bytearray(data), memoryview(data), io.BytesIO(data), [data[:100], b"", data[100:]],
                       (data[i:i + 1] for i in range(len(data)))):
            self.assertEqual(read(source), expected)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "three.sta"
            path.write_bytes(data)
            self.assertEqual(read(path), expected)
            self.assertEqual(read(str(path)), expected)

    def test_pages_of_one_statement_come_together(self):
        first = C01.replace(b":62F:", b":62M:")
        second = C01.replace(b"/001", b"/002").replace(b":60F:", b":60M:")
        [pages] = mt940connect.parse_stream(first + second)
        self.assertEqual([page.sequence for page in pages], ["001", "002"])
        self.assertEqual(len(pages.entries), 6)
        self.assertEqual(len(set(pages.ids())), 6)

    def test_a_statement_comes_before_the_next_is_read(self):
        asked = []

        def buffers():
            for number in range(3):
                asked.append(number)
                yield C01

        stream = mt940connect.parse_stream(buffers())
        self.assertEqual(next(stream)[0].index, 0)
        self.assertEqual(asked, [0, 1])

    def test_no_message_at_all_is_said(self):
        for data in (b"", b"not a statement\r\n"):
            [pages] = mt940connect.parse_stream([data])
            self.assertEqual((len(pages), pages.entries, pages.ids()), (0, (), ()))
            self.assertFalse(pages.good)

    def test_options_and_errors_are_those_of_parse(self):
        data = (FRAGMENTS / "C04.sta").read_bytes()
        [strict] = mt940connect.parse_stream(data, strict=True)
        self.assertFalse(strict.good)
        repair = [f.code for f in mt940connect.parse(data).findings if f.severity == "repair"][0]
        [refused] = mt940connect.parse_stream(data, refuse=[repair])
        self.assertIn(repair, [f.code for f in refused.findings if f.severity == "error"])
        with self.assertRaises(mt940connect.ArgumentError):
            mt940connect.parse_stream(data, charset="no-such")
        with self.assertRaises(TypeError):
            mt940connect.parse_stream(data, no_limit=1)
        stream = mt940connect.parse_stream(C01 * 2, max_statements=1)
        with self.assertRaises(mt940connect.LimitError):
            list(stream)
        with self.assertRaises(FileNotFoundError):
            list(mt940connect.parse_stream(FRAGMENTS / "absent.sta"))

    def test_the_source_keeps_its_own_exception(self):
        def broken():
            yield C01
            yield C01
            raise ConnectionResetError("gone")

        stream = mt940connect.parse_stream(broken())
        self.assertEqual(len(next(stream)[0].entries), 3)
        with self.assertRaisesRegex(ConnectionResetError, "gone"):
            next(stream)


class Lifetime(unittest.TestCase):
    def test_a_statement_outlives_its_stream(self):
        [pages] = mt940connect.parse_stream(C01)
        statement = pages[0]
        del pages
        gc.collect()
        self.assertEqual(statement.entries[0].bank_reference, "DK0000123456")

    def test_a_stream_that_is_left_lets_go(self):
        source = bytearray(C01 * 100)
        stream = mt940connect.parse_stream(source)
        next(stream)
        with self.assertRaises(BufferError):
            source.append(0)
        stream.close()
        source.append(0)

    def test_no_reference_is_lost(self):
        def nones_after(times):
            for _ in range(times):
                next(mt940connect.parse_stream(C01 * 2))
            gc.collect()  # what other tests left would be counted, whenever it goes
            return sys.getrefcount(None)

        # The interpreter itself gives some hundreds back while it gets to know the loop.
        before = nones_after(500)
        self.assertLess(abs(nones_after(2000) - before), 100)


if __name__ == "__main__":
    unittest.main()

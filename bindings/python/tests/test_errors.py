# SPDX-License-Identifier: Apache-2.0
"""Statuses as exceptions: one class each, catchable as what Python people expect."""
import unittest

import mt940connect
from mt940connect import errors


class Errors(unittest.TestCase):
    def test_one_class_for_each_status(self):
        self.assertEqual(len(set(errors.BY_STATUS.values())), len(errors.BY_STATUS))
        for status, kind in errors.BY_STATUS.items():
            self.assertLess(status, 0)
            self.assertEqual(kind.status, status)
            self.assertTrue(issubclass(kind, mt940connect.Mt940Error))

    def test_out_of_memory_is_memory_error(self):
        self.assertTrue(issubclass(mt940connect.OutOfMemoryError, MemoryError))

    def test_limit_names_its_place(self):
        with self.assertRaises(mt940connect.LimitError) as caught:
            mt940connect.parse(b":20:X\r\n" * 1000, max_bytes=100)
        self.assertEqual(caught.exception.status, errors.LimitError.status)
        self.assertTrue(str(caught.exception))
        self.assertNotEqual(caught.exception.detail, 0)

    def test_wrong_arguments(self):
        with self.assertRaises(mt940connect.ArgumentError):
            mt940connect.parse(b"", charset="klingon")
        with self.assertRaises(mt940connect.ArgumentError):
            mt940connect.parse(b"", refuse=["NO_SUCH_REPAIR"])
        with self.assertRaises(TypeError):
            mt940connect.parse("text is not bytes")
        with self.assertRaises(TypeError):
            mt940connect.parse(b"", max_happiness=3)
        with self.assertRaises(OverflowError):
            mt940connect.parse(b"", max_bytes=-1)


if __name__ == "__main__":
    unittest.main()

# SPDX-License-Identifier: Apache-2.0
"""DBS rows to and from a bank from Python: orders, files, layouts as tables, answers."""
import datetime
import unittest
from decimal import Decimal

import mt940connect
from mt940connect.dbs_exchange import (Answer, ExportRow, Layout, answer_order, decide_order, read_answers,
                                       write_orders)
from mt940connect.records import DbsOrderRecord, DbsOrderState, Invoice, Payment

DUE = datetime.date(2026, 7, 15)
TABLE = """list,name,text,width
layout,name,ornekbank
layout,decimal,comma
layout,dates,dotted
column,record,ISLEM
column,reference,NO
column,amount,TUTAR
column,due_date,VADE
record,new,Y
record,update,G
record,cancel,S
answer,reference,NO
answer,state,DURUM
state,paid,ODENDI
state,rejected,RED
"""


def sale(amount=100_00, paid=0, **fields):
    invoice = Invoice(company="1", number="F1", customer="A", kind=1, date=datetime.date(2026, 7, 1), amount=amount)
    row = Payment(**{"company": "1", "invoice": "F1", "line": 1, "customer": "A", "due_date": DUE, "amount": amount,
                     "currency": "TRY", "type": 6, "slot": 1, "paid": paid, "branch": "0062_00119", **fields})
    return row, invoice


def told():
    order = decide_order(*sale())
    order.company, order.bank, order.reference, order.run = "1", "0062", "F1", 1
    return order


class Orders(unittest.TestCase):
    def test_new_then_nothing_then_update_then_cancel(self):
        order = told()
        self.assertEqual((order.record, order.amount, order.held), (DbsOrderRecord.NEW, 100_00, True))
        self.assertIsNone(decide_order(*sale(), order=order))
        self.assertIsNone(decide_order(*sale(paid=40_00), order=order, collected=40_00))
        changed = decide_order(*sale(amount=80_00), order=order)
        self.assertEqual((changed.record, changed.amount), (DbsOrderRecord.UPDATE, 80_00))
        self.assertEqual(decide_order(None, None, order=order).record, DbsOrderRecord.CANCEL)
        self.assertIsNone(decide_order(*sale(type=1)))

    def test_the_file(self):
        data = write_orders(Layout(), [ExportRow(told(), 1, branch="0062_00119", iban="TR780006701000000011111111")])
        heading, line = data.decode().splitlines()
        self.assertTrue(heading.startswith("run,row,record,bank,customer,reference"))
        self.assertTrue(line.startswith("1,1,new,0062,A,F1,F1,1,2026-07-01,2026-07-15,100.00,TRY,0062_00119"), line)
        with self.assertRaises(TypeError):
            write_orders(Layout(), [ExportRow(None, 1)])


class Layouts(unittest.TestCase):
    def test_built_in(self):
        self.assertEqual((Layout().name, Layout(bank="0015").name), ("standard", "vakifbank"))
        with self.assertRaises(mt940connect.NotFoundError):
            Layout("elsewhere")

    def test_a_table(self):
        layout = Layout.read(TABLE.encode())
        self.assertEqual(layout.name, "ornekbank")
        self.assertEqual(write_orders(layout, [ExportRow(told(), 1)]),
                         b'ISLEM,NO,TUTAR,VADE\r\nY,F1,"100,00",15.07.2026\r\n')

    def test_mistakes_are_named(self):
        with self.assertRaises(mt940connect.FormatError) as caught:
            Layout.read(TABLE.replace("column,amount", "column,sum").encode())
        self.assertIn('7:2: column name: "sum" is none of run', str(caught.exception))
        with self.assertRaises(mt940connect.ArgumentError):
            Layout.read(b"list,name,text\ncolumn,amount,TUTAR\n")


class Answers(unittest.TestCase):
    def test_states_reasons_and_findings(self):
        answers, findings = read_answers(Layout(), b"reference;state;code;paid\nF1;paid;;100.00\nF2;perhaps;;\n")
        self.assertEqual([(a.reference, a.state, a.paid) for a in answers],
                         [("F1", DbsOrderState.PAID, Decimal("100.00"))])
        self.assertEqual([(f.severity, f.code, f.line) for f in findings], [("error", "DBS_STATE_UNKNOWN", 3)])
        [answer], _ = read_answers(Layout.read(TABLE.encode()), "NO,DURUM\nF1,\u00f6dendi\n".encode())
        self.assertEqual((answer.state, answer.paid), (DbsOrderState.PAID, None))

    def test_what_an_answer_makes_of_an_order(self):
        answer = Answer(2, DbsOrderState.PAID, 0, "", "F1", "", 1, "", "", "", Decimal("100.01"))
        after, message = answer_order(told(), answer, 7)
        self.assertEqual((after.state, after.paid, after.answered_at, message),
                         (DbsOrderState.PAID, 100_01, 7, "DBS_PAID_MORE"))
        self.assertEqual(answer_order(after, answer, 8), (None, None))
        late = Answer(3, DbsOrderState.ACCEPTED, 0, "", "F1", "", 1, "", "", "", None)
        self.assertEqual(answer_order(after, late, 9), (None, "DBS_ANSWER_LATE"))


if __name__ == "__main__":
    unittest.main()

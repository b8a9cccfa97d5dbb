#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the JSON Schema of a command's output, docs/json/COMMAND.schema.json. Records come from store.def.

usage: gen_json.py COMMAND STORE_DEF > OUTPUT
The results are committed; tests/shape/check_generated.py fails when they are out of date.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(sys.argv[2]))))
import gen_record  # noqa: E402

enums, kinds = gen_record.read(sys.argv[2])
ENUMS = {enum["name"]: [value["name"] for value in enum["values"]] for enum in enums}
KINDS = {kind["name"]: kind for kind in kinds}

TEXT = {"type": "string"}
WORD = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer"}
FLAG = {"type": "boolean"}
DECIMAL = {"type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$"}
DATE = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
CURRENCY = {"type": "string", "pattern": "^[A-Z]{3}$"}
CODE = {"type": "string", "pattern": "^[A-Z][A-Z0-9_]+$"}
LETTER = {"type": "string", "minLength": 1, "maxLength": 1}


def nullable(schema):
    if isinstance(schema.get("type"), str) and schema["type"] != "object" and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def obj(members, optional=()):
    return {"type": "object", "properties": members, "required": [name for name in members if name not in optional],
            "additionalProperties": False}


def array(items):
    return {"type": "array", "items": items}


def choice(*values):
    return {"enum": list(values)}


def line(members, optional=()):
    return obj({"v": {"const": 1}, **members}, optional)


def field(item):
    kind = item["type"]
    if kind == "TEXT":
        return nullable(WORD)
    if kind == "DATE":
        return nullable(DATE)
    if kind == "RATE":
        return nullable(DECIMAL)
    if kind == "MONEY":
        return DECIMAL
    if kind == "FLAG":
        return FLAG
    if kind == "ENUM":
        names = ENUMS[item["enum"]]
        return {"enum": [name or None for name in names]}
    return NUMBER


def members(name):
    """The members of a record, in order; the company is left out, so are bytes."""
    return {item["name"]: field(item) for item in KINDS[name]["fields"]
            if item["name"] != "company" and item["type"] != "BLOB"}


def record(name):
    return obj(members(name))


SEVERITY = choice("error", "warning", "repair", "info")
MARK = choice("C", "D", "RC", "RD", "EC", "ED")
MESSAGE = obj({"severity": SEVERITY, "code": CODE, "text": TEXT})
FINDING = obj({"severity": SEVERITY, "code": CODE, "line": NUMBER, "column": NUMBER, "offset": NUMBER,
               "tag": nullable(WORD), "text": TEXT})
BALANCE = {"mark": nullable(MARK), "date": nullable(DATE), "currency": nullable(CURRENCY), "amount": DECIMAL}
TOTAL = obj({"count": NUMBER, "currency": nullable(CURRENCY), "amount": DECIMAL})
CLOSED = obj({"invoice": nullable(WORD), "payment": NUMBER, "amount": DECIMAL})
OUTCOME = choice("proceed", "warn", "block")
MATCH = {
    "decision": choice("auto", "suggest", "ask", "none", "conflict", "transfer"),
    "customer": nullable(WORD), "slot": nullable(NUMBER), "own_account": nullable(WORD), "new_iban": nullable(WORD),
    "veto": array(WORD), "remarks": array(MESSAGE),
    "candidates": array(obj({
        "customer": WORD, "name": nullable(WORD), "slot": nullable(NUMBER), "score": NUMBER, "veto": array(WORD),
        "evidence": array(obj({
            "kind": WORD, "weight": NUMBER, "text": TEXT,
            "place": nullable(obj({
                "field": choice("narrative", "customer_reference", "bank_reference", "supplementary"),
                "offset": NUMBER, "length": NUMBER}))}))})),
}
FIGURE = obj({
    "customer": nullable(WORD), "slot": NUMBER, "branch": nullable(WORD), "currency": nullable(CURRENCY),
    "limit": DECIMAL, "before": DECIMAL, "delta": DECIMAL, "after": DECIMAL, "excess": DECIMAL,
    "control": choice(*ENUMS["dbs_control"]), "outcome": OUTCOME})
# enum mt940_narrative_value
VALUES = ("transaction_code", "booking_text", "name", "ultimate_name", "account", "bic", "bank_code", "end_to_end",
          "customer_reference", "mandate", "creditor_id", "purpose", "purpose_code", "creditor_reference",
          "return_reason", "original_amount", "charges")

ENTRY = obj({
    "line": NUMBER, "offset": NUMBER, "value_date": nullable(DATE), "entry_date": nullable(DATE),
    "mark": nullable(MARK), "funds_code": nullable(LETTER), "amount": DECIMAL, "signed": DECIMAL,
    "type": nullable(LETTER), "code": nullable(WORD), "customer_reference": nullable(WORD),
    "bank_reference": nullable(WORD), "supplementary": nullable(WORD),
    "details": nullable(obj({"text": TEXT, "lines": array(TEXT), "dialect": WORD,
                             "fields": array(obj({"code": TEXT, "value": TEXT}))}, optional=["lines"])),
    "counterparty": nullable(obj({"iban": nullable(WORD), "name": nullable(WORD), "bic": nullable(WORD),
                                  "tax_id": nullable(WORD)})),
    "facts": obj({"values": obj({name: WORD for name in VALUES}, optional=VALUES), "kinds": array(WORD),
                  "ibans": array(obj({"iban": WORD, "role": nullable(choice("sender", "receiver"))})),
                  "tax_ids": array(obj({"number": WORD, "kind": choice("vkn", "tckn", "voen"), "labelled": FLAG})),
                  "accounts": array(WORD), "query_number": nullable(WORD), "receipt": nullable(WORD),
                  "invoices": array(obj({"number": WORD, "labelled": FLAG})), "dealer": nullable(WORD),
                  "dbs_reference": nullable(WORD), "cheque": nullable(WORD), "rate": nullable(DECIMAL)}),
    "id": {"type": "string", "pattern": "^1:[0-9a-f]{64}(/[0-9]+)?$"}}, optional=["facts"])

TIME = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}
ENVELOPE = obj({
    "application": nullable(LETTER), "service": nullable(WORD), "direction": nullable(choice("input", "output")),
    "type": nullable({"type": "string", "pattern": "^[0-9]{3}$"}), "sender": nullable(WORD), "receiver": nullable(WORD),
    "session": nullable(WORD), "sequence": nullable(WORD), "mir": nullable(WORD), "input": nullable(TIME),
    "output": nullable(TIME), "priority": nullable(LETTER), "delivery": nullable(LETTER), "obsolescence": nullable(WORD),
    "fields": array(obj({"block": choice("3", "4", "5", "S"), "tag": nullable(WORD), "value": nullable(WORD)})),
    "possible_duplicate": FLAG, "training": FLAG, "answer": nullable(choice("accepted", "refused")),
    "head": WORD, "behind": nullable(WORD)})

PARSE = line({
    "file": TEXT, "index": NUMBER, "type": choice("940", "941", "942", "950"), "reference": nullable(WORD),
    "related_reference": nullable(WORD),
    "account": obj({name: nullable(WORD) for name in ("text", "iban", "bank_code", "branch_code", "number")}),
    "number": nullable(WORD), "sequence": nullable(WORD),
    "opening": nullable(obj({"kind": choice("final", "intermediate"), **BALANCE})),
    "closing": nullable(obj({"kind": choice("final", "intermediate"), **BALANCE})),
    "available": nullable(obj(BALANCE)), "forward": array(obj(BALANCE)),
    "floor_limits": array(obj({"mark": nullable(MARK), "currency": nullable(CURRENCY), "amount": DECIMAL})),
    "totals": nullable(obj({"debit": nullable(TOTAL), "credit": nullable(TOTAL)})),
    "information": nullable(WORD), "charset": WORD, "balanced": {"type": ["boolean", "null"]},
    "envelope": nullable(ENVELOPE),
    "entries": array(ENTRY), "findings": array(FINDING),
    "raw": {"type": "string", "pattern": "^[A-Za-z0-9+/]*=*$"}}, optional=["raw"])

NOTICE = obj({"severity": SEVERITY, "code": CODE, "outcome": OUTCOME, "row": NUMBER, "slot": NUMBER,
              "excess": nullable(DECIMAL), "text": TEXT})
INVOICE = line({
    "outcome": OUTCOME, "saved": FLAG, "invoice": nullable(record("invoice")), "rows": array(record("payment")),
    "notices": array(NOTICE),
    "figures": array(FIGURE), "closings": array(record("closing"))})

AGES = obj({age: DECIMAL for age in ("not_due", "option", "days_30", "days_60", "days_90", "older")})
RUN = {"bank": WORD, "run": nullable(NUMBER), "layout": nullable(WORD), "rows": NUMBER, "file": nullable(WORD),
       "content": nullable(TEXT)}
DBS = {"anyOf": [
    line({"name": nullable(WORD), "available": DECIMAL, "utilisation": nullable(NUMBER), "open": AGES,
          "record": record("customer_bank")}),
    line({"by": choice("customer", "bank"), "key": nullable(WORD), "name": nullable(WORD), "currency": CURRENCY,
          "records": NUMBER, "limit": DECIMAL, "total": DECIMAL, "sellable": DECIMAL, "excess": DECIMAL, "over": NUMBER,
          "utilisation": nullable(NUMBER), "open": AGES}),
    line({"figure": FIGURE}),
    line({"sales": NUMBER, "outcome": OUTCOME}),
    line({"bank": WORD, "pending": nullable(choice(*ENUMS["dbs_order_record"])),
          "invoice_date": nullable(DATE), "open": DECIMAL, "row": nullable(record("payment")),
          "order": nullable(record("dbs_order"))}),
    line({**RUN, "saved": FLAG, "new": NUMBER, "update": NUMBER, "cancel": NUMBER, "left_out": NUMBER}),
    line(RUN),
    line(members("dbs_run")),
    line({"line": NUMBER, "before": choice(*ENUMS["dbs_order_state"]), "reason": nullable(WORD),
          "order": record("dbs_order")}),
    line({"customer": WORD, "slot": NUMBER, "message": nullable(CODE), "total": DECIMAL}),
    line({"customer": WORD, "slot": NUMBER, "total": DECIMAL, "rows": DECIMAL, "lines": DECIMAL,
          "adjustments": DECIMAL, "journal": DECIMAL,
          "faults": array(choice("sequence", "running", "journal", "documents"))})]}

TRIED = obj({"decision": MATCH["decision"], "customer": nullable(WORD), "slip_type": choice(*ENUMS["slip_type"]),
             "message": nullable(CODE)})

SCHEMAS = {
    "parse": ("One line per statement message. Amounts have at least the currency's ISO 4217 digits; signed is the "
              "account holder's view; balanced is null where it cannot be judged; raw (with --raw) are the message's "
              "bytes: all lines of a file together are the file. details.lines are there where the sub-fields cannot be "
              "told from the text, which has them joined. envelope: what the blocks around a FIN message "
              "say, head and behind are the blocks themselves; null of a bare message.", PARSE),
    "check": ("One line per file.", line({
        "file": TEXT, "verdict": choice("good", "good-with-remarks", "faulty", "incomplete", "no-statement"),
        "statements": NUMBER, "entries": NUMBER, "errors": NUMBER, "warnings": NUMBER, "repairs": NUMBER,
        "findings": array(FINDING)})),
    "iban": ("One line per IBAN. position counts from 0 in the input as given; null where the whole is meant. "
             "suggestions (with --suggest) count theirs in the input without its separators. With --scan: where it "
             "was found, line and column from 1, offset and length in bytes.", line({
        "input": TEXT, "valid": FLAG, "canonical": nullable(WORD), "country": nullable(WORD),
        "reason": nullable({"type": "string", "pattern": "^BAD_[A-Z_]+$"}), "position": nullable(NUMBER),
        "bank_code": nullable(WORD), "branch_code": nullable(WORD), "account": nullable(WORD),
        "national_check": choice("pass", "fail", "not-applicable"),
        "bank": nullable(obj({"name": nullable(WORD), "bic": nullable(WORD)})), "sepa": FLAG,
        "suggestions": array(obj({
            "canonical": WORD, "mistake": choice("lookalike", "changed", "swapped", "missing", "extra"),
            "position": NUMBER})),
        "file": TEXT, "line": NUMBER, "column": NUMBER, "offset": NUMBER, "length": NUMBER},
        optional=["suggestions", "file", "line", "column", "offset", "length"])),
    "match": ("One line per movement; index is that of the message in the file, entry that of the movement in it, "
              "both from 0. veto names what holds an automatic choice back, remarks say it; place is a span of the "
              "text in UTF-8, in bytes.", line({"file": TEXT, "index": NUMBER, "entry": NUMBER, **MATCH})),
    "init": ("One line.", line({"store": WORD, "company": WORD, "created": FLAG})),
    "import": ("One line; written counts records that were new or differed. With --try: one line per movement that would "
               "change.", {"anyOf": [line({"statement": NUMBER, "row": NUMBER, "before": TRIED, "after": TRIED}), line({
        "folder": TEXT, "company": nullable(WORD),
        "tables": array(obj({"table": WORD, "file": TEXT, "records": NUMBER, "written": NUMBER})),
        "findings": array(obj({"severity": SEVERITY, "code": CODE, "file": TEXT, "line": NUMBER, "column": NUMBER,
                               "text": TEXT}))})]}),
    "connect": ("One line.", line({
        "connection": nullable(WORD), "archive": FLAG,
        **{name: nullable(WORD) for name in ("password", "key", "passphrase", "known_hosts", "fingerprint", "certificates")},
        "cleartext": FLAG})),
    "doctor": ("One line.", line({"checks": array(obj({
        "check": WORD, "state": choice("good", "warning", "error"), "text": TEXT, "help": nullable(WORD)}))})),
    "receive": ("One line per file.", line({
        "file": TEXT, "outcome": choice("accepted", "duplicate", "incomplete", "rejected", "failed"),
        "message": nullable(MESSAGE), "statements": NUMBER, "movements": NUMBER, "findings": array(FINDING)})),
    "inbox": ("One line per statement.", line(members("inbox_item"))),
    "show": ("One line per movement. message says why it cannot be saved as it stands, null = it can.", line({
        "row": NUMBER, "message": nullable(MESSAGE), "warning": nullable(MESSAGE), "match": nullable(obj(MATCH)),
        "slip": nullable(obj({"decided": nullable(WORD), "is_reversal": FLAG, "dbs": FLAG, **members("slip"),
                              "lines": array(record("slip_line"))})),
        "closings": array(CLOSED), "duplicates": array(WORD), "movement": record("movement")})),
    "save": ("One line per row.", line({
        "row": NUMBER, "saved": FLAG, "message": nullable(MESSAGE), "warning": nullable(MESSAGE),
        "slip": nullable(WORD), "slip_type": nullable(WORD), "closings": array(CLOSED)})),
    "reconcile": ("One line. difference is bank less books; parts say what it is made of, unexplained is the rest. "
                  "bank, difference and unexplained are null where there is no statement up to the date.", line({
        "account": WORD, "currency": CURRENCY, "date": DATE, "bank_date": nullable(DATE), "bank": nullable(DECIMAL),
        "opening_date": nullable(DATE), "opening": DECIMAL, "books": DECIMAL, "difference": nullable(DECIMAL),
        "parts": obj({name: obj({"amount": DECIMAL, "count": NUMBER}) for name in (
            "unsaved", "informational", "later", "earlier", "books_only")}),
        "unexplained": nullable(DECIMAL), "rows": array(record("movement"))})),
    "slips": ("One line per slip; cancel and mark: one line.", {"anyOf": [
        line({"slip": record("slip"), "lines": array(record("slip_line")), "closings": array(record("closing"))}),
        line({"id": WORD, "message": nullable(MESSAGE)})]}),
    "lessons": ("One line per lesson; worth says what it does at the next movement. forget: one line.", {"anyOf": [
        line({**members("lesson"), "worth": choice("decides", "suggests", "refused", "nothing")}),
        line({"forgotten": NUMBER})]}),
    "bank": ("One line per bank record; saved is false in a list.", line({
        "outcome": OUTCOME, "saved": FLAG, "details": FLAG, "record": record("customer_bank"),
        "notices": array(NOTICE)})),
    "invoice": ("One line per invoice.", INVOICE),
    "dbs": ("status and audit: one line per bank record, status --by one per customer or bank and currency; utilisation in "
            "parts of 10000, null at limit 0; adjust: one line; check: one per sale, and the strictest outcome behind "
            "several; orders: one per row; export: one; runs: one each; result: one per order that changed.", DBS),
    "journal": ("One line per change of a total.", line(members("journal"))),
}

about, schema = SCHEMAS[sys.argv[1]]
print(json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", "title": "mt940connect " + sys.argv[1],
                  "description": about, **schema}, indent=2, ensure_ascii=False))

# SPDX-License-Identifier: Apache-2.0
"""python -m mt940connect {parse|check|iban|match}: the library from a shell, in the forms of the command `mt940connect`.

Objects are those of docs/json; everything else the command can do is left to it. Exit code 0: good, 1: error findings
or refused IBANs, 2: usage, or a file that cannot be read.
"""
from __future__ import annotations

import argparse
import datetime
import json
import sys
from decimal import Decimal
from typing import Any, Dict, Iterator, List, Optional, Tuple

from . import (Balance, Document, Entry, Finding, Iban, Match, Mt940Error, Narrative, Statement, Total, __version__, parse,
               parse_stream)
from .books import read_books
from .match import Evidence
from .statement import Messages


def _or_none(text: Optional[str]) -> Optional[str]:
    return text or None


def _money(amount: Decimal, currency: str) -> Dict[str, Any]:
    return {"currency": _or_none(currency), "amount": str(amount)}


def _balance(balance: Optional[Balance], with_kind: bool) -> Optional[Dict[str, Any]]:
    if balance is None:
        return None
    kind = {"kind": balance.kind} if with_kind else {}
    return {**kind, "mark": _or_none(balance.mark), "date": str(balance.date) if balance.date else None,
            **_money(balance.amount, balance.currency)}


def _sums(totals: Tuple[Total, ...]) -> Optional[Dict[str, Any]]:
    found = {total.tag: total for total in reversed(totals)}
    if "90D" not in found and "90C" not in found:
        return None
    return {name: {"count": found[tag].count, **_money(found[tag].amount, found[tag].currency)} if tag in found else None
            for name, tag in (("debit", "90D"), ("credit", "90C"))}


def _time(moment: Optional[datetime.datetime]) -> Optional[str]:
    return moment.isoformat(timespec="minutes") if moment else None


def _envelope(statement: Statement) -> Optional[Dict[str, Any]]:
    envelope = statement.envelope
    if envelope is None:
        return None
    texts = {name: _or_none(getattr(envelope, name)) for name in (
        "application", "service", "direction", "type", "sender", "receiver", "session", "sequence", "mir")}
    return {
        **texts, "input": _time(envelope.input), "output": _time(envelope.output),
        "priority": _or_none(envelope.priority), "delivery": _or_none(envelope.delivery),
        "obsolescence": _or_none(envelope.obsolescence),
        "fields": [{"block": row.block, "tag": _or_none(row.tag), "value": _or_none(row.value)}
                   for row in envelope.fields],
        "possible_duplicate": envelope.possible_duplicate, "training": envelope.training, "answer": envelope.answer,
        "head": _or_none(envelope.head.decode("latin-1")), "behind": _or_none(envelope.behind.decode("latin-1"))}


def _counterparty(statement: Statement, entry: Entry, parts: Narrative) -> Optional[Dict[str, Any]]:
    """Who is on the other side; what a sub-field says counts before what was found in the text."""
    facts = statement.facts(entry)
    iban = parts.iban if parts.iban and parts.iban != statement.account.iban else facts.iban
    found = {"iban": iban, "name": parts.values.get("name") or (facts.name.text if facts.name else None),
             "bic": parts.values.get("bic") or (facts.bic.text if facts.bic else None), "tax_id": facts.tax_id}
    return found if any(found.values()) else None


def _details(entry: Entry, parts: Narrative) -> Optional[Dict[str, Any]]:
    if entry.text is None:
        return None
    return {"text": entry.text, "dialect": parts.dialect,
            "fields": [{"code": part.code, "value": part.value} for part in parts.fields]}


def _entry(statement: Statement, entry: Entry, number: str) -> Dict[str, Any]:
    parts = statement.narrative(entry)
    return {
        "line": entry.line, "offset": entry.offset,
        "value_date": str(entry.value_date) if entry.value_date else None,
        "entry_date": str(entry.entry_date) if entry.entry_date else None,
        "mark": _or_none(entry.mark), "funds_code": _or_none(entry.funds_code),
        "amount": str(entry.amount), "signed": str(entry.signed),
        "type": _or_none(entry.type), "code": _or_none(entry.code),
        "customer_reference": _or_none(entry.customer_reference), "bank_reference": _or_none(entry.bank_reference),
        "supplementary": _or_none(entry.supplementary),
        "details": _details(entry, parts), "counterparty": _counterparty(statement, entry, parts), "id": number,
    }


def _finding(finding: Finding, language: str) -> Dict[str, Any]:
    return {"severity": finding.severity, "code": finding.code, "line": finding.line, "column": finding.column,
            "offset": finding.offset, "tag": _or_none(finding.tag),
            "text": finding.turkish if language == "tr" else finding.text}


def statement_object(name: str, statement: Statement, ids: List[str], findings: List[Finding],
                     language: str) -> Dict[str, Any]:
    """The object of one statement, members in the order of docs/json."""
    account = statement.account
    return {
        "v": 1, "file": name, "index": statement.index, "type": statement.type,
        "reference": _or_none(statement.reference), "related_reference": _or_none(statement.related_reference),
        "account": {"text": _or_none(account.text), "iban": account.iban, "bank_code": account.bank_code,
                    "branch_code": account.branch_code, "number": account.number},
        "number": _or_none(statement.number), "sequence": _or_none(statement.sequence),
        "opening": _balance(statement.opening, True), "closing": _balance(statement.closing, True),
        "available": _balance(statement.available, False),
        "forward": [_balance(balance, False) for balance in statement.forward],
        "floor_limits": [{"mark": _or_none(total.mark), **_money(total.amount, total.currency)}
                         for total in statement.totals if total.tag == "34F"],
        "totals": _sums(statement.totals), "information": statement.information, "charset": statement.charset,
        "balanced": statement.balanced, "envelope": _envelope(statement),
        "entries": [_entry(statement, entry, number) for entry, number in zip(statement.entries, ids)],
        "findings": [_finding(finding, language) for finding in findings],
    }


def _documents(args: argparse.Namespace) -> Iterator[Tuple[str, Optional[Document]]]:
    """Each file with its document; None, after a message, for one that cannot be read."""
    for name in args.files:
        try:
            if name == "-":
                data = sys.stdin.buffer.read()
            else:
                with open(name, "rb") as file:
                    data = file.read()
            yield name, parse(data, charset=args.charset, strict=args.strict)
        except (OSError, Mt940Error) as error:
            print(f"{name}: {error}", file=sys.stderr)
            yield name, None


def _status(worst: int, document: Optional[Document]) -> int:
    return max(worst, 2 if document is None else 0 if document.good else 1)


def _parse_file(name: str, args: argparse.Namespace) -> int:
    """Prints each message as soon as its statement is whole, so that a file may be of any length."""
    worst = 0
    for pages in parse_stream(sys.stdin.buffer if name == "-" else name, charset=args.charset, strict=args.strict):
        worst = max(worst, 0 if pages.good else 1)
        ids = iter(pages.ids(args.company))
        for statement in pages:
            # Findings between or after messages go with the message that is nearest.
            mine = [f for f in pages.findings
                    if f.statement == statement.index or (statement is pages[-1] and f.statement > statement.index)]
            print(json.dumps(statement_object(name, statement, [next(ids) for _ in statement], mine, args.lang),
                             ensure_ascii=False, separators=(",", ":")))
        if not pages:
            _print_findings(name, pages, args.lang, sys.stderr)
    return worst


def _parse(args: argparse.Namespace) -> int:
    worst = 0
    for name in args.files:
        try:
            worst = max(worst, _parse_file(name, args))
        except (OSError, Mt940Error) as error:
            print(f"{name}: {error}", file=sys.stderr)
            worst = 2
    return worst


def _print_findings(name: str, document: Messages, language: str, stream: Any) -> None:
    for f in document.findings:
        text = f.turkish if language == "tr" else f.text
        print(f"{name}:{f.line}:{f.column}: {f.severity}: {f.code}: {text}", file=stream)


def _check(args: argparse.Namespace) -> int:
    worst = 0
    for name, document in _documents(args):
        worst = _status(worst, document)
        if document is not None:
            _print_findings(name, document, args.lang, sys.stdout)
            verdict = "good" if document.good else "refused"
            print(f"{name}: {verdict}, {len(document)} statements, {sum(map(len, document))} entries")
    return worst


def _iban(args: argparse.Namespace) -> int:
    texts = [line.rstrip("\n") for line in sys.stdin] if args.texts in ([], ["-"]) else args.texts
    good = True
    for iban in map(Iban.judge, texts):
        good = good and iban.valid
        bank = iban.bank
        print(json.dumps({
            "v": 1, "input": iban.input, "valid": iban.valid, "canonical": iban.canonical or None,
            "country": iban.country, "reason": iban.reason, "position": iban.position, "bank_code": iban.bank_code,
            "branch_code": iban.branch_code, "account": iban.account, "national_check": iban.national_check,
            "bank": {"name": bank.name, "bic": bank.bic} if bank else None, "sepa": iban.sepa}, ensure_ascii=False, separators=(",", ":")))
    return 0 if good else 1


def _place(evidence: Evidence) -> Optional[Dict[str, Any]]:
    if not evidence.field:
        return None
    return {"field": evidence.field, "offset": evidence.offset, "length": evidence.length}


def match_object(name: str, statement: Statement, entry: Entry, match: Match) -> Dict[str, Any]:
    """The object of one movement, members in the order of docs/json."""
    return {
        "v": 1, "file": name, "index": statement.index, "entry": entry.index, "decision": match.decision,
        "customer": _or_none(match.customer), "slot": match.slot or None, "own_account": _or_none(match.own_account),
        "new_iban": _or_none(match.new_iban), "veto": list(match.veto),
        "remarks": [{"severity": r.severity, "code": r.code, "text": r.text} for r in match.remarks],
        "candidates": [{"customer": candidate.customer, "name": _or_none(candidate.name),
                        "slot": candidate.slot or None, "score": candidate.score, "veto": list(candidate.veto),
                        "evidence": [{"kind": e.kind, "weight": e.weight, "text": e.text, "place": _place(e)}
                                     for e in candidate.evidence]}
                       for candidate in match.candidates],
    }


def _match(args: argparse.Namespace) -> int:
    try:
        directory = read_books(args.books)
    except (OSError, Mt940Error) as error:
        print(error, file=sys.stderr)
        return 2
    worst = 0
    for name, document in _documents(args):
        worst = _status(worst, document)
        for statement in document or ():
            for entry in statement:
                match = directory.match(statement, entry, language=args.lang)
                print(json.dumps(match_object(name, statement, entry, match), ensure_ascii=False,
                                 separators=(",", ":")))
    return worst


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m mt940connect", description="Bank statements and IBANs.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (("parse", _parse, "statements as JSON Lines"), ("check", _check, "findings and verdict"),
                            ("match", _match, "whose money moved, as JSON Lines")):
        command = commands.add_parser(name, help=text)
        command.add_argument("files", nargs="+", metavar="FILE", help="- reads standard input")
        command.add_argument("--charset", help="instead of what the bytes look like")
        command.add_argument("--strict", action="store_true", help="repairs are errors")
        command.add_argument("--lang", choices=("en", "tr"), default="en")
        command.add_argument("--company", default="", help="takes part in the ids")
        if run is _match:
            command.add_argument("--books", required=True, metavar="DIR", help="CSV files of the company")
        command.set_defaults(run=run)
    command = commands.add_parser("iban", help="judge IBANs")
    command.add_argument("texts", nargs="*", metavar="IBAN", help="none, or -: one a line from standard input")
    command.set_defaults(run=_iban)
    args = parser.parse_args(arguments)
    return int(args.run(args))


if __name__ == "__main__":
    sys.exit(main())

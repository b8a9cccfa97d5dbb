# SPDX-License-Identifier: Apache-2.0
"""The books that matching needs, from CSV files: companies, customers, customer_banks, bank_accounts.

A file has a header with the names of the record's fields; separator and character set are found out. Columns that
matching does not use (limits, totals, dates) are left to `mt940connect import`, which checks them.
"""
from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple, Type, Union

from .directory import Directory
from .errors import FormatError, NotFoundError
from .records import BankAccount, Company, Customer, CustomerBank, CustomerType, Legislation

_YES, _NO = ("1", "yes", "true", "evet", "e", "y", "x"), ("", "0", "no", "false", "hayır", "hayir", "h", "n")
_FLAGS = ("active", "collector", "ebanking", "dbs")
_ENUMS = {"type": CustomerType, "legislation": Legislation}
_TEXTS = ("code", "title", "name", "tax_id", "local_currency", "customer", "branch", "bic", "bank_name", "account",
          "iban", "currency")


def _flag(text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES and word not in _NO:
        raise ValueError(f"{text!r} is neither yes nor no")
    return word in _YES


def _value(column: str, text: str) -> Any:
    if column in _FLAGS:
        return _flag(text)
    if column in _ENUMS:
        return _ENUMS[column][text.strip().upper()] if text.strip() else _ENUMS[column](0)
    return int(text) if column == "slot" else text.strip()


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1254")


def rows(path: Path) -> Iterator[Tuple[int, Dict[str, Any]]]:
    """(line, fields) of a CSV file, as far as matching uses them; empty for a file that is not there."""
    if not path.exists():
        return
    lines = _text(path).splitlines()
    if not lines:
        return
    separator = max(",;\t", key=lines[0].count)
    reader = csv.DictReader(lines, delimiter=separator)
    for row in reader:
        try:
            yield reader.line_num, {column: _value(column, text or "") for column, text in row.items()
                                    if column in (*_TEXTS, *_FLAGS, *_ENUMS, "slot")}
        except (KeyError, ValueError) as error:
            raise FormatError(f"{path}:{reader.line_num}: {error}") from error


def _records(folder: Path, name: str, kind: Type[Any], company: str) -> List[Any]:
    defaults: Dict[str, Any] = {"active": True} if name == "customers" else {}
    known = set(kind.__dataclass_fields__)
    return [kind(**{**defaults, **{key: value for key, value in fields.items() if key in known}, "company": company})
            for _, fields in rows(folder / f"{name}.csv")]


def read_books(folder: Union[str, "os.PathLike[str]"]) -> Directory:
    """The directory of the (one) company whose books stand in a folder."""
    folder = Path(folder)
    if not folder.is_dir():
        raise NotFoundError(f"{folder}: no such folder")
    companies = [Company(**{k: v for k, v in fields.items() if k in Company.__dataclass_fields__})
                 for _, fields in rows(folder / "companies.csv")]
    company = companies[0] if companies else Company(code="DEFAULT", local_currency="TRY")
    return Directory(company, bank_accounts=_records(folder, "bank_accounts", BankAccount, company.code),
                     customers=_records(folder, "customers", Customer, company.code),
                     customer_banks=_records(folder, "customer_banks", CustomerBank, company.code))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom (docs/architecture.md).

base <- text, record, identifier <- statement, match, slip, dbs <- flow; rooms of one step do not include each other.
Adapters, the conformance kit, the examples with the command, and the bindings include public headers, and headers of
their own directory, only. The core takes from the C library what needs no operating system.
"""
import re

import source

STEP = {"base": 0, "text": 1, "record": 1, "identifier": 1, "statement": 2, "match": 2, "slip": 2, "dbs": 2, "flow": 3}

# The room a public header speaks for. The ports are struct declarations over records, so they stand with those.
HEADER_ROOM = {
    "base": "base", "status": "base",
    "charset": "text", "fold": "text", "message": "text", "message_codes": "text",
    "record": "record", "schema": "record", "store": "record", "ports": "record",
    "iban": "identifier", "bank_branch": "identifier", "tax_id": "identifier", "bic": "identifier",
    "bank_directory": "identifier",
    "statement": "statement", "statement_writer": "statement", "statement_stream": "statement",
    "anonymise": "statement", "narrative": "statement", "envelope": "statement",
    "directory": "match", "directory_overlay": "match", "facts": "match", "lesson": "match", "match": "match",
    "open_items": "match", "slip": "slip", "flow": "flow",
    "dbs": "dbs", "closing": "dbs", "dbs_exchange": "dbs", "customer_bank": "dbs", "customer_card": "flow",
    "invoice": "flow", "dbs_order": "flow", "dbs_total": "flow", "reconcile": "flow",
    "iban_verification": "flow",
}
# The host's bank codes are records, and the bank directory takes them as they are.
ALSO = {("identifier", "record")}
# The umbrella is for users; the conformance kit stands outside the core.
OUTSIDE = ("mt940connect", "conformance")

C_LIBRARY = {"stdbool.h", "stddef.h", "stdint.h", "string.h", "limits.h"}
EXCEPTIONS = {
    ("libmt940/base/memory.c", "stdlib.h"): "the default heap",
    ("libmt940/identifier/iban_batch_avx2.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/identifier/iban_batch_avx512.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/identifier/iban_classes.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/identifier/iban_pass_avx2.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/identifier/iban_pass_avx512.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/base/search_avx2.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/base/search_avx512.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/text/decode_avx2.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/text/decode_avx512.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/text/evidence_avx2.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/text/evidence_avx512.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/base/sha256_x86.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/base/sixteen.h", "emmintrin.h"): "the compiler's vector types; every processor of that kind has them",
    ("libmt940/statement/skim_avx2.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/statement/skim_frame.h", "immintrin.h"): "the compiler's vector types; chosen at run time",
    ("libmt940/statement/skim_avx512.c", "immintrin.h"): "the compiler's vector types; chosen at run time",
}
ICU_DOOR = "libmt940/text/"

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def room_of(path):
    parts = source.name(path).split("/")
    return parts[1] if parts[0] == "libmt940" and len(parts) > 2 and parts[1] in STEP else None


def judge_room(path, room, bracket, target):
    """What is wrong with an include inside a room of the core, or None."""
    if bracket == "<":
        if target.startswith("unicode/"):
            return None if source.name(path).startswith(ICU_DOOR) else "ICU has one door, libmt940/text"
        if target in C_LIBRARY or (source.name(path), target) in EXCEPTIONS:
            return None
        return f"<{target}> is not for the core"
    folder, _, rest = target.partition("/")
    if folder == "mt940connect":
        owner = HEADER_ROOM.get(rest[:-2])
        if owner is None:
            return f"{target} has no room in tests/shape/check_includes.py"
    elif folder in STEP:
        owner = folder
    elif not rest and (path.parent / target).exists():
        return None
    else:
        return f"{target} belongs to no room"
    if owner == room or STEP[owner] < STEP[room] or (room, owner) in ALSO:
        return None
    return f"{room} must not include {owner} ({target})"


def judge_shell(path, bracket, target):
    """The same for whoever stands outside the core."""
    if bracket == "<" or target.startswith("mt940connect/"):
        return None
    if "/" not in target and ((path.parent / target).exists() or target.endswith("_wrap.h")):
        return None
    return f"{target} is not a public header"


def judge_public(path, bracket, target):
    if bracket == "<":
        return None if target in ("stddef.h", "stdint.h") else f"<{target}> in a public header"
    stem = source.name(path).removeprefix("include/mt940connect/")[:-2]
    other = target.removeprefix("mt940connect/")[:-2]
    if stem in OUTSIDE or "/" in stem:
        return None
    if stem not in HEADER_ROOM or other not in HEADER_ROOM:
        return f"{stem if stem not in HEADER_ROOM else other}.h has no room in tests/shape/check_includes.py"
    room, owner = HEADER_ROOM[stem], HEADER_ROOM[other]
    if owner == room or STEP[owner] < STEP[room] or (room, owner) in ALSO:
        return None
    return f"{room} must not include {owner} ({target})"


def problems():
    seen = 0
    for path in source.files("include", "libmt940", "examples", "bindings"):
        text = source.read(path)
        for match in INCLUDE.finditer(text):
            seen += 1
            room = room_of(path)
            if source.name(path).startswith("include/"):
                wrong = judge_public(path, *match.groups())
            elif room:
                wrong = judge_room(path, room, *match.groups())
            else:
                wrong = judge_shell(path, *match.groups())
            if wrong:
                yield f"{source.name(path)}:{source.line_of(text, match.start(1))}: {wrong}"
    if seen < 50:
        yield f"only {seen} includes were seen; the check itself is broken"


source.report("includes", list(problems()))

#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The pages hang together: every relative link leads somewhere, every page of docs/ stands in its index, every public
header is named by a page, every directory of the tree that has a README keeps it short."""
import re

import source

LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")
README_LINES = 20
# Indexes, and how to add a case.
LONG_READMES = re.compile(r"README\.md|docs/.*|tests/cases/.*")


def broken_links(path, text):
    for match in LINK.finditer(text):
        target = match.group(1)
        if not re.match(r"\w+:", target) and not (path.parent / target).exists():
            yield f"{source.name(path)}:{source.line_of(text, match.start())}: {target} is not there"


def main():
    problems = []
    pages = source.files("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs", "libmt940", "tests",
                         "fuzz", "examples", "bindings", suffixes=(".md",))
    texts = {path: source.read(path) for path in pages}
    for path, text in texts.items():
        problems += broken_links(path, text)
        if path.name == "README.md" and not LONG_READMES.fullmatch(source.name(path)) and text.count("\n") > README_LINES:
            problems.append(f"{source.name(path)}:1: more than {README_LINES} lines; a page of docs/ has more room")
    index = texts[source.ROOT / "docs/README.md"]
    for path in pages:
        if path.parent.name == "docs" and path.name != "README.md" and f"]({path.name})" not in index:
            problems.append(f"{source.name(path)}:1: docs/README.md does not name it")
    told = "\n".join(text for path, text in texts.items() if "docs" in path.parts or path.parent == source.ROOT)
    for header in source.files("include", suffixes=(".h",)):
        if header.name not in told:
            problems.append(f"{source.name(header)}:1: no page names it")
    source.report(f"pages ({len(pages)})", problems)


main()

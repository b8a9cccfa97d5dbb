#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes phrase_tables.c from facts_words.def: the phrases chained by the first two characters they begin with.

usage: gen_phrase.py WORDS_DEF > OUTPUT
"""
import re
import sys

PHRASE = re.compile(r'^MT940_PHRASE\("([^"]*)"', re.M)
CHAINS = 256


def chain(text):
    """As chain_of() in phrase.c."""
    word = text.split(" ")[0]
    if len(word) > 1 and word[1] == "*":
        raise SystemExit(f"{text}: a phrase must begin with two characters, or with a word of one")
    return (ord(word[0]) * 37 + (ord(word[1]) if len(word) > 1 else 0)) % CHAINS


def rows(numbers):
    for start in range(0, len(numbers), 20):
        yield "    " + " ".join(f"{number}," for number in numbers[start:start + 20])


def main():
    phrases = PHRASE.findall(open(sys.argv[1], encoding="utf-8").read())
    first, following, latest = [0] * CHAINS, [0] * len(phrases), {}
    for number, text in enumerate(phrases):
        key = chain(text)
        if key in latest:
            following[latest[key]] = number + 1
        else:
            first[key] = number + 1
        latest[key] = number
    print("/* SPDX-License-Identifier: Apache-2.0\n *\n * phrase_tables.c: the phrases of facts_words.def by their first two "
          "characters.\n * Made by libmt940/match/gen_phrase.py from libmt940/match/facts_words.def; change that file.\n */\n"
          '#include "match/phrase.h"\n')
    print("const uint16_t mt940_phrase_first[MT940_PHRASE_CHAINS] = {", *rows(first), "};\n", sep="\n")
    print("const uint16_t mt940_phrase_next[] = {", *rows(following), "};", sep="\n")


if __name__ == "__main__":
    main()

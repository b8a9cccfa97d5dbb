/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence.h: short ways with the evidence about a character set, for those who begin anew every few lines. They leave
 * the evidence as mt940_charset_observe() and zeroing would.
 */
#ifndef MT940_TEXT_EVIDENCE_H
#define MT940_TEXT_EVIDENCE_H

#include "base/view.h"
#include "mt940connect/charset.h"

enum { MT940_LETTERS_CAPACITY = 4096, MT940_LETTERS_ATONCE = 64 };

/* Letters among which there are some that a reader of statements looks for. */
enum mt940_letters_sign {
    MT940_LETTERS_MISFIT = 1,  /* 81 8D 8E 8F 90 9D 9E: Turkish and Western sets of Windows lack them */
    MT940_LETTERS_TWICE = 2,   /* 83 84 85 94: second bytes of Ã, Ä, Å, Ô in UTF-8 */
    MT940_LETTERS_CP857 = 4    /* D5 E7 F2: cp857 lacks them */
};

/*
 * Letters (of evidence->letters) that were found and are not counted yet. To count costs as much as to find them, and of
 * text in UTF-8 nobody asks for the counts.
 */
struct mt940_letters {
    size_t count;
    uint32_t signs; /* of all that were found since somebody set it to 0, and perhaps more */
    unsigned char list[MT940_LETTERS_CAPACITY + MT940_LETTERS_ATONCE];
};

/* Counts them, and the list is empty. Their signs stay. */
void mt940_letters_count(struct mt940_letters *letters, struct mt940_charset_evidence *evidence);
/* mt940_charset_verdict() of the evidence with these letters, which are counted where that matters. */
int32_t mt940_letters_verdict(struct mt940_letters *letters, struct mt940_charset_evidence *evidence);

/* Zeroes evidence, and empties the list. */
void mt940_charset_forget(struct mt940_charset_evidence *evidence, struct mt940_letters *letters);

/*
 * Reads the usual letters from `at` on and returns where it stands: one byte among ASCII, which is no UTF-8, or two that
 * are. It may stop anywhere where nothing is open, at the latest before what is none of these. Nothing is open at `at`,
 * and evidence->previous is below 80. There is room for MT940_LETTERS_ATONCE letters before and after. One function per kind
 * of processor; with the slow way through the rest, in mt940_charset_observe_by(), all give the same evidence.
 */
typedef size_t mt940_usual_function(struct mt940_charset_evidence *evidence, struct mt940_letters *letters,
                                    const unsigned char *data, size_t at, size_t length);

/* Plain C for every processor. */
mt940_usual_function mt940_usual_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_USUAL_X86 1
mt940_usual_function mt940_usual_avx2;
bool mt940_usual_has_avx2(void);
mt940_usual_function mt940_usual_avx512;
bool mt940_usual_has_avx512(void);
#endif

/* The fastest of them that this processor can run. */
mt940_usual_function *mt940_usual_best(void);

/* mt940_charset_observe() with one of these ways; the letters wait in the list. */
void mt940_charset_observe_by(mt940_usual_function *usual, struct mt940_charset_evidence *evidence,
                              struct mt940_letters *letters, const void *bytes, size_t length);

/* The sign of each byte, mostly 0. */
extern const unsigned char mt940_letters_sign_of[256];

/* Of evidence->previous: a byte above 7F that has no letter before it; the byte behind it decides. */
#define MT940_EVIDENCE_UNDECIDED 0x100u
/* From this mark_state on it is known whether a byte order mark stood at the very beginning. */
#define MT940_EVIDENCE_MARK_KNOWN 3u

/* Between two texts: whether ASCII says nothing more, for it is known that no byte order mark stood in front. */
static inline bool mt940_charset_is_settled(const struct mt940_charset_evidence *evidence)
{
    return evidence->mark_state >= MT940_EVIDENCE_MARK_KNOWN;
}

/*
 * A text has come to its end, and what follows is another one: a letter of UTF-8 that is cut there is an error of this
 * one, and the last byte stands beside no letter of the next. A line end would not do: behind it the rest is looked for.
 */
static inline void mt940_charset_end(struct mt940_charset_evidence *evidence, struct mt940_letters *letters)
{
    if (evidence->utf8_state != 0 || evidence->previous & MT940_EVIDENCE_UNDECIDED)
        mt940_charset_observe_by(mt940_usual_plain, evidence, letters, "", 1);
    evidence->previous = 0;
}

/* Makes room for as many letters as are found at once. */
static inline void mt940_letters_make_room(struct mt940_letters *letters, struct mt940_charset_evidence *evidence)
{
    if (letters->count > MT940_LETTERS_CAPACITY)
        mt940_letters_count(letters, evidence);
}

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * skim.h: passes over lines that cannot be structure by looking at their first byte only. Bytes are looked at in blocks,
 * in one way per kind of processor, and all ways see the same; nearly every byte of a statement is met there and nowhere
 * else. What is asked then is asked of bits, for lines end where no processor guesses it.
 */
#ifndef MT940_STATEMENT_SKIM_H
#define MT940_STATEMENT_SKIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MT940_SIGHT_BYTES = 64, MT940_SIGHT_COUNT = 64 };

/* A block of 64 bytes; bit n is its byte n. Line ends are LF, CRLF, lone CR. */
struct mt940_sight {
    uint64_t starts;    /* a line begins there, */
    uint64_t structure; /* and one that may begin structure */
    uint64_t above;     /* a byte above 7F */
    uint64_t lines;     /* how many lines have begun in front of the block */
};

/* Whether a line that begins so may be more than text: blanks, control bytes, '$', '-', ':', '{', EF of a byte order mark. */
static inline bool mt940_may_begin_structure(char first)
{
    return (unsigned char)first <= ' ' || first == ':' || first == '-' || first == '{' || first == '$' || first == '\xEF';
}

/* Bytes through which a scanner goes from front to back, and what was seen of those from `base` on. */
struct mt940_skim {
    const struct mt940_skim_way *way;
    const char *bytes;
    size_t length;
    size_t base, count; /* where the sights begin, and how many there are */
    struct mt940_sight sights[MT940_SIGHT_COUNT];
};

/* What lies ahead of a place in a line. */
struct mt940_passed {
    size_t at;      /* the next line that may begin structure, or `length` if there is none yet */
    size_t last;    /* the last line that begins at or before `at`; `from` if none does */
    uint32_t lines; /* ends of lines passed */
    bool high;      /* a byte above 7F stands before `at` */
};

struct mt940_skim_way {
    /* Looks at `count` blocks; `before` is the byte in front of them, and `lines` have begun in front of them. */
    void (*look)(const char *bytes, size_t count, char before, uint64_t lines, struct mt940_sight *out);
    /* Tells what lies ahead of `from`. A CR that is the last byte ends no line yet: an LF may follow. */
    void (*pass)(struct mt940_skim *skim, size_t from, struct mt940_passed *out);
};

/* Plain C for every processor. */
extern const struct mt940_skim_way mt940_skim_plain;
/* Its second half, for ways that know nothing better where more has to be looked at. */
void mt940_skim_pass(struct mt940_skim *skim, size_t from, struct mt940_passed *out);

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_SKIM_X86 1
extern const struct mt940_skim_way mt940_skim_avx2;
bool mt940_skim_has_avx2(void);
extern const struct mt940_skim_way mt940_skim_avx512;
bool mt940_skim_has_avx512(void);
/* mt940_skim_pass(), as far as was looked, with AVX2. */
void mt940_skim_pass_avx2(struct mt940_skim *skim, size_t from, struct mt940_passed *out);
#endif

/* The fastest of them that this processor can go. */
const struct mt940_skim_way *mt940_skim_best(void);

void mt940_skim_init(struct mt940_skim *skim, const struct mt940_skim_way *way, const char *bytes, size_t length);

/* Where the line behind that with `from` in it begins; there is one. `from` was passed, and nothing further. */
size_t mt940_skim_next(const struct mt940_skim *skim, size_t from);

/* The next LF or CR at or behind `from`, or `length`. */
size_t mt940_find_line_end(const char *bytes, size_t from, size_t length);

#endif

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

enum {
    MT940_SIGHT_BYTES = 64,
    MT940_SIGHT_COUNT = 64, /* blocks that are looked at in one go */
    MT940_SIGHT_ATONCE = 2  /* places that are written without a look at how many there are */
};

/* A block of 64 bytes; bit n is its byte n. Line ends are LF, CRLF, lone CR. */
struct mt940_sight {
    uint64_t starts; /* a line begins there */
    uint64_t above;  /* a byte above 7F */
    uint64_t lines;  /* how many lines have begun in front of the block, */
    uint64_t aboves; /* and how many bytes above 7F stand there */
};

/* Whether a line that begins so may be more than text: blanks, control bytes, '$', '-', ':', '{', EF of a byte order mark. */
static inline bool mt940_may_begin_structure(char first)
{
    return (unsigned char)first <= ' ' || first == ':' || first == '-' || first == '{' || first == '$' || first == '\xEF';
}

/* A place, the lines that have begun in front of it or at it, and the bytes above 7F in front of it. */
struct mt940_place_seen {
    size_t at;
    uint64_t lines, aboves;
};

/* Bytes through which a scanner goes from front to back, and what was seen of those from `base` on. */
struct mt940_skim {
    const struct mt940_skim_way *way;
    const char *bytes;
    size_t length;
    size_t base, end;             /* what the sights tell of; the end may be behind that of the bytes */
    size_t count;                 /* of sights */
    size_t mark_count, next;      /* and the first mark behind `here` */
    struct mt940_place_seen here; /* as far as was passed */
    uint64_t lines, aboves;       /* in front of `end` */
    struct mt940_sight sights[MT940_SIGHT_COUNT];
    /* Where lines begin that may begin structure, from `base` on: a list, for their distance nobody guesses. */
    uint16_t marks[MT940_SIGHT_COUNT * MT940_SIGHT_BYTES + MT940_SIGHT_ATONCE];
};

/* What lies ahead of a place in a line. */
struct mt940_passed {
    size_t at;      /* the next line that may begin structure, or `length` if there is none yet */
    size_t last;    /* the last line that begins at or before `at`; `from` if none does */
    uint32_t lines; /* ends of lines passed */
    bool high;      /* a byte above 7F stands before `at` */
};

struct mt940_skim_way {
    /* Looks at `count` more blocks, `before` being the byte in front of them, and adds what it sees. */
    void (*look)(struct mt940_skim *skim, const char *bytes, size_t count, char before);
    /*
     * Tells what lies ahead of `from`, which is never in front of another one before it. A CR that is the last byte ends
     * no line yet: an LF may follow.
     */
    void (*pass)(struct mt940_skim *skim, size_t from, struct mt940_passed *out);
};

/* Of the bytes of a block, a bit each. */
struct mt940_seen {
    uint64_t feeds, backs; /* LF and CR */
    uint64_t may_begin;    /* mt940_may_begin_structure() */
    uint64_t above;        /* above 7F */
};

/* Plain C for every processor. */
extern const struct mt940_skim_way mt940_skim_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_SKIM_X86 1
extern const struct mt940_skim_way mt940_skim_avx2;
bool mt940_skim_has_avx2(void);
extern const struct mt940_skim_way mt940_skim_avx512;
bool mt940_skim_has_avx512(void);
#endif

/* The fastest of them that this processor can go. */
const struct mt940_skim_way *mt940_skim_best(void);

void mt940_skim_init(struct mt940_skim *skim, const struct mt940_skim_way *way, const char *bytes, size_t length);

/* For the ways: `pass` where the next mark is not known, or `from` is none. */
void mt940_skim_pass_further(struct mt940_skim *skim, size_t from, struct mt940_passed *out);

/* Where the line behind that with `from` in it begins; there is one. `from` was passed, and nothing further. */
size_t mt940_skim_next(const struct mt940_skim *skim, size_t from);

/* The next LF or CR at or behind `from`, or `length`. */
size_t mt940_find_line_end(const char *bytes, size_t from, size_t length);

#endif

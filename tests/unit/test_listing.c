/* SPDX-License-Identifier: Apache-2.0
 *
 * test_listing.c: listings of servers in the forms that are about, and in those of liars.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "listing.h"

/* 2026-11-22 00:00. */
static const int64_t now = 1795305600;

static const struct {
    enum line_form form;
    const char *line;
    int kind;
    const char *name;
    int64_t bytes;
    int64_t modified;
} lines[] = {
    {LINE_FACTS, "type=file;size=1234;modify=20260715102030;perm=adfrw; ekstre 0715.sta", LINE_FILE, "ekstre 0715.sta",
     1234, 1784110830},
    {LINE_FACTS, "Type=FILE;Modify=20260715102030.250;SIZE=0; a", LINE_FILE, "a", 0, 1784110830},
    {LINE_FACTS, "type=dir;modify=20260715102030; arsiv", LINE_OTHER, "arsiv", -1, 1784110830},
    {LINE_FACTS, "type=cdir; /pub", LINE_OTHER, "/pub", -1, -1},
    {LINE_FACTS, "type=OS.unix=slink:/etc/passwd; l", LINE_OTHER, "l", -1, -1},
    {LINE_FACTS, "type=file;size=-1;modify=20260230000000; a", LINE_FILE, "a", -1, -1},
    {LINE_FACTS, "type=file;size=9999999999999999999; a", LINE_FILE, "a", -1, -1},
    {LINE_FACTS, "type=file;  two blanks", LINE_FILE, " two blanks", -1, -1},
    {LINE_FACTS, "type=file; ", LINE_UNREADABLE, "type=file; ", -1, -1},
    {LINE_FACTS, "type=file;nofact; a", LINE_UNREADABLE, "type=file;nofact; a", -1, -1},
    {LINE_FACTS, "size=4; a", LINE_UNREADABLE, "size=4; a", -1, -1}, /* what it is, nobody says */
    {LINE_FACTS, "-rw-r--r-- 1 ftp ftp 5 Jul 15 10:20 a", LINE_UNREADABLE, "-rw-r--r-- 1 ftp ftp 5 Jul 15 10:20 a", -1,
     -1},
    {LINE_LONG, "-rw-r--r--    1 ftp      ftp          1234 Jul 15 10:20 a.sta", LINE_FILE, "a.sta", 1234, 1784110800},
    {LINE_LONG, "-rw-r--r--    1 0        0            1234 Jul 15  2025 b  c.sta", LINE_FILE, "b  c.sta", 1234,
     1752537600},
    {LINE_LONG, "-rw-r--r--    1 0        0            1234 Jul 15  2025  c.sta", LINE_FILE, " c.sta", 1234,
     1752537600},
    {LINE_LONG, "-rw-rw-r--+   ? 1001     Domain Users   77 15 Tem 10:20 c.sta", LINE_UNREADABLE, NULL, -1, -1},
    {LINE_LONG, "-rwxr-xr-x    ? SYSTEM   Domain Users   77 15 Jul 10:20 c.sta", LINE_FILE, "c.sta", 77, 1784110800},
    {LINE_LONG, "-rw-r--r-- 1 u 5 2026-07-15 10:20 c.sta", LINE_FILE, "c.sta", 5, 1784110800},
    /* a year left out: the last such day, or tomorrow by a clock that is ahead */
    {LINE_LONG, "-rw-r--r-- 1 u g 5 Dec 15 10:20 a", LINE_FILE, "a", 5, 1765794000},
    {LINE_LONG, "-rw-r--r-- 1 u g 5 Nov 22 10:20 a", LINE_FILE, "a", 5, 1795342800},
    {LINE_LONG, "-rw-r--r-- 1 u g 5 Feb 29 10:20 a", LINE_FILE, "a", 5, -1},
    {LINE_LONG, "-rw-r--r-- 1 u g 5 Jul 15 25:20 a", LINE_FILE, "a", 5, -1},
    {LINE_LONG, "-rw-r--r-- 1 2026 2027 5 Jul 15 10:20 7 Jul 15 10:20 x", LINE_FILE, "7 Jul 15 10:20 x", 5,
     1784110800},
    {LINE_LONG, "drwxr-xr-x    2 0        0            4096 Jul 15 10:20 sub", LINE_OTHER, "sub", 4096, 1784110800},
    {LINE_LONG, "lrwxrwxrwx    1 0        0               5 Jul 15 10:20 l.sta -> a.sta", LINE_OTHER, "l.sta", 5,
     1784110800},
    {LINE_LONG, "-rw-r--r--    1 0        0               5 Jul 15 10:20 a -> b", LINE_FILE, "a -> b", 5, 1784110800},
    {LINE_LONG, "-rw-r--r--    1 0        0               5 Jul 15 10:20 ../x", LINE_FILE, "../x", 5, 1784110800},
    {LINE_LONG, "-rw-r--r--    1 0        0               5 Jul 15 10:20", LINE_UNREADABLE, NULL, -1, -1},
    {LINE_LONG, "-rw-r--r--    1 0        0               5 Jul 32 10:20 a", LINE_UNREADABLE, NULL, -1, -1},
    {LINE_LONG, "07-15-26  10:20AM                 1234 a b.sta", LINE_FILE, "a b.sta", 1234, -1},
    {LINE_LONG, "2026-07-15  10:20                 1234 c.sta", LINE_FILE, "c.sta", 1234, 1784110800},
    {LINE_LONG, "2026-07-15  10:20AM               1234 c.sta", LINE_FILE, "c.sta", 1234, -1},
    {LINE_LONG, "07-15-2026  22:20       <DIR>          arsiv", LINE_OTHER, NULL, -1, -1},
    {LINE_LONG, "total 12", LINE_NOTHING, NULL, -1, -1},
    {LINE_LONG, "   ", LINE_NOTHING, NULL, -1, -1},
    {LINE_LONG, "a.sta", LINE_UNREADABLE, "a.sta", -1, -1},
    {LINE_LONG, "dr-xr-x--- 1 0 0 1 Jul 15 10:20 ..", LINE_NOTHING, NULL, 1, 1784110800},
    {LINE_NAMES, "a.sta", LINE_FILE, "a.sta", -1, -1},
    {LINE_NAMES, ".", LINE_NOTHING, NULL, -1, -1},
    {LINE_NAMES, "", LINE_NOTHING, NULL, -1, -1},
    {LINE_NAMES, "../../etc/cron.d/evil", LINE_FILE, "../../etc/cron.d/evil", -1, -1}, /* judged later */
};

static void lines_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct mt940_view wanted;
        struct line line;

        line_read(lines[i].form, lines[i].line, strlen(lines[i].line), now, &line);
        mt940_view_from_string(lines[i].name, &wanted);
        if (line.kind != lines[i].kind || line.bytes != lines[i].bytes || line.modified != lines[i].modified ||
            (lines[i].name != NULL && !mt940_view_equal(&line.name, &wanted)))
            fail_msg("\"%s\": kind %d, name \"%.*s\", %lld bytes, modified %lld", lines[i].line, line.kind,
                     (int)line.name.length, line.name.data, (long long)line.bytes, (long long)line.modified);
    }
}

static void note(void *user, const struct mt940_view *name, int32_t reason)
{
    char *text = user;

    snprintf(text + strlen(text), 400 - strlen(text), "%d:%.*s|", (int)reason, (int)name->length, name->data);
}

static int read_text(struct listing *listing, enum line_form form, const char *text, size_t most, char ignored[400])
{
    struct listing_limits limits = {most, ignored, note, now};
    char *block = malloc(strlen(text) + 1);

    assert_non_null(block);
    memcpy(block, text, strlen(text) + 1);
    ignored[0] = '\0';
    return listing_read(listing, form, block, strlen(text), &limits);
}

static void a_listing_is_sorted_and_unique(void **state)
{
    struct listing listing = {NULL, NULL, 0, 0};
    struct mt940_view name;
    char ignored[400];

    (void)state;
    assert_int_equal(read_text(&listing, LINE_LONG,
                               "total 3\r\n"
                               "-rw-r--r-- 1 u g 2 Jul 15 10:20 b.sta\r\n"
                               "-rw-r--r-- 1 u g 1 Jul 15 10:20 a.sta\r\n"
                               "-rw-r--r-- 1 u g 9 Jul 15 10:20 b.sta\r\n"
                               "drwxr-xr-x 1 u g 9 Jul 15 10:20 sub\r\n"
                               "-rw-r--r-- 1 u g 9 Jul 15 10:20 ../evil\r\n"
                               "-rw-r--r-- 1 u g 9 Jul 15 10:20 c.part\n"
                               "what is this\n"
                               "-rw-r--r-- 1 u g 3 Jul 15 10:20 a",
                               10, ignored),
                     MT940_OK);
    assert_int_equal(listing.count, 3);
    assert_memory_equal(listing.files[0].name.data, "a", 1);
    assert_int_equal(listing.files[0].name.length, 1);
    assert_memory_equal(listing.files[1].name.data, "a.sta", 5);
    assert_int_equal(listing.files[2].bytes, 2); /* the first of two */
    assert_string_equal(ignored, "3:sub|4:../evil|2:c.part|5:what is this|6:b.sta|");
    mt940_view_from_string("a.sta", &name);
    assert_ptr_equal(listing_find(&listing, &name), &listing.files[1]);
    mt940_view_from_string("a.st", &name);
    assert_null(listing_find(&listing, &name));
    listing_clear(&listing);
}

static void limits_hold(void **state)
{
    struct listing listing = {NULL, NULL, 0, 0};
    char ignored[400];

    (void)state;
    assert_int_equal(read_text(&listing, LINE_NAMES, "a\nb\nc\n", 2, ignored), MT940_E_LIMIT);
    assert_int_equal(listing.count, 0);
    assert_int_equal(read_text(&listing, LINE_NAMES, "a\nb\n.x\n~y\n", 2, ignored), MT940_OK);
    assert_int_equal(listing.count, 2);
    listing_clear(&listing);
    struct listing_limits limits = {1, NULL, NULL, now};
    assert_int_equal(listing_read(&listing, LINE_NAMES, NULL, 0, &limits), MT940_OK);
    assert_int_equal(listing.count, 0);
}

/* libcurl makes a line end of a bare CR: a name with one in it becomes two lines. */
static void a_bare_return_makes_no_file(void **state)
{
    struct listing listing = {NULL, NULL, 0, 0};
    char ignored[400];

    (void)state;
    assert_int_equal(read_text(&listing, LINE_FACTS, "type=file;size=1; x\nDELE ok.sta\n", 9, ignored), MT940_OK);
    assert_int_equal(listing.count, 1);
    assert_string_equal(ignored, "5:DELE ok.sta|");
    listing_clear(&listing);
}

static void forms_are_told_apart(void **state)
{
    static const char names[] = "a.sta\nb.sta\n", rights[] = "total 1\n-rw-r--r-- 1 u g 2 Jul 15 10:20 b.sta\n";

    (void)state;
    assert_true(listing_is_form(LINE_LONG, rights, sizeof rights - 1));
    assert_false(listing_is_form(LINE_LONG, names, sizeof names - 1));
    assert_false(listing_is_form(LINE_FACTS, rights, sizeof rights - 1));
    assert_true(listing_is_form(LINE_NAMES, names, sizeof names - 1));
    assert_true(listing_is_form(LINE_LONG, "total 0\r\n", 9)); /* an empty folder */
    assert_true(listing_is_form(LINE_FACTS, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_read),           cmocka_unit_test(a_listing_is_sorted_and_unique),
        cmocka_unit_test(limits_hold),              cmocka_unit_test(a_bare_return_makes_no_file),
        cmocka_unit_test(forms_are_told_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0
 *
 * The folder transport against a real folder: what it offers, what it leaves alone, what it says.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <errno.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cmocka.h>

#include "mt940connect/adapters/folder.h"

struct fixture {
    char path[64];
    struct mt940_folder_options options;
    struct mt940_transport transport;
    char ignored[512];
    char listed[512];
};

static const char *in(const struct fixture *f, const char *name)
{
    static char path[4][400];
    static int turn;

    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", f->path, name);
    return path[turn];
}

static void put(const struct fixture *f, const char *name, const char *content)
{
    FILE *file = fopen(in(f, name), "wb");

    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static int exists(const struct fixture *f, const char *name)
{
    struct stat info;

    return lstat(in(f, name), &info) == 0;
}

static void note_ignored(void *user, const struct mt940_view *name, int32_t reason)
{
    struct fixture *f = user;
    size_t used = strlen(f->ignored);

    snprintf(f->ignored + used, sizeof f->ignored - used, "%d:%.*s ", (int)reason, (int)name->length, name->data);
}

static int note_listed(void *user, const struct mt940_remote_file *file)
{
    struct fixture *f = user;
    size_t used = strlen(f->listed);

    snprintf(f->listed + used, sizeof f->listed - used, "%.*s:%d ", (int)file->name.length, file->name.data,
             (int)file->bytes);
    return 0;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    strcpy(f->path, "/tmp/mt940-folder-XXXXXX");
    if (f == NULL || mkdtemp(f->path) == NULL)
        return -1;
    mt940_folder_options_init(&f->options);
    f->options.user = f;
    f->options.ignored = note_ignored;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char command[128];

    if (f->transport.destroy != NULL)
        f->transport.destroy(f->transport.user);
    snprintf(command, sizeof command, "rm -rf %s", f->path);
    free(f);
    return system(command) == 0 ? 0 : -1;
}

static void open_folder(struct fixture *f)
{
    assert_int_equal(mt940_folder_transport_open(f->path, &f->options, &f->transport, NULL), MT940_OK);
}

static const char *list(struct fixture *f)
{
    f->listed[0] = f->ignored[0] = '\0';
    assert_int_equal(f->transport.list(f->transport.user, note_listed, f), 0);
    return f->listed;
}

static int open_name(struct fixture *f, const char *name)
{
    struct mt940_view view;

    mt940_view_from_string(name, &view);
    return f->transport.open(f->transport.user, &view);
}

static int settle(struct fixture *f, const char *name, int32_t settlement)
{
    struct mt940_view view;

    mt940_view_from_string(name, &view);
    return f->transport.settle(f->transport.user, &view, settlement);
}

/* Reads the open file in pieces of three bytes. */
static const char *read_all(struct fixture *f)
{
    static char text[256];
    size_t used = 0;
    int64_t got;

    while ((got = f->transport.read(f->transport.user, text + used, 3)) > 0)
        used += (size_t)got;
    assert_int_equal(got, 0);
    text[used] = '\0';
    return text;
}

static void offers_plain_files_in_order_of_name(void **state)
{
    struct fixture *f = *state;

    put(f, "b.sta", "22");
    put(f, "a.sta", "1");
    put(f, "\xC3\x96zet Temmuz.txt", "333");
    put(f, ".hidden", "x");
    put(f, "~lock.sta", "x");
    put(f, "half.STA.Part", "x");
    put(f, "half.tmp", "x");
    put(f, "half.filepart", "x");
    put(f, "bad\nname", "x");
    put(f, "bad\\name", "x");
    assert_int_equal(mkdir(in(f, "folder"), 0777), 0);
    assert_int_equal(symlink("/etc/passwd", in(f, "link.sta")), 0);
    assert_int_equal(mkfifo(in(f, "pipe.sta"), 0666), 0);
    open_folder(f);
    assert_string_equal(list(f), "a.sta:1 b.sta:2 \xC3\x96zet Temmuz.txt:3 ");
    assert_non_null(strstr(f->ignored, "1:.hidden "));
    assert_non_null(strstr(f->ignored, "2:~lock.sta "));
    assert_non_null(strstr(f->ignored, "2:half.STA.Part "));
    assert_non_null(strstr(f->ignored, "2:half.tmp "));
    assert_non_null(strstr(f->ignored, "2:half.filepart "));
    assert_non_null(strstr(f->ignored, "3:folder "));
    assert_non_null(strstr(f->ignored, "3:link.sta "));
    assert_non_null(strstr(f->ignored, "3:pipe.sta "));
    assert_non_null(strstr(f->ignored, "4:bad\nname "));
    assert_non_null(strstr(f->ignored, "4:bad\\name "));
    assert_null(strstr(f->ignored, "Temmuz"));
}

static void an_empty_folder_is_no_error(void **state)
{
    struct fixture *f = *state;

    open_folder(f);
    assert_string_equal(list(f), "");
}

static void reads_bytes_unchanged(void **state)
{
    struct fixture *f = *state;

    put(f, "a.sta", "\x9Aone\r\ntwo\r\n");
    open_folder(f);
    list(f);
    assert_int_equal(open_name(f, "a.sta"), 0);
    assert_int_equal(open_name(f, "a.sta"), MT940_E_STATE);
    assert_string_equal(read_all(f), "\x9Aone\r\ntwo\r\n");
    assert_int_equal(f->transport.close(f->transport.user), 0);
    assert_int_equal(f->transport.close(f->transport.user), MT940_E_STATE);
    assert_true(exists(f, "a.sta"));
}

static void names_are_never_paths(void **state)
{
    struct fixture *f = *state;

    put(f, "a.sta", "1");
    assert_int_equal(mkdir(in(f, "folder"), 0777), 0);
    assert_int_equal(symlink("a.sta", in(f, "link.sta")), 0);
    assert_int_equal(mkfifo(in(f, "pipe.sta"), 0666), 0);
    open_folder(f);
    list(f);
    assert_int_equal(open_name(f, "../etc/passwd"), MT940_E_ARGUMENT);
    assert_int_equal(open_name(f, "folder/x"), MT940_E_ARGUMENT);
    assert_int_equal(open_name(f, ".."), MT940_E_ARGUMENT);
    assert_int_equal(open_name(f, ""), MT940_E_ARGUMENT);
    assert_int_equal(open_name(f, "link.sta"), MT940_E_NOT_FOUND);
    assert_int_equal(open_name(f, "pipe.sta"), MT940_E_NOT_FOUND); /* and does not hang */
    assert_int_equal(open_name(f, "folder"), MT940_E_NOT_FOUND);
    assert_int_equal(open_name(f, "gone.sta"), MT940_E_NOT_FOUND);
    assert_string_equal(f->transport.last_error(f->transport.user),
                        "the file is gone, or is not a plain file: gone.sta");
}

static void a_file_that_changes_is_not_taken(void **state)
{
    struct fixture *f = *state;
    FILE *file;

    put(f, "a.sta", "12345");
    open_folder(f);
    list(f);
    assert_int_equal(open_name(f, "a.sta"), 0);
    assert_string_equal(read_all(f), "12345");
    file = fopen(in(f, "a.sta"), "ab");
    fputs("678", file);
    fclose(file);
    assert_int_equal(f->transport.close(f->transport.user), MT940_E_BUSY);
    assert_int_equal(open_name(f, "a.sta"), 0);
    assert_int_equal(f->transport.close(f->transport.user), MT940_E_BUSY); /* not read to its end */
}

static void limits_have_their_own_errors(void **state)
{
    struct fixture *f = *state;

    put(f, "a.sta", "12345");
    put(f, "b.sta", "1234");
    f->options.max_bytes = 4;
    open_folder(f);
    assert_string_equal(list(f), "a.sta:5 b.sta:4 ");
    assert_int_equal(open_name(f, "a.sta"), MT940_E_LIMIT);
    assert_int_equal(open_name(f, "b.sta"), 0);
    assert_int_equal(f->transport.close(f->transport.user), MT940_E_BUSY);
    f->transport.destroy(f->transport.user);
    f->options.max_files = 1;
    open_folder(f);
    assert_int_equal(f->transport.list(f->transport.user, note_listed, f), MT940_E_LIMIT);
}

static void settle_leaves_files_by_default(void **state)
{
    struct fixture *f = *state;

    put(f, "a.sta", "1");
    open_folder(f);
    list(f);
    assert_int_equal(settle(f, "a.sta", MT940_SETTLED_ACCEPTED), 0);
    assert_int_equal(settle(f, "a.sta", MT940_SETTLED_REJECTED), 0);
    assert_true(exists(f, "a.sta"));
    assert_false(exists(f, "archive"));
}

static void settle_moves_and_never_overwrites(void **state)
{
    struct fixture *f = *state;

    f->options.archive = 1;
    put(f, "a.sta", "first");
    put(f, "bad.pdf", "x");
    put(f, "cut.sta", "x");
    open_folder(f);
    list(f);
    assert_int_equal(settle(f, "a.sta", MT940_SETTLED_ACCEPTED), 0);
    assert_int_equal(settle(f, "bad.pdf", MT940_SETTLED_REJECTED), 0);
    assert_int_equal(settle(f, "cut.sta", MT940_SETTLED_INCOMPLETE), 0);
    assert_true(exists(f, "archive/a.sta"));
    assert_true(exists(f, "error/bad.pdf"));
    assert_true(exists(f, "cut.sta"));
    put(f, "a.sta", "second");
    assert_string_equal(list(f), "a.sta:6 cut.sta:1 ");
    assert_string_equal(f->ignored, ""); /* its own folders are no news */
    assert_int_equal(settle(f, "a.sta", MT940_SETTLED_DUPLICATE), 0);
    assert_true(exists(f, "archive/a-2.sta"));
    put(f, "a.sta", "third");
    list(f);
    assert_int_equal(settle(f, "a.sta", MT940_SETTLED_ACCEPTED), 0);
    assert_true(exists(f, "archive/a-3.sta"));
    assert_int_equal(settle(f, "../x", MT940_SETTLED_ACCEPTED), MT940_E_ARGUMENT);
    assert_int_equal(settle(f, "a.sta", 99), MT940_E_ARGUMENT);
}

static void settle_leaves_what_came_after_the_reading(void **state)
{
    struct fixture *f = *state;

    f->options.archive = 1;
    put(f, "a.sta", "old");
    open_folder(f);
    list(f);
    assert_int_equal(open_name(f, "a.sta"), 0);
    read_all(f);
    assert_int_equal(f->transport.close(f->transport.user), 0);
    put(f, "new", "new content");
    assert_int_equal(rename(in(f, "new"), in(f, "a.sta")), 0);
    assert_int_equal(settle(f, "a.sta", MT940_SETTLED_ACCEPTED), 0);
    assert_true(exists(f, "a.sta"));
    assert_false(exists(f, "archive/a.sta"));
}

static void each_failure_has_its_text(void **state)
{
    struct fixture *f = *state;
    struct mt940_error error = {.size = sizeof error};
    struct mt940_transport transport;
    char wanted[256];

    assert_int_equal(mt940_folder_transport_open("", NULL, &transport, &error), MT940_E_NOT_CONFIGURED);
    assert_int_equal(mt940_folder_transport_open(NULL, NULL, &transport, &error), MT940_E_NOT_CONFIGURED);
    assert_int_equal(mt940_folder_transport_open(in(f, "none"), NULL, &transport, &error), MT940_E_IO);
    assert_int_equal(error.detail, ENOENT);
    snprintf(wanted, sizeof wanted, "no such folder: %s/none", f->path);
    assert_string_equal(error.text, wanted);
    put(f, "file", "x");
    assert_int_equal(mt940_folder_transport_open(in(f, "file"), NULL, &transport, &error), MT940_E_IO);
    assert_int_equal(error.detail, ENOTDIR);
    snprintf(wanted, sizeof wanted, "this is a file, not a folder: %s/file", f->path);
    assert_string_equal(error.text, wanted);
    assert_int_equal(mkdir(in(f, "closed"), 0700), 0);
    assert_int_equal(chmod(in(f, "closed"), 0), 0);
    if (geteuid() == 0) {
        assert_int_equal(chmod(f->path, 0755), 0);
        assert_int_equal(seteuid(65534), 0);
    }
    int status = mt940_folder_transport_open(in(f, "closed"), NULL, &transport, &error);
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(status, MT940_E_IO);
    assert_int_equal(error.detail, EACCES);
    f->options.archive = 2;
    assert_int_equal(mt940_folder_transport_open(f->path, &f->options, &transport, &error), MT940_E_ARGUMENT);
}

/* A share one may only read: files are received, and moving them fails without harm. */
static void a_read_only_folder_works(void **state)
{
    struct fixture *f = *state;
    int status, moved;

    put(f, "a.sta", "1");
    f->options.archive = 1;
    assert_int_equal(chmod(f->path, 0555), 0);
    if (geteuid() == 0)
        assert_int_equal(seteuid(65534), 0);
    open_folder(f);
    list(f);
    status = open_name(f, "a.sta");
    read_all(f);
    status |= f->transport.close(f->transport.user);
    moved = settle(f, "a.sta", MT940_SETTLED_ACCEPTED);
    if (getuid() == 0)
        assert_int_equal(seteuid(0), 0);
    assert_int_equal(chmod(f->path, 0755), 0);
    assert_int_equal(status, 0);
    assert_int_equal(moved, MT940_E_IO);
    assert_true(exists(f, "a.sta"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(offers_plain_files_in_order_of_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_empty_folder_is_no_error, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reads_bytes_unchanged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_never_paths, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_changes_is_not_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_have_their_own_errors, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settle_leaves_files_by_default, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settle_moves_and_never_overwrites, set_up, tear_down),
        cmocka_unit_test_setup_teardown(settle_leaves_what_came_after_the_reading, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_failure_has_its_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_read_only_folder_works, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

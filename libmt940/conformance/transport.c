/* SPDX-License-Identifier: Apache-2.0
 *
 * transport.c: the kit for transports: every byte of every file, once, and never a cut one.
 */
#include <string.h>

#include "export.h"
#include "kit.h"

static const struct mt940_conformance_transport_options *options_of(const struct mt940_kit *kit)
{
    return kit->subject->options;
}

static void open_one(struct mt940_kit *kit, struct mt940_transport *transport)
{
    memset(transport, 0, sizeof(*transport));
    transport->size = sizeof(*transport);
    int status = options_of(kit)->open(kit->subject->user, transport);
    if (status)
        memset(transport, 0, sizeof(*transport));
    mt940_kit_require(kit, status == 0, "open() returned %d", status);
    bool is_usable = transport->size >= sizeof(*transport) && transport->list && transport->open && transport->read &&
                     transport->close;
    mt940_kit_require(kit, is_usable, "the transport lacks a function, or its size is wrong");
}

static void open_transport(struct mt940_kit *kit)
{
    open_one(kit, &kit->transport);
}

static void close_one(struct mt940_transport *transport)
{
    if (transport->destroy)
        transport->destroy(transport->user);
    memset(transport, 0, sizeof(*transport));
}

static void close_transport(struct mt940_kit *kit)
{
    close_one(&kit->transport);
    close_one(&kit->beside);
}

static void put(struct mt940_kit *kit, const char *name, const void *bytes, size_t length)
{
    int status = options_of(kit)->put(kit->subject->user, name, bytes, length);

    mt940_kit_require(kit, status == 0, "put() returned %d", status);
}

/* --- listing --- */

enum { NAMES = 64 };

struct names {
    struct mt940_kit *kit;
    const char *names[NAMES];
    int64_t bytes[NAMES];
    int count;
    int stop_at;
};

static int note_file(void *user, const struct mt940_remote_file *file)
{
    struct names *names = user;
    char *name = mt940_kit_try_alloc(names->kit, file->name.length + 1);

    if (!name || names->count == NAMES)
        return MT940_E_MEMORY;
    (void)mt940_view_copy(&file->name, name, file->name.length + 1);
    names->names[names->count] = name;
    names->bytes[names->count] = file->bytes;
    return ++names->count == names->stop_at ? 4711 : 0;
}

static struct names list(struct mt940_kit *kit)
{
    struct names names = {.kit = kit};
    int status = kit->transport.list(kit->transport.user, note_file, &names);

    mt940_kit_require(kit, status == 0, "list returned %d", status);
    return names;
}

static int position_of(const struct names *names, const char *name)
{
    int found = -1;

    for (int i = 0; i < names->count; i++)
        if (strcmp(names->names[i], name) == 0)
            found = found < 0 ? i : NAMES;
    return found;
}

static void empty_place(struct mt940_kit *kit)
{
    mt940_kit_require(kit, list(kit).count == 0, "a new place lists files");
}

static void lists_each_once(struct mt940_kit *kit)
{
    static const char *const given[] = {"b.sta", "a.sta", "C.STA", "d 1.txt", "e-ekstre.940"};
    enum { COUNT = sizeof(given) / sizeof(given[0]) };

    for (size_t i = 0; i < COUNT; i++)
        put(kit, given[i], "0123456789", 5 + i);
    struct names first = list(kit);
    struct names second = list(kit);
    for (size_t i = 0; i < COUNT; i++) {
        int at = position_of(&first, given[i]);
        mt940_kit_require(kit, at >= 0 && at < NAMES, "\"%s\" is listed not once", given[i]);
        bool is_size = first.bytes[at] == -1 || first.bytes[at] == (int64_t)(5 + i);
        mt940_kit_require(kit, is_size, "\"%s\" is listed with %lld bytes", given[i], (long long)first.bytes[at]);
        mt940_kit_require(kit, position_of(&second, given[i]) == at, "two listings differ in their order");
    }
    mt940_kit_require(kit, first.count == COUNT, "%d files are listed of %d", first.count, (int)COUNT);
}

static void list_stops(struct mt940_kit *kit)
{
    struct names names = {.kit = kit, .stop_at = 2};

    put(kit, "1.sta", "1", 1);
    put(kit, "2.sta", "2", 1);
    put(kit, "3.sta", "3", 1);
    int status = kit->transport.list(kit->transport.user, note_file, &names);
    mt940_kit_require(kit, status == 4711 && names.count == 2, "list returned %d after %d files when its sink stopped it",
                      status, names.count);
    mt940_kit_require(kit, list(kit).count == 3, "a stopped listing spoils the next one");
}

/* --- reading --- */

static void open_file(struct mt940_kit *kit, const char *name)
{
    struct mt940_view view = mt940_kit_view(name);
    int status = kit->transport.open(kit->transport.user, &view);

    mt940_kit_require(kit, status == 0, "open of a listed file returned %d", status);
}

/* Reads in pieces of at most `piece` bytes and compares. */
static void require_content(struct mt940_kit *kit, const char *name, const char *wanted, size_t length, size_t piece)
{
    char *buffer = mt940_kit_alloc(kit, piece + 1);
    size_t at = 0;

    open_file(kit, name);
    for (;;) {
        buffer[piece] = 0x5A;
        int64_t got = kit->transport.read(kit->transport.user, buffer, piece);
        mt940_kit_require(kit, got >= 0, "read returned %lld", (long long)got);
        mt940_kit_require(kit, (uint64_t)got <= piece && buffer[piece] == 0x5A, "read went beyond the buffer");
        if (got == 0)
            break;
        bool is_same = (uint64_t)got <= length - at && memcmp(buffer, wanted + at, (size_t)got) == 0;
        mt940_kit_require(kit, is_same, "byte %llu or behind it came other than it was put", (unsigned long long)at);
        at += (size_t)got;
    }
    mt940_kit_require(kit, at == length, "%llu bytes came of %llu", (unsigned long long)at, (unsigned long long)length);
    mt940_kit_require(kit, kit->transport.read(kit->transport.user, buffer, piece) == 0, "behind its end a file goes on");
    int status = kit->transport.close(kit->transport.user);
    mt940_kit_require(kit, status == 0, "close of a file read to its end returned %d", status);
}

/* Bytes that text modes, line ends and NULs would change. */
static char *content(struct mt940_kit *kit, size_t length)
{
    char *bytes = mt940_kit_alloc(kit, length + 1);

    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(unsigned char)(i % 7 == 3 ? '\r' : i % 7 == 4 ? '\n' : mt940_kit_random(kit, 256));
    return bytes;
}

static void reads_every_byte(struct mt940_kit *kit)
{
    static const size_t lengths[] = {0, 1, 4095, 4096, 4097, 65536, 300001};
    static const size_t pieces[] = {1, 7, 4096, 1 << 20};

    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        const char *bytes = content(kit, lengths[i]);
        const char *name = mt940_kit_text(kit, "%u.sta", (unsigned)lengths[i]);
        put(kit, name, bytes, lengths[i]);
        for (size_t j = 0; j < sizeof(pieces) / sizeof(pieces[0]); j++)
            if (lengths[i] / pieces[j] < 100000)
                require_content(kit, name, bytes, lengths[i], pieces[j]);
    }
}

/* What was read of a file that was not read to its end is not the file. */
static void close_early_is_told(struct mt940_kit *kit)
{
    char buffer[16];
    const char *bytes = content(kit, 100000);

    put(kit, "long.sta", bytes, 100000);
    open_file(kit, "long.sta");
    int64_t got = kit->transport.read(kit->transport.user, buffer, sizeof(buffer));
    mt940_kit_require(kit, got > 0, "read returned %lld", (long long)got);
    int status = kit->transport.close(kit->transport.user);
    mt940_kit_require(kit, status < 0, "close in the middle of a file returned %d", status);
    require_content(kit, "long.sta", bytes, 100000, 4096);
}

static void replaced_file(struct mt940_kit *kit)
{
    put(kit, "same.sta", "first content", 13);
    require_content(kit, "same.sta", "first content", 13, 64);
    put(kit, "same.sta", "second", 6);
    require_content(kit, "same.sta", "second", 6, 64);
}

static void require_refused(struct mt940_kit *kit, struct mt940_view name)
{
    int status = kit->transport.open(kit->transport.user, &name);

    if (status == 0)
        (void)kit->transport.close(kit->transport.user);
    mt940_kit_require(kit, status < 0, "open of \"%.*s\" returned %d", (int)name.length, name.data, status);
}

/* A name is data: whatever it looks like, it leads to no other place. */
static void names_are_no_paths(struct mt940_kit *kit)
{
    put(kit, "there.sta", "1", 1);
    require_refused(kit, mt940_kit_view("absent.sta"));
    require_refused(kit, mt940_kit_view(""));
    require_refused(kit, mt940_kit_view("."));
    require_refused(kit, mt940_kit_view(".."));
    require_refused(kit, mt940_kit_view("../there.sta"));
    require_refused(kit, mt940_kit_view("./there.sta"));
    require_refused(kit, mt940_kit_view("/etc/passwd"));
    require_refused(kit, mt940_kit_view("there.sta/"));
    require_refused(kit, mt940_kit_view("there.sta\r"));
    require_refused(kit, (struct mt940_view){"there.sta\0x", 11});
    require_content(kit, "there.sta", "1", 1, 8);
}

static void after_settling(struct mt940_kit *kit)
{
    static const int32_t settlements[] = {MT940_SETTLED_ACCEPTED, MT940_SETTLED_DUPLICATE, MT940_SETTLED_REJECTED,
                                          MT940_SETTLED_INCOMPLETE};
    struct mt940_transport *transport = &kit->transport;

    if (!transport->settle)
        mt940_kit_skip(kit, "the transport does not want to be told");
    for (int i = 0; i < 4; i++)
        put(kit, mt940_kit_text(kit, "%d.sta", i), "12345", 5);
    (void)list(kit);
    for (int i = 0; i < 4; i++) {
        const char *name = mt940_kit_text(kit, "%d.sta", i);
        struct mt940_view view = mt940_kit_view(name);
        require_content(kit, name, "12345", 5, 8);
        int status = transport->settle(transport->user, &view, settlements[i]);
        mt940_kit_require(kit, status == 0, "settle with %d returned %d", (int)settlements[i], status);
    }
    struct names names = list(kit);
    int at = position_of(&names, "3.sta");
    mt940_kit_require(kit, at >= 0 && at < NAMES, "a file to be tried again is no longer listed");
    require_content(kit, "3.sta", "12345", 5, 8);
}

/* What happens to one file is no matter of the others. */
static void settling_spares_others(struct mt940_kit *kit)
{
    struct mt940_transport *transport = &kit->transport;
    struct mt940_view name = mt940_kit_view("b.sta");

    if (!transport->settle)
        mt940_kit_skip(kit, "the transport does not want to be told");
    put(kit, "a.sta", "aa", 2);
    put(kit, "b.sta", "bb", 2);
    put(kit, "c.sta", "cc", 2);
    (void)list(kit);
    require_content(kit, "b.sta", "bb", 2, 8);
    int status = transport->settle(transport->user, &name, MT940_SETTLED_ACCEPTED);
    mt940_kit_require(kit, status == 0, "settle returned %d", status);
    struct names names = list(kit);
    for (int i = 0; i < 2; i++) {
        const char *other = i ? "c.sta" : "a.sta";
        int at = position_of(&names, other);
        mt940_kit_require(kit, at >= 0 && at < NAMES, "\"%s\" is gone, and nobody settled it", other);
        require_content(kit, other, i ? "cc" : "aa", 2, 8);
    }
}

/* --- many files, strange names, two readers, wrong calls --- */

enum { MANY = 500 };

struct many {
    unsigned char seen[MANY];
    int strange;
};

static int tick_off(void *user, const struct mt940_remote_file *file)
{
    struct many *many = user;
    unsigned number = 0;

    if (file->name.length != 8)
        return ++many->strange, 0;
    for (size_t i = 0; i < 4; i++)
        number = number * 10 + (unsigned)(file->name.data[i] - '0');
    if (number < MANY)
        many->seen[number]++;
    else
        many->strange++;
    return 0;
}

static void many_files(struct mt940_kit *kit)
{
    struct many *many = mt940_kit_alloc(kit, sizeof(*many));

    for (unsigned i = 0; i < MANY; i++)
        put(kit, mt940_kit_text(kit, "%04u.sta", i), "x", 1);
    int status = kit->transport.list(kit->transport.user, tick_off, many);
    mt940_kit_require(kit, status == 0 && many->strange == 0, "list returned %d, %d names were never put", status,
                      many->strange);
    for (unsigned i = 0; i < MANY; i++)
        mt940_kit_require(kit, many->seen[i] == 1, "file %u of %d is listed %d times", i, (int)MANY, many->seen[i]);
}

/* Names that encodings, shells, wildcards and format strings would change. */
static void odd_names(struct mt940_kit *kit)
{
    static const char *const given[] = {"a b  c.sta", "100%25.sta", "%s%n.sta", "a;type=a.sta", "#1?.sta", "-la.sta",
                                        "*.sta", "[a-c].sta", "a'b\"c.sta", "C:a.sta", "a -> b.sta",
                                        "\xC3\x96zet a\xC4\x9Fustos \xC4\xB0.sta"};
    enum { COUNT = sizeof(given) / sizeof(given[0]) };
    char longest[201];

    memset(longest, 'n', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = '\0';
    put(kit, longest, "long", 4);
    for (size_t i = 0; i < COUNT; i++)
        put(kit, given[i], given[i], strlen(given[i]));
    struct names names = list(kit);
    for (size_t i = 0; i < COUNT; i++) {
        int at = position_of(&names, given[i]);
        mt940_kit_require(kit, at >= 0 && at < NAMES, "\"%s\" is not listed once", given[i]);
        require_content(kit, given[i], given[i], strlen(given[i]), 16);
    }
    require_content(kit, longest, "long", 4, 16);
}

/* A file replaced under a reader is told, or comes as it was: never the one half and the other. */
static void replaced_under_a_reader(struct mt940_kit *kit)
{
    enum { LENGTH = 200000 };
    char *before = mt940_kit_alloc(kit, LENGTH), *after = mt940_kit_alloc(kit, LENGTH);
    char *got = mt940_kit_alloc(kit, LENGTH + 1);
    int64_t count = 1;
    size_t at = 0;

    memset(before, 'b', LENGTH);
    memset(after, 'a', LENGTH);
    put(kit, "a.sta", before, LENGTH);
    open_file(kit, "a.sta");
    for (int i = 0; count > 0 && at < LENGTH + 1; i++, at += count > 0 ? (size_t)count : 0) {
        size_t room = LENGTH + 1 - at;
        count = kit->transport.read(kit->transport.user, got + at, room < 5000 ? room : 5000);
        if (i == 0)
            put(kit, "a.sta", after, LENGTH);
    }
    int status = kit->transport.close(kit->transport.user);
    bool is_old = at == LENGTH && memcmp(got, before, LENGTH) == 0;
    mt940_kit_require(kit, count < 0 || status < 0 || is_old,
                      "%llu bytes of a file that was replaced meanwhile came as a whole one", (unsigned long long)at);
    require_content(kit, "a.sta", after, LENGTH, 4096);
}

static void two_readers(struct mt940_kit *kit)
{
    struct mt940_view a = mt940_kit_view("a.sta"), b = mt940_kit_view("b.sta");
    struct mt940_transport *one = &kit->transport, *other = &kit->beside;
    char buffer[8];

    put(kit, "a.sta", "aaaa", 4);
    put(kit, "b.sta", "bbbb", 4);
    open_one(kit, other);
    mt940_kit_require(kit, one->open(one->user, &a) == 0 && other->open(other->user, &b) == 0,
                      "two connections cannot read at once");
    for (int i = 0; i < 2; i++) {
        bool is_a = one->read(one->user, buffer, 2) == 2 && memcmp(buffer, "aa", 2) == 0;
        bool is_b = other->read(other->user, buffer, 2) == 2 && memcmp(buffer, "bb", 2) == 0;
        mt940_kit_require(kit, is_a && is_b, "two connections disturb each other");
    }
    mt940_kit_require(kit, one->close(one->user) == 0 && other->close(other->user) == 0,
                      "close returned a failure where two connections read");
}

static void wrong_order(struct mt940_kit *kit)
{
    const struct mt940_transport *transport = &kit->transport;
    struct mt940_view second = mt940_kit_view("2.sta");
    char buffer[8];

    put(kit, "1.sta", "1111", 4);
    put(kit, "2.sta", "2222", 4);
    mt940_kit_require(kit, transport->read(transport->user, buffer, 8) < 0, "read gives bytes, and nothing is open");
    mt940_kit_require(kit, transport->close(transport->user) < 0, "close is fine, and nothing is open");
    open_file(kit, "1.sta");
    mt940_kit_require(kit, transport->open(transport->user, &second) < 0, "a second file opens beside the first");
    int64_t got = transport->read(transport->user, buffer, 8);
    mt940_kit_require(kit, got == 4 && memcmp(buffer, "1111", 4) == 0, "a refused open disturbs the open file");
    mt940_kit_require(kit, transport->read(transport->user, buffer, 8) == 0 && transport->close(transport->user) == 0,
                      "a refused open disturbs the end of the open file");
}

/* Terminals and log files obey control bytes. */
static void clean_words(struct mt940_kit *kit)
{
    const struct mt940_transport *transport = &kit->transport;
    struct mt940_view name = mt940_kit_view("x\x1B[2J\r\n.sta");

    if (!transport->last_error)
        mt940_kit_skip(kit, "the transport has no words for its failures");
    require_refused(kit, name);
    const char *text = transport->last_error(transport->user);
    mt940_kit_require(kit, text && text[0], "a failure without words");
    for (; *text; text++)
        mt940_kit_require(kit, (unsigned char)*text >= 0x20 && *text != 0x7F, "words with the control byte %d", *text);
}

static void reopened(struct mt940_kit *kit)
{
    put(kit, "a.sta", "123", 3);
    close_transport(kit);
    open_transport(kit);
    mt940_kit_require(kit, list(kit).count == 1, "another connection lists other files");
    require_content(kit, "a.sta", "123", 3, 2);
}

static const struct mt940_kit_check checks[] = {
    {"empty-place", "Where nothing is, nothing is listed.", empty_place},
    {"lists-each-once", "Every file is listed once, with its size or -1, in the same order each time.", lists_each_once},
    {"list-stops", "A sink's non-zero return stops list and comes back unchanged.", list_stops},
    {"reads-every-byte", "Files of all lengths come to the byte in pieces of all sizes.", reads_every_byte},
    {"close-early-is-told", "close() in the middle of a file is a failure, and spoils nothing.", close_early_is_told},
    {"replaced-file", "A file that was replaced comes with its new content.", replaced_file},
    {"names-are-no-paths", "A name that is not listed is refused, whatever it looks like.", names_are_no_paths},
    {"after-settling", "Every settlement is taken; a file to be tried again stays.", after_settling},
    {"settling-spares-others", "What one file's settlement moves is that file.", settling_spares_others},
    {"many-files", "Hundreds of files are listed, each once.", many_files},
    {"odd-names", "Names come back byte for byte, whatever an encoding would make of them.", odd_names},
    {"replaced-under-reader", "A file replaced under its reader is told, or comes as it was.", replaced_under_a_reader},
    {"two-readers", "Two connections read at once.", two_readers},
    {"wrong-order", "read, close and a second open at the wrong time are refused and spoil nothing.", wrong_order},
    {"clean-words", "The words of a failure have no control bytes.", clean_words},
    {"reopened", "Another connection finds the same.", reopened},
    {NULL, NULL, NULL},
};

MT940_EXPORT int mt940_conformance_transport(const struct mt940_conformance_transport_options *options,
                                             struct mt940_conformance_report *report)
{
    static const struct mt940_kit_check *const groups[] = {checks, NULL};

    if (!options || !mt940_kit_is_usable(options, options->size, sizeof(*options)) || !options->create ||
        !options->put || !options->open)
        return MT940_E_ARGUMENT;
    struct mt940_kit_subject subject = {.options = options,
                                        .user = options->user,
                                        .create = options->create,
                                        .destroy = options->destroy,
                                        .checked = options->checked,
                                        .only = options->only,
                                        .begin = open_transport,
                                        .end = close_transport};
    return mt940_kit_run(&subject, groups, report);
}

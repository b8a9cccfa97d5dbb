/* SPDX-License-Identifier: Apache-2.0
 *
 * secret.c: reads secrets where people keep them: the environment, a private file, a .netrc. Must
 * not know whom they are for.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export.h"
#include "locked.h"
#include "mt940connect/adapters/curl.h"

#define LARGEST_FILE 65536

/* Copies what may be a secret; longer ones are refused, never cut. */
static int hand_over(const char *text, size_t length, char *buffer, size_t capacity)
{
    if (length > capacity)
        return MT940_E_LIMIT;
    memcpy(buffer, text, length);
    return (int)length;
}

static int from_environment(const char *name, char *buffer, size_t capacity)
{
    const char *value = getenv(name);

    return value == NULL ? MT940_E_NOT_FOUND : hand_over(value, strlen(value), buffer, capacity);
}

/* A plain file of ours (or root's) that nobody else can read or write. */
static int is_private(int file)
{
    struct stat info;

    return fstat(file, &info) == 0 && S_ISREG(info.st_mode) && (info.st_mode & (S_IRWXG | S_IRWXO)) == 0 &&
           (info.st_uid == geteuid() || info.st_uid == 0);
}

/* Reads a private file into locked memory; its length, or a status. */
static int64_t read_private(const char *path, struct locked *locked)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int64_t length = 0;
    ssize_t got = 1;

    if (file < 0)
        return errno == ENOENT ? MT940_E_NOT_FOUND : MT940_E_IO;
    if (!is_private(file))
        length = MT940_E_UNVERIFIED;
    else if (!locked_take(locked, LARGEST_FILE))
        length = MT940_E_MEMORY;
    while (length >= 0 && length < LARGEST_FILE && got > 0) {
        got = read(file, locked->bytes + length, (size_t)(LARGEST_FILE - length));
        if (got > 0)
            length += got;
        else if (got < 0)
            length = MT940_E_IO;
    }
    close(file);
    return length == LARGEST_FILE ? MT940_E_LIMIT : length;
}

static int from_file(const char *path, char *buffer, size_t capacity)
{
    struct locked locked = {NULL, 0};
    int64_t length = read_private(path, &locked);
    int status = (int)length;

    if (length >= 0) {
        const char *end = memchr(locked.bytes, '\n', (size_t)length);
        size_t line = end == NULL ? (size_t)length : (size_t)(end - locked.bytes);

        if (line > 0 && locked.bytes[line - 1] == '\r')
            line--;
        status = hand_over(locked.bytes, line, buffer, capacity);
    }
    locked_give(&locked);
    return status;
}

/* ---- .netrc: words "machine NAME login NAME password WORD", and "default" for any machine ---- */

struct entry {
    struct mt940_view machine, login;     /* wanted */
    int this_machine, this_login;         /* what was read last fits */
    struct mt940_view password;           /* of the machine that is being read */
};

static int is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Cuts the next word off; "…" may hold blanks. 0 = there is none. */
static int next_word(struct mt940_view *rest, struct mt940_view *word)
{
    size_t at = 0, begin;
    int quoted;

    while (at < rest->length && is_blank(rest->data[at]))
        at++;
    if (at == rest->length)
        return 0;
    quoted = rest->data[at] == '"';
    at += (size_t)quoted;
    for (begin = at; at < rest->length && (quoted ? rest->data[at] != '"' : !is_blank(rest->data[at])); at++)
        ;
    word->data = rest->data + begin;
    word->length = at - begin;
    at += quoted && at < rest->length;
    rest->data += at;
    rest->length -= at;
    return 1;
}

static int is(const struct mt940_view *word, const char *text)
{
    return word->length == strlen(text) && memcmp(word->data, text, word->length) == 0;
}

/* Takes the next words into the entry; 1 = go on. */
static int read_entry(struct mt940_view *rest, struct entry *entry)
{
    struct mt940_view word, value;

    if (!next_word(rest, &word))
        return 0;
    if (is(&word, "default")) {
        entry->this_machine = 1;
        entry->this_login = 0;
        return 1;
    }
    if (!next_word(rest, &value))
        return 0;
    if (is(&word, "machine")) {
        entry->this_machine = mt940_view_equal(&value, &entry->machine);
        entry->this_login = 0;
        entry->password.length = 0;
        entry->password.data = NULL;
    } else if (is(&word, "login")) {
        entry->this_login = mt940_view_equal(&value, &entry->login);
    } else if (is(&word, "password")) {
        entry->password = value;
    }
    return 1;
}

static int from_netrc_text(const char *text, size_t length, struct entry *entry, char *buffer, size_t capacity)
{
    struct mt940_view rest = {text, length};

    while (read_entry(&rest, entry))
        if (entry->this_machine && entry->this_login && entry->password.data != NULL)
            return hand_over(entry->password.data, entry->password.length, buffer, capacity);
    return MT940_E_NOT_FOUND;
}

/* Path of the file, for free(). */
static char *netrc_path(void)
{
    static const char name[] = "/.netrc";
    const char *set = getenv("NETRC");
    const char *home = getenv("HOME");
    size_t length;
    char *path;

    if (set != NULL)
        return strdup(set);
    if (home == NULL)
        return NULL;
    length = strlen(home);
    path = malloc(length + sizeof name);
    if (path != NULL) {
        memcpy(path, home, length);
        memcpy(path + length, name, sizeof name);
    }
    return path;
}

/* `who` is "LOGIN@MACHINE"; a login may hold '@', a machine cannot. */
static int from_netrc(const char *who, char *buffer, size_t capacity)
{
    const char *sign = strrchr(who, '@');
    struct locked locked = {NULL, 0};
    struct entry entry = {{NULL, 0}, {NULL, 0}, 0, 0, {NULL, 0}};
    char *path = sign == NULL ? NULL : netrc_path();
    int64_t length;
    int status;

    if (sign == NULL)
        return MT940_E_ARGUMENT;
    if (path == NULL)
        return MT940_E_NOT_FOUND;
    entry.login.data = who;
    entry.login.length = (size_t)(sign - who);
    mt940_view_from_string(sign + 1, &entry.machine);
    length = read_private(path, &locked);
    status = length < 0 ? (int)length : from_netrc_text(locked.bytes, (size_t)length, &entry, buffer, capacity);
    locked_give(&locked);
    free(path);
    return status;
}

static int get(void *user, const char *reference, char *buffer, size_t capacity)
{
    static const struct {
        const char *prefix;
        int (*get)(const char *rest, char *buffer, size_t capacity);
    } places[] = {{"env:", from_environment}, {"file:", from_file}, {"netrc://", from_netrc}};

    (void)user;
    for (size_t i = 0; reference != NULL && i < sizeof places / sizeof *places; i++) {
        size_t length = strlen(places[i].prefix);

        if (strncmp(reference, places[i].prefix, length) == 0)
            return places[i].get(reference + length, buffer, capacity);
    }
    return MT940_E_ARGUMENT;
}

MT940_EXPORT void mt940_curl_secret_port(struct mt940_secret *out)
{
    out->size = sizeof *out;
    out->user = NULL;
    out->get = get;
}

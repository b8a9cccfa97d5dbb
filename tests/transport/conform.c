/* SPDX-License-Identifier: Apache-2.0
 *
 * conform.c: hands the kit a server: files appear in its folder as a bank's program lets them.
 */
#define _POSIX_C_SOURCE 200809L
#include "conform.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mt940connect/conformance.h"

struct place {
    const char *address;
    const struct mt940_curl_options *options;
    const char *folder;
};

static int create(void *user)
{
    const struct place *place = user;
    DIR *folder = opendir(place->folder);
    const struct dirent *entry;

    if (folder == NULL)
        return -1;
    while ((entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.')
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    return closedir(folder);
}

static int put(void *user, const char *name, const void *bytes, size_t length)
{
    const struct place *place = user;
    char part[400], whole[400];
    FILE *file;
    size_t written;

    snprintf(part, sizeof part, "%s/.%s", place->folder, name);
    snprintf(whole, sizeof whole, "%s/%s", place->folder, name);
    file = fopen(part, "wb");
    if (file == NULL)
        return -1;
    written = fwrite(bytes, 1, length, file);
    return fclose(file) != 0 || written != length || chmod(part, 0644) != 0 || rename(part, whole) != 0;
}

static int open_server(void *user, struct mt940_transport *out)
{
    const struct place *place = user;

    return mt940_curl_transport_open(place->address, place->options, out, NULL);
}

static void print_check(void *user, const char *check, int32_t outcome, const char *text)
{
    (void)user;
    printf("%s %s %s\n", outcome == 1 ? "passed" : outcome == 0 ? "FAILED" : "skipped", check, text);
}

int conform(const char *address, const struct mt940_curl_options *options, const char *folder)
{
    struct place place = {address, options, folder};
    struct mt940_conformance_transport_options kit = {.size = sizeof kit, .user = &place, .create = create,
                                                      .put = put, .open = open_server, .checked = print_check};
    struct mt940_conformance_report report = {.size = sizeof report};

    return mt940_conformance_transport(&kit, &report);
}

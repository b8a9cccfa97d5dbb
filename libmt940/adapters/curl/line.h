/* SPDX-License-Identifier: Apache-2.0
 *
 * line.h: one line of a server's listing.
 */
#ifndef MT940_CURL_LINE_H
#define MT940_CURL_LINE_H

#include "mt940connect/ports.h"

/* In what form a server answers. */
enum line_form {
    LINE_FACTS, /* MLSD: "type=file;size=12;modify=20260715102030; name" (RFC 3659) */
    LINE_LONG,  /* LIST: as ls -l writes it, or DIR of Windows */
    LINE_NAMES  /* NLST: names alone */
};

enum line_kind {
    LINE_NOTHING, /* empty, or "total 12" */
    LINE_FILE,
    LINE_OTHER, /* a folder, a link, a device */
    LINE_UNREADABLE
};

struct line {
    int kind;
    struct mt940_view name; /* into the text; any bytes */
    int64_t bytes;          /* -1 = not said */
    int64_t modified;       /* seconds since 1970, -1 = not said; UTC but for LIST, whose zone nobody knows */
};

/* Reads one line without its end. Total: every text gives a kind. LIST leaves out years that `now` tells. */
void line_read(enum line_form form, const char *text, size_t length, int64_t now, struct line *out);

#endif

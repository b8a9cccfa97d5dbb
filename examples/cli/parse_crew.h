/* SPDX-License-Identifier: Apache-2.0
 *
 * parse_crew.h: statements over several threads; lines and findings come out as one thread would say them, in the order of
 * the stream. docs/decisions/0029-a-crew-for-parse.md.
 */
#ifndef CLI_PARSE_CREW_H
#define CLI_PARSE_CREW_H

#include "parse_work.h"

/*
 * Statements that make one job come to PARSE_JOB bytes, where each counts PARSE_EACH more than it has: the memory of a short
 * one is mostly that. Those that were taken and have not gone out come to PARSE_ROOM bytes at most; one of more than half
 * of that is not for the crew.
 */
enum { PARSE_JOB = 65536, PARSE_EACH = 2048, PARSE_ROOM = 1 << 22 };

struct parse_crew;

/* NULL where no thread could be started. */
struct parse_crew *parse_crew_new(const struct parse_call *call, int threads);
/*
 * Takes the statement that `stream` is handing out. `bytes` are copied; `file` stays until it has gone out. Others may
 * go out meanwhile.
 */
void parse_crew_take(struct parse_crew *crew, struct mt940_stream *stream, const char *file,
                     const struct mt940_page *pages, size_t count, const struct parse_bytes *bytes);
/* All that was taken goes out. NULL is allowed here and below. */
void parse_crew_finish(struct parse_crew *crew);
/* After parse_crew_finish(). */
void parse_crew_free(struct parse_crew *crew);

#endif

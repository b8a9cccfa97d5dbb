/* SPDX-License-Identifier: Apache-2.0
 *
 * receive.h: one file on its way into the inbox.
 */
#ifndef MT940_FLOW_RECEIVE_H
#define MT940_FLOW_RECEIVE_H

#include "flow/arrival.h"
#include "flow/known.h"
#include "flow/plan.h"
#include "flow/taken.h"

enum { MT940_FILE_ARGS = 2 };

/* A file of so many movements is a commit of its own; smaller ones share one until they have as many. */
enum { MT940_RECEIVE_MOVEMENTS = 100 };

/* A received file, its reading and its outcome. Lives in `keep`, not in the scratch memory. */
struct mt940_receiving {
    struct mt940_flow *flow;
    struct mt940_arena keep;
    const struct mt940_transport *transport;
    struct mt940_taken_listing listed; /* under the name the transport knows */
    struct mt940_view shown_name; /* as text, for the store */
    struct mt940_view connection;
    char *bytes;
    size_t length, capacity;
    char digest[65];
    struct mt940_document *document;
    struct mt940_whole *wholes;
    size_t whole_count;
    size_t complete_count;
    struct mt940_finding *findings; /* the document's and the flow's */
    size_t finding_count, finding_capacity;
    size_t document_findings; /* how many of them are the document's */
    struct mt940_message_arg args[MT940_FILE_ARGS];
    struct mt940_received result;
};

/* Reads the file; `*store` when it brings something, else receiving->result says why not. 0 or a failure. */
int mt940_receive_file(struct mt940_receiving *receiving, bool *store);
/*
 * Stores files that were read, small ones in one commit; decides again, file by file, when another writer was
 * faster. Fills their results. 0 or a failure of the store.
 */
int mt940_receive_store(struct mt940_receiving *const *files, size_t count);
/* Sets the outcome, with one argument (may be NULL). */
void mt940_receive_outcome(struct mt940_receiving *receiving, int32_t settlement, int32_t message,
                           const struct mt940_message_arg *arg);
/* Adds a finding of the flow's own about a statement. */
int mt940_receive_find(struct mt940_receiving *receiving, int32_t message, int32_t severity,
                       const struct mt940_whole *whole, const struct mt940_message_arg *args, size_t count);

#endif

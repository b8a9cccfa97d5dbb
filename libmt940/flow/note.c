/* SPDX-License-Identifier: Apache-2.0
 *
 * note.c: keeps findings with their arguments. Must not know what they mean.
 */
#include "flow/note.h"

#include <string.h>

/* More than a person reads; the rest is only counted, so that a hostile file costs no memory. */
enum { notes_most = 1000 };

void mt940_notes_init(struct mt940_notes *notes, struct mt940_flow *flow)
{
    memset(notes, 0, sizeof *notes);
    notes->flow = flow;
}

static int copy_args(struct mt940_notes *notes, struct mt940_dbs_finding *finding)
{
    struct mt940_arena *scratch = &notes->flow->scratch;
    struct mt940_message_arg *args = mt940_arena_alloc(scratch, (finding->arg_count + 1) * sizeof *args);
    int status = 0;

    if (!args)
        return scratch->status;
    for (size_t i = 0; i < finding->arg_count && status == 0; i++) {
        args[i] = finding->args[i];
        status = mt940_arena_view(scratch, &finding->args[i].text, &args[i].text);
    }
    finding->args = args;
    return status;
}

int mt940_notes_add(struct mt940_notes *notes, const struct mt940_dbs_finding *finding)
{
    static const struct mt940_dbs_finding more = {MT940_M_TOO_MANY_FINDINGS, MT940_WARNING, 0, 0, NULL, 0};
    void *list = notes->list;
    struct mt940_dbs_finding copy = notes->count < notes_most ? *finding : more;
    int status;

    notes->errors += finding->severity == MT940_ERROR;
    if (notes->count > notes_most)
        return 0;
    status = mt940_memory_reserve(&notes->flow->memory, &list, &notes->capacity, notes->count + 1,
                                      sizeof *notes->list);

    notes->list = list;
    if (status == 0)
        status = copy_args(notes, &copy);
    if (status)
        return status;
    notes->list[notes->count++] = copy;
    return 0;
}

int mt940_notes_say(struct mt940_notes *notes, int32_t message, uint32_t line, const struct mt940_message_arg *args,
                    size_t count)
{
    const struct mt940_dbs_finding finding = {message, mt940_message_severity(message), line, 0, args, count};

    return mt940_notes_add(notes, &finding);
}

int mt940_notes_tell(const struct mt940_notes *notes, mt940_dbs_finding_sink sink, void *sink_user)
{
    int status = 0;

    for (size_t i = 0; sink && i < notes->count && status == 0; i++)
        status = sink(sink_user, &notes->list[i]);
    return status;
}

void mt940_notes_end(struct mt940_notes *notes)
{
    mt940_memory_free(&notes->flow->memory, notes->list, notes->capacity * sizeof *notes->list);
    notes->list = NULL;
    notes->count = notes->capacity = 0;
}

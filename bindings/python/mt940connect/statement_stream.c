/* SPDX-License-Identifier: Apache-2.0
 *
 * statement_stream.c: a queue between the stream, which runs without the GIL, and Python, which takes what is in it.
 */
#include "statement_stream.h"

#include <string.h>

#include "statement_id.h"

struct mt940py_pages {
    struct mt940_pages *kept;
    const struct mt940_page *pages;
    size_t count;
    struct mt940py_pages *next;
};

struct mt940py_stream {
    struct mt940_stream *stream;
    struct mt940py_pages *first, **end; /* what waits, oldest first, and where the next one goes */
    int32_t *refused;
};

static int on_statement(void *user, const struct mt940_page *pages, size_t count)
{
    struct mt940py_stream *stream = user;
    struct mt940py_pages *taken = PyMem_RawCalloc(1, sizeof(*taken));
    if (!taken || mt940_stream_keep(stream->stream, &taken->kept, NULL)) {
        PyMem_RawFree(taken);
        return 1;
    }
    taken->pages = pages;
    taken->count = count;
    *stream->end = taken;
    stream->end = &taken->next;
    return 0;
}

void mt940py_pages_free(struct mt940py_pages *pages)
{
    mt940_pages_free(pages->kept);
    PyMem_RawFree(pages);
}

struct mt940py_pages *mt940py_stream_take(struct mt940py_stream *stream)
{
    struct mt940py_pages *taken = stream->first;
    if (!taken)
        return NULL;
    stream->first = taken->next;
    if (!stream->first)
        stream->end = &stream->first;
    return taken;
}

void mt940py_stream_free(struct mt940py_stream *stream)
{
    struct mt940py_pages *waiting;
    while ((waiting = mt940py_stream_take(stream)) != NULL)
        mt940py_pages_free(waiting);
    mt940_stream_free(stream->stream);
    PyMem_RawFree(stream->refused);
    PyMem_RawFree(stream);
}

int mt940py_stream_new(const struct mt940_statement_options *options, const int32_t *refused, size_t refused_count,
                       struct mt940py_stream **out, struct mt940_error *error)
{
    struct mt940py_stream *stream = PyMem_RawCalloc(1, sizeof(*stream));
    struct mt940_stream_handler handler = {sizeof(handler), stream, on_statement};
    struct mt940_statement_options own = *options;
    int status = MT940_E_MEMORY;
    if (!stream)
        return status;
    stream->end = &stream->first;
    stream->refused = PyMem_RawCalloc(refused_count + 1, sizeof(*refused));
    if (stream->refused) {
        memcpy(stream->refused, refused, refused_count * sizeof(*refused));
        own.refused_repairs = stream->refused;
        own.refused_repair_count = refused_count;
        status = mt940_stream_new(&own, NULL, &handler, &stream->stream, error);
    }
    if (status)
        mt940py_stream_free(stream);
    else
        *out = stream;
    return status;
}

/* The handler refuses for want of memory only. */
static int judge(int status)
{
    return status == MT940_E_CALLBACK ? MT940_E_MEMORY : status;
}

int mt940py_stream_feed(struct mt940py_stream *stream, const void *bytes, size_t length, struct mt940_error *error)
{
    return judge(mt940_stream_feed(stream->stream, bytes, length, error));
}

int mt940py_stream_finish(struct mt940py_stream *stream, struct mt940_error *error)
{
    return judge(mt940_stream_finish(stream->stream, error));
}

size_t mt940py_pages_count(const struct mt940py_pages *pages)
{
    return pages->count;
}

const struct mt940_statement *mt940py_pages_statement(const struct mt940py_pages *pages, size_t page)
{
    return page < pages->count ? pages->pages[page].statement : NULL;
}

const struct mt940_finding *mt940py_pages_finding(const struct mt940py_pages *pages, size_t page, size_t index)
{
    if (page >= pages->count || index >= pages->pages[page].finding_count)
        return NULL;
    return &pages->pages[page].findings[index];
}

static PyObject *names_of(const struct mt940py_pages *pages, const char *owner, mt940py_name_movements *name)
{
    size_t count = pages->count > 0 && !pages->pages[0].statement ? 0 : pages->count;
    const struct mt940_statement **statements = PyMem_Calloc(pages->count + 1, sizeof(*statements));
    if (!statements)
        return PyErr_NoMemory();
    for (size_t i = 0; i < count; i++)
        statements[i] = pages->pages[i].statement;
    PyObject *list = count > 0 ? mt940py_names(statements, count, owner, name) : PyList_New(0);
    PyMem_Free(statements);
    return list;
}

PyObject *mt940py_pages_ids(const struct mt940py_pages *pages, const char *company)
{
    return names_of(pages, company, mt940_statement_ids);
}

PyObject *mt940py_pages_second_keys(const struct mt940py_pages *pages, const char *account)
{
    return names_of(pages, account, mt940_statement_second_keys);
}

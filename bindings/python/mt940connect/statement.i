/* SPDX-License-Identifier: Apache-2.0
 *
 * statement.i: documents, their statements, movements and findings; what others may see of them.
 */
%makes(struct mt940_document)

/* A list of message numbers: the repairs that are refused. */
%typemap(in) (const int32_t *refused, size_t refused_count) (int32_t *numbers = NULL) {
    numbers = mt940py_int32_list($input, &$2);
    if (!numbers)
        SWIG_fail;
    $1 = numbers;
}
%typemap(freearg) (const int32_t *refused, size_t refused_count) {
    PyMem_Free(numbers$argnum);
}

/* Callbacks and borrowed pointers have their own ways into Python (document.h). */
%ignore mt940_handler;
%ignore mt940_reader_new;
%ignore mt940_reader_feed;
%ignore mt940_reader_finish;
%ignore mt940_reader_free;
%ignore mt940_reader;
%ignore mt940_input;
%ignore mt940_document_parse;
%ignore mt940_document_free;
%ignore mt940_statement_options_init;
%ignore mt940_statement_options::size;
%ignore mt940_statement_options::refused_repairs;
%ignore mt940_statement_options::refused_repair_count;
%ignore mt940_statement::entries;
%ignore mt940_entry;
%ignore mt940_statement::fields;
%ignore mt940_trailer::forward;
%ignore mt940_trailer::totals;
%ignore mt940_finding::args;
%ignore mt940_finding::arg_count;
%ignore mt940_account_split;
%ignore mt940_narrative_text;
%ignore mt940_statement_ids;
%ignore mt940_statement_second_keys;
%rename("$ignore", regextarget=1, fullname=1) "::reserved[0-9]*$";

%feature("immutable", "0") mt940_statement_options::charset;
%feature("immutable", "0") mt940_statement_options::strict;
%feature("immutable", "0") mt940_statement_options::max_bytes;
%feature("immutable", "0") mt940_statement_options::max_field;
%feature("immutable", "0") mt940_statement_options::max_entries;
%feature("immutable", "0") mt940_statement_options::max_statements;
%feature("immutable", "0") mt940_statement_options::max_findings;
%feature("immutable", "0") mt940_statement_options::max_memory;
%feature("immutable", "0") mt940_statement_options::chains;
%feature("immutable", "0") mt940_statement_options::any_line_ends;

%include "mt940connect/statement.h"

struct mt940_document {
};
%extend mt940_document {
    ~mt940_document()
    {
        mt940_document_free($self);
    }
}

%extend mt940_statement_options {
    mt940_statement_options()
    {
        struct mt940_statement_options *options = PyMem_Malloc(sizeof(*options));
        if (options)
            mt940_statement_options_init(options);
        return options;
    }
    ~mt940_statement_options()
    {
        PyMem_Free($self);
    }
}

/* Elements of arrays by index; None past the last. */
%extend mt940_statement {
    const struct mt940_raw_field *field(size_t index)
    {
        return index < $self->field_count ? &$self->fields[index] : NULL;
    }
    const struct mt940_balance *forward(size_t index)
    {
        return index < $self->trailer.forward_count ? &$self->trailer.forward[index] : NULL;
    }
    const struct mt940_total *total(size_t index)
    {
        return index < $self->trailer.total_count ? &$self->trailer.totals[index] : NULL;
    }
}

/* Only the options: the rest is one function that returns bytes (anonymise.h). */
%ignore mt940_anonymise_options::size;
%ignore mt940_anonymise_options_init;
%ignore mt940_anonymiser;
%ignore mt940_anonymiser_new;
%ignore mt940_anonymiser_feed;
%ignore mt940_anonymiser_finish;
%ignore mt940_anonymiser_free;
%ignore mt940_anonymise;
%feature("immutable", "0") mt940_anonymise_options::seed;
%feature("immutable", "0") mt940_anonymise_options::max_field;
%include "mt940connect/anonymise.h"
%extend mt940_anonymise_options {
    mt940_anonymise_options()
    {
        struct mt940_anonymise_options *options = PyMem_Malloc(sizeof(*options));
        if (options)
            mt940_anonymise_options_init(options);
        return options;
    }
    ~mt940_anonymise_options()
    {
        PyMem_Free($self);
    }
}

%makes(struct mt940py_stream)
struct mt940py_stream {
};
%extend mt940py_stream {
    ~mt940py_stream()
    {
        mt940py_stream_free($self);
    }
}
struct mt940py_pages {
};
%extend mt940py_pages {
    ~mt940py_pages()
    {
        mt940py_pages_free($self);
    }
}
%newobject mt940py_stream_take;
%ignore mt940py_stream_free;
%ignore mt940py_pages_free;
%thread mt940py_stream_feed;
%thread mt940py_stream_finish;
%include "statement_stream.h"

%thread mt940py_document_parse;
%ignore mt940py_int32_list;
%include "document.h"
%include "anonymise.h"
%include "statement_writer.h"
%include "text.h"
%include "envelope.h"
%include "narrative.h"

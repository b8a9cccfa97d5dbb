/* SPDX-License-Identifier: Apache-2.0
 *
 * identifier.i: IBANs, tax numbers, bank-branch codes.
 */
%checked(mt940_iban_print)
%checked(mt940_iban_mask)
%checked(mt940_iban_compute)
%checked(mt940_iban_build)
%checked(mt940_iban_sample)

/* A part of a number: str, or None for one the country has not. */
%typemap(in) const struct mt940_view * (struct mt940_view part) {
    Py_ssize_t size;
    $1 = NULL;
    if ($input != Py_None) {
        part.data = PyUnicode_AsUTF8AndSize($input, &size);
        if (!part.data)
            SWIG_fail;
        part.length = (size_t)size;
        $1 = &part;
    }
}

/* Offset and length in the canonical form. */
%typemap(out) struct mt940_iban_part *, const struct mt940_iban_part * {
    $result = Py_BuildValue("(ii)", (int)$1->offset, (int)$1->length);
}

%ignore mt940_iban::size;
%ignore mt940_iban_parse;
%ignore mt940_iban_scan;
%ignore mt940_iban_found;
%ignore mt940_iban_suggest;
%ignore mt940_iban_suggestion;
%ignore mt940_iban_check_many;
%ignore mt940_iban_country;
%ignore mt940_iban_country_count;
%ignore mt940_iban_country_at;
%ignore mt940_iban_country_find;
%include "mt940connect/iban.h"

%extend mt940_iban {
    mt940_iban(const char *text, size_t length, uint32_t flags)
    {
        struct mt940_iban *iban = PyMem_Calloc(1, sizeof(*iban));
        if (!iban)
            return NULL;
        iban->size = sizeof(*iban);
        mt940_iban_parse(text, length, flags, iban);
        return iban;
    }
    ~mt940_iban()
    {
        PyMem_Free($self);
    }
}

%ignore mt940_tax_id_scan;
%ignore mt940_tax_id_found;
%include "mt940connect/tax_id.h"

/* (bank, branch) of "0062_00119". */
%typemap(in, numinputs=0) struct mt940_bank_branch *out (struct mt940_bank_branch code) {
    $1 = &code;
}
%typemap(argout) struct mt940_bank_branch *out {
    if (result < 0) {
        mt940py_raise(result, NULL);
        SWIG_fail;
    }
    Py_XDECREF($result);
    $result = Py_BuildValue("(ii)", (int)$1->bank, (int)$1->branch);
}
int mt940_bank_branch_parse(const char *text, size_t length, struct mt940_bank_branch *out);
%clear const struct mt940_view *;

%include "bank.h"

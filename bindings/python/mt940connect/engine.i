/* SPDX-License-Identifier: Apache-2.0
 *
 * engine.i: directory and matcher, slip rules and proposals, limit decisions. Inputs are Python objects whose attributes
 * are read by name, results are dicts and records: the structs themselves stay in C.
 */
%makes(struct mt940_directory)

struct mt940_directory {
};
%extend mt940_directory {
    ~mt940_directory()
    {
        mt940_directory_free($self);
    }
}
%makes(struct mt940_directory_overlay)

/* What an overlay lends is not freed by who reads it. */
%typemap(in, numinputs=0) const struct mt940_directory **lent (const struct mt940_directory *borrowed = NULL) {
    $1 = ($1_ltype)&borrowed;
}
%typemap(argout) const struct mt940_directory **lent {
    if (result >= 0) {
        Py_XDECREF($result);
        $result = SWIG_NewPointerObj((void *)*$1, $descriptor(struct mt940_directory *), 0);
    }
}
struct mt940_directory_overlay {
};
%extend mt940_directory_overlay {
    ~mt940_directory_overlay()
    {
        mt940_directory_overlay_free($self);
    }
}
%makes(struct mt940_slip_rules)

struct mt940_slip_rules {
};
%extend mt940_slip_rules {
    ~mt940_slip_rules()
    {
        mt940_slip_rules_free($self);
    }
}

%include "directory.h"
%include "directory_overlay.h"
%ignore mt940py_lesson_policy_read;
%include "lesson.h"
%include "match.h"
%include "slip.h"
%include "dbs.h"
%include "dbs_exchange.h"
%include "reconcile.h"

/* The few numbers of these engines that Python needs. */
%constant int MT940_KIND_COMPANY = MT940_KIND_COMPANY;
%constant int MT940_KIND_BANK_ACCOUNT = MT940_KIND_BANK_ACCOUNT;
%constant int MT940_KIND_CUSTOMER = MT940_KIND_CUSTOMER;
%constant int MT940_KIND_CUSTOMER_BANK = MT940_KIND_CUSTOMER_BANK;
%constant int MT940_DIRECTORY_OVERLAY_MOST = MT940_DIRECTORY_OVERLAY_MOST;
%constant int MT940_LESSON_CONFIRMED = MT940_LESSON_CONFIRMED;
%constant int MT940_LESSON_REJECTED = MT940_LESSON_REJECTED;
%constant int MT940_LESSON_TAKEN_BACK = MT940_LESSON_TAKEN_BACK;
%constant int MT940_MATCH_NAME_AUTO = MT940_MATCH_NAME_AUTO;
%constant int MT940_DBS_PROCEED = MT940_DBS_PROCEED;
%constant int MT940_DBS_WARN = MT940_DBS_WARN;
%constant int MT940_DBS_BLOCK = MT940_DBS_BLOCK;
%constant int MT940_SLIP_DEFAULTS_WHEN_EMPTY = MT940_SLIP_DEFAULTS_WHEN_EMPTY;
%constant int MT940_SLIP_DEFAULTS_ALWAYS = MT940_SLIP_DEFAULTS_ALWAYS;
%constant int MT940_SLIP_DEFAULTS_NEVER = MT940_SLIP_DEFAULTS_NEVER;
%constant int MT940_SLIP_DATED_ENTRY = MT940_SLIP_DATED_ENTRY;
%constant int MT940_SLIP_DATED_VALUE = MT940_SLIP_DATED_VALUE;
%constant int MT940_SLIP_AMBIGUOUS = MT940_SLIP_AMBIGUOUS;
%constant int MT940_SLIP_SAYS_DBS = MT940_SLIP_SAYS_DBS;
%constant int MT940_SLIP_SAYS_REVERSAL = MT940_SLIP_SAYS_REVERSAL;
%constant int MT940_SLIP_ONE_DAY = MT940_SLIP_ONE_DAY;
%constant int MT940_SLIP_INTERIM = MT940_SLIP_INTERIM;

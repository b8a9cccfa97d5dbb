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
%include "match.h"
%include "dbs.h"

/* The few numbers of these engines that Python needs. */
%constant int MT940_KIND_COMPANY = MT940_KIND_COMPANY;
%constant int MT940_KIND_BANK_ACCOUNT = MT940_KIND_BANK_ACCOUNT;
%constant int MT940_KIND_CUSTOMER = MT940_KIND_CUSTOMER;
%constant int MT940_KIND_CUSTOMER_BANK = MT940_KIND_CUSTOMER_BANK;
%constant int MT940_MATCH_NAME_AUTO = MT940_MATCH_NAME_AUTO;
%constant int MT940_DBS_PROCEED = MT940_DBS_PROCEED;
%constant int MT940_DBS_WARN = MT940_DBS_WARN;
%constant int MT940_DBS_BLOCK = MT940_DBS_BLOCK;

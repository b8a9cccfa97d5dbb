/* SPDX-License-Identifier: Apache-2.0
 *
 * fakes.h: a transport, an ERP and books in memory, honest or with one fault each. A fault is
 * named by the mistake and by the check that must find it.
 */
#ifndef MT940_TESTS_CONFORMANCE_FAKES_H
#define MT940_TESTS_CONFORMANCE_FAKES_H

#include "mt940connect/conformance.h"

struct fake_fault {
    int number; /* what the fake looks at; 0 = honest */
    const char *name;
    const char *caught_by;
};

/* Each list ends with a row without a name; its callbacks take the fault's number from `user`. */
extern const struct fake_fault transport_faults[];
int fake_transport_create(void *user);
int fake_transport_put(void *user, const char *name, const void *bytes, size_t length);
int fake_transport_open(void *user, struct mt940_transport *out);

extern const struct fake_fault erp_faults[];
int fake_erp_create(void *user);
int fake_erp_open(void *user, struct mt940_post *out);

extern const struct fake_fault books_faults[];
int fake_books_open(void *user, struct mt940_books *out);
void fake_books_close(void *user);

/* The `user` of all of them; first, so that more may stand behind it. */
struct fake {
    int fault;
};

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * import_try.h: what the transaction codes of some books would change, were they imported.
 */
#ifndef CLI_IMPORT_TRY_H
#define CLI_IMPORT_TRY_H

#include "import.h"

/* Tells every movement still to be saved that would be judged otherwise; stores nothing. */
void import_try(struct workspace *workspace, const struct books *books);

#endif

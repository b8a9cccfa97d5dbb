/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_bic.h: whether a text has a word that may name a BIC.
 */
#ifndef MT940_MATCH_FACTS_BIC_H
#define MT940_MATCH_FACTS_BIC_H

#include <stdbool.h>

#include "base/view.h"

/* Every text in which no such word stands has no BIC either. */
bool mt940_facts_may_name_bic(struct mt940_view text);

#endif

/* SPDX-License-Identifier: Apache-2.0
 *
 * conform.h: the conformance kit over a server whose files lie in a folder of this machine.
 */
#ifndef MT940_TESTS_TRANSPORT_CONFORM_H
#define MT940_TESTS_TRANSPORT_CONFORM_H

#include "mt940connect/adapters/curl.h"

/* Runs the kit and prints a line for each check. 0 when all pass. Empties `folder`. */
int conform(const char *address, const struct mt940_curl_options *options, const char *folder);

#endif

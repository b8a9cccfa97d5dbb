/* SPDX-License-Identifier: Apache-2.0
 *
 * demo.h: the files of the demo, made a part of the command by gen_demo.py.
 */
#ifndef CLI_DEMO_H
#define CLI_DEMO_H

#include <stddef.h>

struct demo_file {
    const char *name; /* relative path; NULL ends the list */
    const unsigned char *bytes;
    size_t length;
};

extern const struct demo_file demo_files[];

#endif

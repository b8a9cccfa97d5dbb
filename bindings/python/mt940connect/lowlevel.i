/* SPDX-License-Identifier: Apache-2.0
 *
 * lowlevel.i: the public headers as a flat module, made by SWIG and private to the package: its names are those of C,
 * its objects do not keep their parents alive. The Python API is the hand-written package beside it.
 */
%module(package="mt940connect", threads="1") lowlevel
/* Giving up the GIL costs more than most of these functions; the long ones ask for it. */
%nothread;

%{
#include <string.h>

#include "mt940connect/mt940connect.h"
#include "mt940connect/dbs.h"

#include "anonymise.h"
#include "bank.h"
#include "dbs.h"
#include "dbs_exchange.h"
#include "directory.h"
#include "directory_overlay.h"
#include "document.h"
#include "envelope.h"
#include "facts.h"
#include "lesson.h"
#include "match.h"
#include "narrative.h"
#include "reconcile.h"
#include "slip.h"
#include "statement_stream.h"
#include "statement_writer.h"
#include "text.h"
%}

%include <stdint.i>
%include "values.i"
%include "errors.i"
%include "buffers.i"

/* Results are read; what may be written says so. */
%immutable;
%nodefaultctor;
%nodefaultdtor;

%include "mt940connect/status.h"
const char *mt940_version(void);
const char *mt940_status_text(int status);
int mt940_currency_digits(const char *code, size_t length);
%include "mt940connect/message_codes.h"
%ignore mt940_message_arg;
%ignore mt940_message_format;
%include "mt940connect/message.h"
int32_t mt940_charset_from_name(const char *name, size_t length);
const char *mt940_charset_name(int32_t charset);

%include "statement.i"
%include "identifier.i"

/* Of the facts only the numbers: the rest comes as a dict. */
%rename("$ignore", %$isclass, regextarget=1) "^mt940_fact";
%ignore mt940_facts_read;
%include "mt940connect/facts.h"
%ignore mt940py_facts_read;
%include "facts.h"

%include "engine.i"

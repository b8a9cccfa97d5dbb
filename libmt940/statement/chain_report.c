/* SPDX-License-Identifier: Apache-2.0
 *
 * chain_report.c: finds the statement that came before each one of the same account, and says what is missing between
 * them. What "follows" means is chain.c's business. A host with a store compares across files itself (flow).
 */
#include "statement/chain.h"

#include "base/view.h"
#include "text/argument.h"

struct report {
    struct mt940_statement *statement; /* the finding is about */
    mt940_finding_sink *sink;
    void *user;
};

static struct mt940_message_arg balance_argument(const char *name, const struct mt940_balance *balance)
{
    struct mt940_message_arg arg = mt940_argument_amount(name, balance->reading.amount);
    if (balance->mark == MT940_MARK_D)
        arg.amount.units = -arg.amount.units;
    return arg;
}

static int tell(const struct report *report, int32_t message, const struct mt940_balance *at, const char *tag,
                const struct mt940_message_arg args[2])
{
    struct mt940_trailer *trailer = &report->statement->trailer;
    struct mt940_finding finding;
    memset(&finding, 0, sizeof finding);
    finding.message = message;
    finding.severity = mt940_message_severity(message);
    finding.statement = report->statement->header.index;
    finding.offset = at->offset;
    finding.line = at->line;
    finding.column = 1;
    memcpy(finding.tag, tag, strlen(tag) + 1);
    finding.args = args;
    finding.arg_count = 2;
    trailer->error_count += finding.severity == MT940_ERROR;
    trailer->warning_count += finding.severity == MT940_WARNING;
    return report->sink(report->user, &finding);
}

/* The sequence number, or else the tag that should have stood there. */
static struct mt940_view page_name(const struct mt940_statement *statement, const char *tag)
{
    struct mt940_view name = statement->header.sequence;
    if (name.length == 0)
        mt940_view_from_string(tag, &name);
    return name;
}

/* Some banks open the first page with 60M, too. */
static bool is_first_page(struct mt940_view sequence)
{
    while (sequence.length > 1 && sequence.data[0] == '0')
        sequence = mt940_view_slice(sequence, 1, sequence.length);
    return mt940_view_is(sequence, "1") || mt940_view_is(sequence, "0");
}

/* The page before is not in the file: this one begins in the middle. */
static int tell_no_page_before(const struct report *report)
{
    const struct mt940_message_arg args[2] = {mt940_argument_word("expected", "60F"),
                                              mt940_argument_text("found", page_name(report->statement, "60M"))};
    return tell(report, MT940_M_PAGE_GAP, &report->statement->header.opening, "60M", args);
}

static int tell_no_page_behind(const struct report *report)
{
    const struct mt940_message_arg args[2] = {mt940_argument_word("expected", "62F"),
                                              mt940_argument_text("found", page_name(report->statement, "62M"))};
    return tell(report, MT940_M_PAGE_GAP, &report->statement->trailer.closing, "62M", args);
}

static int tell_balance(const struct report *report, const struct mt940_statement *before, int32_t message)
{
    const struct mt940_balance *opening = &report->statement->header.opening;
    const struct mt940_message_arg args[2] = {balance_argument("expected", &before->trailer.closing),
                                              balance_argument("found", opening)};
    return tell(report, message, opening, opening->kind == 'M' ? "60M" : "60F", args);
}

/* Pages of one statement that came before `statement`. */
static int tell_page(const struct report *report, const struct mt940_statement *before, int chain)
{
    int64_t page = 0;
    if (chain == MT940_CHAIN_BALANCE)
        return tell_balance(report, before, MT940_M_PAGE_BALANCE);
    if (chain != MT940_CHAIN_GAP)
        return 0;
    /* Only numbers leave a gap. */
    for (size_t i = 0; i < before->header.sequence.length; i++)
        page = page * 10 + (before->header.sequence.data[i] - '0');
    const struct mt940_message_arg args[2] = {mt940_argument_number("expected", page + 1),
                                              mt940_argument_text("found", page_name(report->statement, "60M"))};
    return tell(report, MT940_M_PAGE_GAP, &report->statement->header.opening, "60M", args);
}

/* The statement of the same account that came last, or NULL. */
static const struct mt940_statement *find_before(const struct mt940_statement *statements, size_t index)
{
    const struct mt940_view *account = &statements[index].header.account;
    size_t stop = index > MT940_CHAIN_LOOK ? index - MT940_CHAIN_LOOK : 0;
    while (index-- > stop)
        if (mt940_view_equal(&statements[index].header.account, account) == 1)
            return &statements[index];
    return NULL;
}

int mt940_chain_report_begin(struct mt940_statement *statement, const struct mt940_statement *before,
                             mt940_finding_sink *sink, void *user)
{
    struct report report = {statement, sink, user};
    if (!statement->header.opening.kind)
        return 0;
    int page = before ? mt940_page_chain(before, statement) : MT940_CHAIN_OTHER;
    if (page != MT940_CHAIN_OTHER)
        return tell_page(&report, before, page);
    if (statement->header.opening.kind == 'M' && !is_first_page(statement->header.sequence))
        return tell_no_page_before(&report);
    if (before && before->trailer.closing.kind == 'F' &&
        mt940_day_chain(&before->trailer.closing, &statement->header.opening, &statement->trailer.closing) ==
            MT940_CHAIN_BALANCE)
        return tell_balance(&report, before, MT940_M_DAY_GAP);
    return 0;
}

int mt940_chain_report_end(struct mt940_statement *statement, mt940_finding_sink *sink, void *user)
{
    struct report report = {statement, sink, user};
    return tell_no_page_behind(&report);
}

/* Whether one of the next statements goes on where this one ends. */
static bool goes_on(const struct mt940_statement *statements, size_t index, size_t count)
{
    for (size_t i = index + 1; i < count && i <= index + MT940_CHAIN_LOOK; i++)
        if (mt940_page_chain(&statements[index], &statements[i]) != MT940_CHAIN_OTHER)
            return true;
    return false;
}

int mt940_chain_report(struct mt940_statement *statements, size_t count, mt940_finding_sink *sink, void *user)
{
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++) {
        status = mt940_chain_report_begin(&statements[i], find_before(statements, i), sink, user);
        if (status == 0 && statements[i].trailer.closing.kind == 'M' && !goes_on(statements, i, count))
            status = mt940_chain_report_end(&statements[i], sink, user);
    }
    return status;
}

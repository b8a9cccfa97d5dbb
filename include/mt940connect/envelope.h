/* SPDX-License-Identifier: Apache-2.0
 *
 * envelope.h: what stands around the text of a SWIFT FIN message: who sent it to whom and when (blocks 1 and 2), what
 * was agreed on beside it (3), and what the network and the machines on its way added (5 and S). A pure function over
 * bytes: views point into them, nothing is allocated, every state of the bytes gives an answer. docs/envelope.md.
 *
 * Source: SWIFT User Handbook, FIN system messages (blocks, trailers); of the deviations: docs/envelope.md.
 */
#ifndef MT940CONNECT_ENVELOPE_H
#define MT940CONNECT_ENVELOPE_H

#include "mt940connect/statement.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Blocks that are there, bits of mt940_envelope.blocks. */
enum mt940_block {
    MT940_BLOCK_1 = 1,
    MT940_BLOCK_2 = 2,
    MT940_BLOCK_3 = 4,
    MT940_BLOCK_4 = 8,
    MT940_BLOCK_5 = 16,
    MT940_BLOCK_S = 32
};

/* What the trailers say of the message as a whole, bits of mt940_envelope.marks. */
enum mt940_envelope_mark {
    MT940_ENVELOPE_PDE = 1,     /* possible duplicate: the sender sent it before */
    MT940_ENVELOPE_PDM = 2,     /* possible duplicate: the network delivered it before */
    MT940_ENVELOPE_DELAYED = 4, /* DLM */
    MT940_ENVELOPE_TRAINING = 8 /* TNG: no real message */
};

/* What a service message (ACK, NAK) in front says about this one. */
enum mt940_envelope_answer {
    MT940_ANSWER_NONE = 0,
    MT940_ANSWER_ACCEPTED = 1, /* {451:0} */
    MT940_ANSWER_REFUSED = 2   /* {451:1}; field 405 has the reason */
};

/* A tag inside block 3, 5 or S, or inside block 4 of a service message. */
struct mt940_envelope_field {
    char block; /* '3', '4', '5', 'S' */
    char reserved[7];
    struct mt940_view tag;   /* "108", "CHK" */
    struct mt940_view value; /* empty where there is none, as in {TNG:} */
};

/* What is not as the standard says. The first few are kept. */
struct mt940_envelope_flaw {
    const char *rule; /* English, static: the name of the rule that is broken */
    const char *at;   /* the byte; inside the given ones, or at their end */
    int32_t damaged;  /* 1 = a block is broken, and was read as far as it goes; 0 = its form is not the standard's */
    char block;       /* '1' … 'S' */
    char reserved[3];
};

#define MT940_ENVELOPE_FIELDS 32
#define MT940_ENVELOPE_FLAWS 8

struct mt940_envelope {
    size_t size;
    uint32_t blocks;  /* bits of enum mt940_block */
    uint32_t marks;   /* bits of enum mt940_envelope_mark */
    int32_t answer;   /* enum mt940_envelope_answer */
    int32_t type;     /* of block 2, 103 or 940; 0 = not there */
    char application; /* block 1: 'F', 'A', 'L'; 0 = not there */
    char direction;   /* block 2: 'I' to the network, 'O' from it; 0 = not there */
    char priority;    /* 'S', 'U', 'N'; 0 = not there */
    char delivery;    /* monitoring of the delivery, '1' to '3'; 0 = not there */
    char service[4];  /* block 1: "01"; "21" of a service message is not kept here but in `answer` */
    char sender[12], receiver[12]; /* BICs of 8 or 11 characters in upper case; "" where they are not known */
    int32_t input_time, output_time;             /* minutes of the day, local to sender and receiver; -1 = not there */
    struct mt940_date input_date, output_date;   /* block 2 output only; absent = all zero */
    struct mt940_view terminal, session, sequence; /* block 1: logical terminal, session and sequence numbers */
    struct mt940_view peer;        /* block 2: the other logical terminal: the receiver's (I), the sender's (O) */
    struct mt940_view peer_session, peer_sequence; /* block 2 output */
    struct mt940_view mir;         /* block 2 output: message input reference, 28 characters */
    struct mt940_view obsolescence; /* block 2 input: units of five minutes */
    struct mt940_view text;        /* of block 4 with its line ends, where it was given */
    struct mt940_envelope_field fields[MT940_ENVELOPE_FIELDS]; /* in order */
    size_t field_count, field_total; /* those that are kept; all of them */
    struct mt940_envelope_flaw flaws[MT940_ENVELOPE_FLAWS];
    size_t flaw_count, flaw_total;
    size_t length; /* bytes of the message that were read: another may begin behind them */
};

/*
 * Reads the blocks of one FIN message. `message` holds its bytes from the first brace on (blanks and control bytes
 * before are skipped), with the text, or up to and with "{4:" where that was taken out; then `behind` are the blocks
 * behind it ("{5:…}{S:…}"), else NULL. A service message (ACK, NAK) in front is read with it. Work is linear. Errors:
 * MT940_E_ARGUMENT; MT940_E_NOT_FOUND where no block begins, `out` is empty then. Pure; thread safe. @since 0.1
 */
int mt940_envelope_read(const struct mt940_view *message, const struct mt940_view *behind, struct mt940_envelope *out);
/*
 * The envelope of a statement that was read; views point into header.envelope and trailer.envelope. Errors as above,
 * MT940_E_NOT_FOUND for a bare message. Pure; thread safe. @since 0.1
 */
int mt940_statement_envelope(const struct mt940_statement *statement, struct mt940_envelope *out);
/* The first field of a block with this tag, or NULL. Pure; thread safe. @since 0.1 */
const struct mt940_envelope_field *mt940_envelope_find(const struct mt940_envelope *envelope, char block,
                                                       const char *tag);

#ifdef __cplusplus
}
#endif
#endif

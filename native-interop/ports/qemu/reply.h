/* The payload of an answer, built field by field. */
#ifndef NANOFORMER_PORTS_QEMU_REPLY_H
#define NANOFORMER_PORTS_QEMU_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "frame.h"

typedef struct nf_reply {
    uint8_t bytes[NF_FRAME_MAX_PAYLOAD];
    size_t length;
    bool overflown; /* something did not fit and was left out */
} nf_reply;

void nf_reply_clear(nf_reply *reply);

/* Room for `count` bytes that the caller fills; null when they do not fit. */
uint8_t *nf_reply_reserve(nf_reply *reply, size_t count);

void nf_reply_u32(nf_reply *reply, uint32_t value);

/* The characters and their terminating zero. A null text counts as empty. */
void nf_reply_text(nf_reply *reply, const char *text);

#endif

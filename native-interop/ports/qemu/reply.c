#include "reply.h"

#include <string.h>

void nf_reply_clear(nf_reply *reply)
{
    reply->length = 0;
    reply->overflown = false;
}

uint8_t *nf_reply_reserve(nf_reply *reply, size_t count)
{
    if (count > sizeof reply->bytes - reply->length) {
        reply->overflown = true;
        return NULL;
    }
    uint8_t *start = reply->bytes + reply->length;
    reply->length += count;
    return start;
}

void nf_reply_u32(nf_reply *reply, uint32_t value)
{
    uint8_t *bytes = nf_reply_reserve(reply, sizeof value);
    if (bytes != NULL) {
        memcpy(bytes, &value, sizeof value);
    }
}

void nf_reply_text(nf_reply *reply, const char *text)
{
    if (text == NULL) {
        text = "";
    }
    const size_t count = strlen(text) + 1;
    uint8_t *bytes = nf_reply_reserve(reply, count);
    if (bytes != NULL) {
        memcpy(bytes, text, count);
    }
}

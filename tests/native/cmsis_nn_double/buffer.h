/* The working memory of a call: as much as the function asks for, and every byte of it is used. */
#ifndef NANOFORMER_TESTS_CMSIS_NN_DOUBLE_BUFFER_H
#define NANOFORMER_TESTS_CMSIS_NN_DOUBLE_BUFFER_H

#include <stddef.h>

#include "arm_nnfunctions.h"
#include "test_port.h"

static inline void use_buffer(const cmsis_nn_context *ctx, int32_t bytes)
{
    if (bytes == 0 || !TEST_CHECK(ctx->buf != NULL && ctx->size >= bytes)) {
        return;
    }
    for (int32_t i = 0; i < bytes; i++) {
        ((uint8_t *)ctx->buf)[i] = 0xA5;
    }
}

#endif

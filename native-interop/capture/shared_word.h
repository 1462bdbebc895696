/* 32-bit words that producer and consumer share, each with a single writer: loads and stores, no read-modify-write, so that
 * cores without atomic instructions (Cortex-M0, RV32IMC) need no library. GCC and Clang make plain loads, stores and fences
 * of them. */
#ifndef NANOFORMER_CAPTURE_SHARED_WORD_H
#define NANOFORMER_CAPTURE_SHARED_WORD_H

#include <stdint.h>

/* What the writer did before its release is visible after this. */
static inline uint32_t nf_load_acquire(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void nf_store_release(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

/* In one order with each other, for two sides that each write one word and then look at the other's. */
static inline uint32_t nf_load_ordered(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_SEQ_CST);
}

static inline void nf_store_ordered(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
}

/* For numbers that only inform. */
static inline uint32_t nf_load_relaxed(const uint32_t *word)
{
    return __atomic_load_n(word, __ATOMIC_RELAXED);
}

/* Only the word's writer may call this. */
static inline void nf_count_up(uint32_t *word)
{
    __atomic_store_n(word, nf_load_relaxed(word) + 1, __ATOMIC_RELAXED);
}

#endif

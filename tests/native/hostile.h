/* Images that nobody vouches for: kept where the sanitizer sees a read beyond them, and run when the engine opens them. */
#ifndef NANOFORMER_TESTS_HOSTILE_H
#define NANOFORMER_TESTS_HOSTILE_H

#include "nanoformer/engine.h"

#define HOSTILE_IMAGE_BYTES (64u * 1024u)

/* A copy that ends where its buffer ends; of a size that is not a multiple of 4 it begins at the word before. Null: too large. */
uint8_t *hostile_copy(const uint8_t *source, uint32_t size);

/* Opens an image with each backend of the build in turn, and runs what opens on an arena of exactly the size it asks for, a guard word before
 * it. Returns what opening gave. */
nf_status hostile_open_and_run(const void *image, size_t size);

#endif

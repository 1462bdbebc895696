/* What the self-test of sessions needs of streams. Internal to the engine. */
#ifndef NANOFORMER_ENGINE_STREAM_H
#define NANOFORMER_ENGINE_STREAM_H

#include "execute.h"

/* Feeds values to a stream that is running; returns how many steps they completed. */
uint32_t nf_feed(nf_session *session, const void *samples, size_t values);

#endif

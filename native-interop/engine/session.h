/* What runs and streams share. Internal to the engine. */
#ifndef NANOFORMER_ENGINE_SESSION_H
#define NANOFORMER_ENGINE_SESSION_H

#include "execute.h"

/* The output of a program that has run, by its tensor. */
const int8_t *nf_output_of(const nf_session *session, uint16_t tensor);

/* Feeds values to a stream that is running; returns how many steps they completed. */
uint32_t nf_feed(nf_session *session, const void *samples, size_t values);

#endif

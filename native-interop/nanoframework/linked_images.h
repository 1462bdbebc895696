/* Model images that are part of the firmware. FindINTEROP-NanoFormer.Interop.cmake writes the table from
 * NANOFORMER_MODELS. */
#ifndef NANOFORMER_LINKED_IMAGES_H
#define NANOFORMER_LINKED_IMAGES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nf_linked_image {
    const uint8_t *start, *end;
} nf_linked_image;

extern const nf_linked_image nf_linked_images[];
extern const int32_t nf_linked_image_count;

#ifdef __cplusplus
}
#endif

#endif

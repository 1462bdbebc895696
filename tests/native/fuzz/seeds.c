/* seeds FOLDER PREFIX: the smaller images of a corpus of graphs or streams, one file per image, for the fuzzer to start from. */
#include <stdio.h>
#include <stdlib.h>

#include "../../../native-interop/engine/image.h"
#include "../corpus.h"
#include "../test_port.h"

#define MAX_BYTES 16384u
#define GRAPH_HEADER 16u
#define STREAM_HEADER 32u

static bool write_image(char *const *arguments, int32_t number, const uint8_t *image, uint32_t bytes)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s%d.nfm", arguments[1], arguments[2], number);
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        return false;
    }
    const bool written = fwrite(image, 1, bytes, file) == bytes;
    return fclose(file) == 0 && written;
}

int main(int argc, char **argv)
{
    size_t size;
    const uint8_t *bytes = test_blob(&size);
    corpus graphs;
    test_case test;
    int32_t number = 0;

    if (argc != 3 || !corpus_open(&graphs, bytes, size)) {
        fprintf(stderr, "usage: NF_TEST_BLOB=graphs.nfc seeds FOLDER PREFIX\n");
        return EXIT_FAILURE;
    }
    while (corpus_next(&graphs, &test)) {
        const uint8_t *image = test.payload + (test.kind == CASE_STREAM ? STREAM_HEADER : GRAPH_HEADER);
        const uint32_t image_bytes = ((const nf_header *)(const void *)image)->image_bytes;
        if (image_bytes <= MAX_BYTES && !write_image(argv, number++, image, image_bytes)) {
            perror(argv[1]);
            return EXIT_FAILURE;
        }
    }
    printf("%d images\n", number);
    return number > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

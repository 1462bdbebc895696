#include <stdio.h>
#include <stdlib.h>

#include "test_port.h"

static _Noreturn void give_up(const char *path)
{
    perror(path);
    exit(EXIT_FAILURE);
}

static long size_of(FILE *file, const char *path)
{
    if (fseek(file, 0, SEEK_END) != 0) {
        give_up(path);
    }
    const long size = ftell(file);
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0) {
        give_up(path);
    }
    return size;
}

/* Read once and kept for the life of the program: a pointer remains reachable, so leak checkers stay quiet. */
const uint8_t *test_blob(size_t *bytes)
{
    static uint8_t *blob;
    static size_t blob_bytes;
    const char *path = getenv("NF_TEST_BLOB");
    *bytes = blob_bytes;
    if (blob != NULL || path == NULL || path[0] == '\0') {
        return blob;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        give_up(path);
    }
    blob_bytes = (size_t)size_of(file, path);
    blob = malloc(blob_bytes);
    if (blob == NULL || fread(blob, 1, blob_bytes, file) != blob_bytes) {
        give_up(path);
    }
    fclose(file);
    *bytes = blob_bytes;
    return blob;
}

void test_write(const char *text)
{
    fputs(text, stdout);
}

#include "nanoformer/engine.h"

typedef struct status_entry {
    const char *name, *text;
} status_entry;

/* Indexed by the negated status. */
static const status_entry entries[] = {
    {"OK", "no error"},
    {"NULL_ARGUMENT", "a required pointer is null"},
    {"MISALIGNED", "the image or the arena does not start on a 4-byte boundary"},
    {"TRUNCATED", "the image is shorter than its header says"},
    {"BAD_MAGIC", "this is not a NanoFormer model image"},
    {"UNSUPPORTED_VERSION", "the image has a format version that this engine does not read"},
    {"BAD_CHECKSUM", "the image was damaged: its CRC-32 does not match"},
    {"BAD_HEADER", "a field of the image header is out of range"},
    {"BAD_TENSOR", "a tensor of the image is out of range"},
    {"BAD_OPERATOR", "an operator's operands, shapes or parameters do not fit together"},
    {"UNSUPPORTED_OPERATOR", "the image uses an operator that this engine does not have"},
    {"BAD_PLAN", "the arena plan of the image reads unwritten bytes or overwrites live ones"},
    {"BAD_TABLE", "a constant table of the image is out of range"},
    {"ARENA_TOO_SMALL", "the arena is smaller than the model needs"},
    {"WRONG_SHAPE", "the window or the output has the wrong number of values"},
    {"SELF_TEST_FAILED", "a test vector of the image gave another output"},
    {"NO_TEST_VECTORS", "the image holds no test vectors"},
    {"NOT_RUNNING", "there is no run to continue"},
    {"OVERSIZED", "there are more bytes than the image says it has"},
    {"NO_STREAM", "the model has no step program: it runs windows only"},
};

static const status_entry unknown = {"UNKNOWN_STATUS", "not a status of this engine"};

static const status_entry *entry_of(nf_status status)
{
    const int index = -(int)status;
    if (index < 0 || index >= (int)(sizeof entries / sizeof entries[0])) {
        return &unknown;
    }
    return &entries[index];
}

const char *nf_status_name(nf_status status)
{
    return entry_of(status)->name;
}

const char *nf_status_text(nf_status status)
{
    return entry_of(status)->text;
}

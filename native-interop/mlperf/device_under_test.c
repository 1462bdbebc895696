#include "nanoformer/device_under_test.h"

#include <string.h>

#define TERMINATOR '%'
#define USUAL_WARMUPS 10
#define BYTES_PER_LINE 8u
#define DIGITS_OF_UINT64 20u
#define FIRMWARE "ULPMark for tinyML Firmware V0.0.1"

static void flush(nf_dut *dut)
{
    if (dut->said > 0) {
        dut->port->write(dut->port->context, dut->text, dut->said);
        dut->said = 0;
    }
}

static void say_byte(nf_dut *dut, uint8_t byte)
{
    dut->text[dut->said++] = byte;
    if (dut->said == NF_DUT_TEXT_BYTES) {
        flush(dut);
    }
}

static void say(nf_dut *dut, const char *text)
{
    while (*text != '\0') {
        say_byte(dut, (uint8_t)*text++);
    }
}

static void say_number(nf_dut *dut, uint64_t number)
{
    uint8_t digits[DIGITS_OF_UINT64];
    uint32_t count = 0;
    do {
        digits[count++] = (uint8_t)('0' + number % 10u);
        number /= 10u;
    } while (number != 0);
    while (count > 0) {
        say_byte(dut, digits[--count]);
    }
}

static void say_hex(nf_dut *dut, uint8_t byte)
{
    static const char digits[] = "0123456789abcdef";
    say_byte(dut, (uint8_t)digits[byte >> 4]);
    say_byte(dut, (uint8_t)digits[byte & 15u]);
}

static void end_line(nf_dut *dut)
{
    say(dut, "\r\n");
    flush(dut);
}

static void say_line(nf_dut *dut, const char *text)
{
    say(dut, text);
    end_line(dut);
}

static void say_numbered(nf_dut *dut, const char *text, uint64_t number, const char *rest)
{
    say(dut, text);
    say_number(dut, number);
    say_line(dut, rest);
}

static void say_word(nf_dut *dut)
{
    for (uint32_t i = dut->word; i < dut->word_end; i++) {
        say_byte(dut, dut->command[i]);
    }
}

static uint32_t word_length(const nf_dut *dut)
{
    return dut->word_end - dut->word;
}

/* The next word of the command becomes the current one. False at the end. */
static bool next_word(nf_dut *dut)
{
    uint32_t at = dut->word_end;
    while (at < dut->length && dut->command[at] == ' ') {
        at++;
    }
    dut->word = at;
    while (at < dut->length && dut->command[at] != ' ') {
        at++;
    }
    dut->word_end = at;
    return word_length(dut) > 0;
}

static bool is(const nf_dut *dut, const char *name)
{
    const uint32_t length = word_length(dut);
    return strlen(name) == length && memcmp(dut->command + dut->word, name, length) == 0;
}

/* The current word as a number; false when it is none of 32 bits. */
static bool number_of(const nf_dut *dut, int32_t *number)
{
    uint32_t at = dut->word;
    const bool is_negative = at < dut->word_end && dut->command[at] == '-';
    int64_t value = 0;

    at += is_negative ? 1u : 0u;
    if (at == dut->word_end) {
        return false;
    }
    for (; at < dut->word_end; at++) {
        const uint8_t digit = dut->command[at];
        if (digit < '0' || digit > '9') {
            return false;
        }
        value = value * 10 + (digit - '0');
        if (value > INT32_MAX) {
            return false;
        }
    }
    *number = (int32_t)(is_negative ? -value : value);
    return true;
}

static int32_t digit_of(uint8_t character)
{
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    const uint8_t letter = character | 0x20u;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static void stamp(nf_dut *dut)
{
    if (dut->port->edge != NULL) {
        dut->port->edge(dut->port->context);
        return;
    }
    say_numbered(dut, "m-lap-us-", dut->port->microseconds(dut->port->context), "");
}

/* Thousandths of a probability, rounded. */
static void say_result(nf_dut *dut, int8_t value)
{
    const uint32_t thousandths = ((uint32_t)(value + 128) * 1000u + 128u) / 256u;
    say(dut, "0.");
    say_byte(dut, (uint8_t)('0' + thousandths / 100u));
    say_byte(dut, (uint8_t)('0' + thousandths / 10u % 10u));
    say_byte(dut, (uint8_t)('0' + thousandths % 10u));
}

static void tell_results(nf_dut *dut)
{
    say(dut, "m-results-[");
    for (uint32_t i = 0; dut->has_results && i < dut->model->results; i++) {
        if (i > 0) {
            say_byte(dut, ',');
        }
        say_result(dut, dut->results[i]);
    }
    say_line(dut, "]");
}

static void load(nf_dut *dut)
{
    int32_t size = 0;
    if (!number_of(dut, &size) || size <= 0) {
        say_line(dut, "e-[Command 'db load' must be >0 bytes]");
        return;
    }
    dut->filled = 0;
    if ((uint32_t)size > NF_DUT_LARGEST_INPUT) {
        dut->size = 0;
        say(dut, "Supplied buffer size ");
        say_number(dut, (uint32_t)size);
        say(dut, " exceeds maximum of ");
        say_number(dut, NF_DUT_LARGEST_INPUT);
        say(dut, "\n"); /* as the reference ends it */
        flush(dut);
        return;
    }
    dut->size = (uint32_t)size;
    say_numbered(dut, "m-[Expecting ", dut->size, " bytes]");
}

/* Bytes of the input; what follows the last one is ignored. */
static void fill(nf_dut *dut)
{
    if (word_length(dut) % 2u != 0) {
        say_line(dut, "e-[Insufficent number of hex digits]"); /* as the reference spells it */
        return;
    }
    for (uint32_t at = dut->word; at < dut->word_end && dut->filled < dut->size; at += 2u) {
        const int32_t high = digit_of(dut->command[at]);
        const int32_t low = digit_of(dut->command[at + 1u]);
        if (high < 0 || low < 0) {
            say(dut, "e-[Invalid hex digit '");
            say_byte(dut, dut->command[at]);
            say_byte(dut, dut->command[at + 1u]);
            say_line(dut, "']");
            return;
        }
        dut->input[dut->filled++] = (uint8_t)(high * 16 + low);
        if (dut->filled == dut->size) {
            say_line(dut, "m-load-done");
        }
    }
}

/* What is not loaded yet is zero. */
static void print(nf_dut *dut)
{
    for (uint32_t at = 0; at < dut->size; at++) {
        say(dut, at % BYTES_PER_LINE == 0 ? "m-buffer-" : "-");
        say_hex(dut, at < dut->filled ? dut->input[at] : 0);
        if (at % BYTES_PER_LINE == BYTES_PER_LINE - 1u || at + 1u == dut->size) {
            end_line(dut);
        }
    }
}

static void buffer(nf_dut *dut)
{
    if (!next_word(dut)) {
        say_line(dut, "e-[Command 'db' requires a subcommand]");
        return;
    }
    if (is(dut, "print")) {
        print(dut);
        return;
    }
    if (!is(dut, "load")) {
        fill(dut);
        return;
    }
    if (!next_word(dut)) {
        say_line(dut, "e-[Command 'db load' requires the # of bytes]");
        return;
    }
    load(dut);
}

static void run(nf_dut *dut, int32_t times)
{
    for (int32_t i = 0; i < times; i++) {
        dut->model->run(dut->model->context, dut->input, dut->results);
    }
}

static void infer(nf_dut *dut)
{
    int32_t runs = 1;
    int32_t warmups = USUAL_WARMUPS;
    if (next_word(dut) && (!number_of(dut, &runs) || runs <= 0)) {
        say_line(dut, "e-[Inference iterations must be >0]");
        return;
    }
    if (next_word(dut) && (!number_of(dut, &warmups) || warmups < 0)) {
        say_line(dut, "e-[Inference warmup must be >=0]");
        return;
    }
    if (dut->size != dut->model->input_bytes || dut->filled != dut->size) {
        say(dut, "e-[The model takes ");
        say_number(dut, dut->model->input_bytes);
        say_numbered(dut, " bytes, ", dut->filled, " are loaded]");
        return;
    }
    say_numbered(dut, "m-warmup-start-", (uint32_t)warmups, "");
    run(dut, warmups);
    say_line(dut, "m-warmup-done");
    say_numbered(dut, "m-infer-start-", (uint32_t)runs, "");
    stamp(dut);
    run(dut, runs);
    stamp(dut);
    dut->has_results = true;
    say_line(dut, "m-infer-done");
    tell_results(dut);
}

static void execute(nf_dut *dut)
{
    dut->word_end = 0;
    next_word(dut);
    if (is(dut, "name")) {
        say(dut, "m-name-dut-[");
        say(dut, dut->port->vendor);
        say_line(dut, "]");
    } else if (is(dut, "timestamp")) {
        stamp(dut);
    } else if (is(dut, "profile")) {
        say_line(dut, "m-profile-[" FIRMWARE "]");
        say(dut, "m-model-[");
        say(dut, dut->model->id);
        say_line(dut, "]");
    } else if (is(dut, "help")) {
        say_line(dut, FIRMWARE);
        say_line(dut, "name, timestamp, profile, db load N, db HH.., db print, infer N [W], results");
    } else if (is(dut, "db")) {
        buffer(dut);
    } else if (is(dut, "infer")) {
        infer(dut);
    } else if (is(dut, "results")) {
        tell_results(dut);
    } else {
        say(dut, "e-[Unknown command: ");
        say_word(dut);
        say_line(dut, "]");
    }
    say_line(dut, "m-ready");
}

void nf_dut_boot(nf_dut *dut, const nf_dut_model *model, const nf_dut_port *port, int8_t *results)
{
    dut->model = model;
    dut->port = port;
    dut->results = results;
    dut->size = dut->filled = dut->length = dut->said = 0;
    dut->has_results = false;
    say_line(dut, port->edge != NULL ? "m-timestamp-mode-energy" : "m-timestamp-mode-performance");
    stamp(dut);
    say_line(dut, "m-init-done");
    say_line(dut, "m-ready");
}

void nf_dut_take(nf_dut *dut, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] == TERMINATOR) {
            execute(dut);
            dut->length = 0;
        } else if (dut->length < NF_DUT_LONGEST_COMMAND) {
            dut->command[dut->length++] = bytes[i];
        }
    }
}

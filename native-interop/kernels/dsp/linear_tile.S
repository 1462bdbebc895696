#include "assembly.inc"
#include "tile.h"

#include "tile.inc"

/* A linear layer, tile by tile. Outputs come in pairs; a pair is refused when the five-instruction epilogue does not cover its constants: a
 * shift outside -16..-1 or |bias| >= 2^29. (Below that, and with at most 32,768 columns, twice a sum fits 32 bits.) */

/* The constants of the next two outputs: biases r10, r11, doubled; shifts less 1 r4, r5; multipliers r0, lr. r1, r2, r3 are behind what was
 * read of bias, multiplier, shift. */
.macro next_outputs refused
    ldr     r5, [r3, #4]
    ldr     r4, [r3], #8
    ldr     r11, [r1, #4]
    ldr     r10, [r1], #8
    ldr     lr, [r2, #4]
    ldr     r0, [r2], #8
    mvn     r4, r4                      /* s - 1, because the shift is -s */
    mvn     r5, r5
    eor     r9, r10, r10, asr #31
    eor     r12, r11, r11, asr #31
    orr     r9, r9, r12
    orr     r12, r4, r5
    orr     r12, r12, r9, lsr #25       /* 4 bits and more when a bias is too large */
    cmp     r12, #MAX_TILE_SHIFT
    bhs     \refused
    lsl     r10, r10, #1
    lsl     r11, r11, #1
.endm

/* The frame, filled by a function in C that gets the argument and the frame. */
.macro enter fill
    push    {r4-r11, lr}
    sub     sp, sp, #LINEAR_BYTES
    mov     r1, sp
    bl      \fill
.endm

/* Behind bias, multiplier and shift; weights, columns and rounding. */
.macro load_constants
    ldr     r1, [sp, #LINEAR_CONSTANTS]
    ldr     r2, [sp, #LINEAR_CONSTANTS + 4]
    ldr     r3, [sp, #LINEAR_CONSTANTS + 8]
    ldr     r6, [sp, #LINEAR_WEIGHTS]
    ldr     r7, [sp, #LINEAR_COLUMNS]
    ldr     r8, [sp, #LINEAR_ROUNDING]
.endm

.macro leave
    add     sp, sp, #LINEAR_BYTES
    pop     {r4-r11, pc}
.endm

/* const int8_t *nf_dsp_linear_by_outputs(const nf_dsp_layer *layer): two outputs after the other for all tokens of a tile, which are
 * widened already. Returns the weights it stopped at: weights_end, or a pair that was refused. */
    function nf_dsp_linear_by_outputs
    enter   nf_dsp_linear_fill_outputs
    adr     r0, .Lstored + 1
    str     r0, [sp, #TILE_RETURN]
    load_constants
.Lpair:
    next_outputs .Lleave
    lsl     r9, r8, r4
    lsl     r12, r8, r5
    add     r4, r4, #1
    add     r5, r5, #1
    str     r1, [sp, #LINEAR_CONSTANTS]
    str     r2, [sp, #LINEAR_CONSTANTS + 4]
    str     r3, [sp, #LINEAR_CONSTANTS + 8]
    str     r0, [sp, #TILE_MULTIPLIER]
    str     r9, [sp, #TILE_ROUNDING]
    str     r4, [sp, #TILE_SHIFT]
    str     lr, [sp, #TILE_MULTIPLIER_2]
    str     r12, [sp, #TILE_ROUNDING_2]
    str     r5, [sp, #TILE_SHIFT_2]
.irp i, 0, 4, 8, 12
    str     r10, [sp, #TILE_BIAS + \i]
    str     r11, [sp, #TILE_BIAS_2 + \i]
.endr
    ldr     r0, [sp, #TILE_ROWS]
    ldr     r4, [sp, #LINEAR_WIDEN_ROWS]
    mov     r1, r6
    add     r2, r6, r7
    mov     r3, r7
    mov     r12, #0
    blx     r4
    str     r2, [sp, #LINEAR_WEIGHTS]
    ldr     lr, [sp, #TILE_TOKENS]
    b       nf_dsp_tile_run
    .balign 4
.Lstored:
    ldr     r5, [sp, #TILE_Y]
    ldr     r0, [sp, #LINEAR_Y_STEP]
    add     r5, r5, r0
    str     r5, [sp, #TILE_Y]
    load_constants
    ldr     r9, [sp, #LINEAR_WEIGHTS_END]
    cmp     r6, r9
    bne     .Lpair
.Lleave:
    mov     r0, r6
    leave
    end_function nf_dsp_linear_by_outputs

/* int32_t nf_dsp_linear_by_tokens(const nf_dsp_layer *layer): all outputs' weights are widened, then two tokens after the other: for many
 * tokens and few outputs. In tile.S the tokens are the rows now, and the constants change with each block: they come from a stream,
 * STREAM_WORDS per four outputs: what an LDM there wants, then multiplier, rounding, shift of each. Returns 0 when an output was refused,
 * then with nothing stored. */
    function nf_dsp_linear_by_tokens
    enter   nf_dsp_linear_fill_tokens
    cmp     r0, #0
    beq     .Lrefused
.Ltokens:
    ldrd    r1, r5, [sp, #LINEAR_X]     /* and the input stride */
    ldr     r0, [sp, #TILE_ROWS]
    ldr     r3, [sp, #LINEAR_COLUMNS]
    ldr     r4, [sp, #LINEAR_WIDEN_ROWS]
    add     r2, r1, r5
    add     r5, r2, r5
    str     r5, [sp, #LINEAR_X]
    mov     r12, #0
    blx     r4

    ldr     r0, [sp, #LINEAR_Y]
    ldr     r1, [sp, #TILE_ROW_STRIDE]
    ldr     r4, [sp, #LINEAR_STREAM_START]
    str     r0, [sp, #TILE_Y]
    add     r0, r0, r1, lsl #1
    str     r0, [sp, #LINEAR_Y]
    ldr     lr, [sp, #TILE_TOKENS]
    add     r0, r4, #STREAM_SUMS
    str     r0, [sp, #LINEAR_STREAM]
.Loutputs:
    ldm     r4, {r0, r5-r12, pc}

.macro requantize_output a, b
    ldm     r4!, {r1-r3}
    requantize_two \a, \b, r1, r2, r3, r0
.endm

    internal nf_dsp_columns_store
    ldr     r4, [sp, #LINEAR_STREAM]
    requantize_output r5, r9
    requantize_output r6, r10
    requantize_output r7, r11
    requantize_output r8, r12
    ldr     r0, [sp, #TILE_Y]
    ldr     r1, [sp, #TILE_STRIDE]
    ldr     r2, [sp, #TILE_STRIDES]
    ldr     r3, [sp, #TILE_ROW_STRIDE]
    store_four r5, r6, r7, r8, r0, r1, r2
    add     r3, r3, r0
    add     r0, r0, r1, lsl #2
    add     r5, r4, #STREAM_SUMS
    store_four r9, r10, r11, r12, r3, r1, r2
    str     r0, [sp, #TILE_Y]
    str     r5, [sp, #LINEAR_STREAM]
    ldr     r1, [sp, #TILE_FOURS_END]
    cmp     lr, r1
    bne     .Loutputs
    ldr     r0, [sp, #LINEAR_TOKENS]
    subs    r0, r0, #2
    str     r0, [sp, #LINEAR_TOKENS]
    bgt     .Ltokens
    mov     r0, #1
.Lrefused:
    leave
    end_function nf_dsp_linear_by_tokens

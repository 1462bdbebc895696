#include "assembly.inc"
#include "tile.h"

/* A linear layer, pair by pair of outputs. A pair is refused when the five-instruction epilogue does not cover its constants: a
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

/* Behind bias, multiplier and shift; weights, columns and rounding. */
.macro load_constants
    ldr     r1, [sp, #LINEAR_BIAS]
    ldr     r2, [sp, #LINEAR_MULTIPLIER]
    ldr     r3, [sp, #LINEAR_SHIFT]
    ldr     r6, [sp, #LINEAR_WEIGHTS]
    ldr     r7, [sp, #LINEAR_COLUMNS]
    ldr     r8, [sp, #LINEAR_ROUNDING]
.endm

/* Two outputs' multipliers, roundings, shifts and biases into the frame. */
.macro store_outputs multiplier, rounding, shift, multiplier_2, rounding_2, shift_2, bias, bias_2
    str     \multiplier, [sp, #TILE_MULTIPLIER]
    str     \rounding, [sp, #TILE_ROUNDING]
    str     \shift, [sp, #TILE_SHIFT]
    str     \multiplier_2, [sp, #TILE_MULTIPLIER_2]
    str     \rounding_2, [sp, #TILE_ROUNDING_2]
    str     \shift_2, [sp, #TILE_SHIFT_2]
.irp i, 0, 4, 8, 12
    str     \bias, [sp, #TILE_BIAS + \i]
    str     \bias_2, [sp, #TILE_BIAS_2 + \i]
.endr
.endm

/* const int8_t *nf_dsp_linear_pairs(const nf_dsp_layer *layer): two outputs after the other for all tokens of a tile, which are
 * widened already. Returns the weights it stopped at: weights_end, or a pair that was refused. */
    function nf_dsp_linear_pairs
    push    {r4-r11, lr}
    sub     sp, sp, #LINEAR_BYTES
    mov     r1, sp
    bl      nf_dsp_linear_fill
    adr     r0, .Lstored + 1
    str     r0, [sp, #TILE_RETURN]
    load_constants
.Lpair:
    next_outputs .Lleave
    lsl     r9, r8, r4
    lsl     r12, r8, r5
    add     r4, r4, #1
    add     r5, r5, #1
    str     r1, [sp, #LINEAR_BIAS]
    str     r2, [sp, #LINEAR_MULTIPLIER]
    str     r3, [sp, #LINEAR_SHIFT]
    store_outputs r0, r9, r4, lr, r12, r5, r10, r11
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
    add     sp, sp, #LINEAR_BYTES
    pop     {r4-r11, pc}
    end_function nf_dsp_linear_pairs

/* void nf_dsp_linear_packed(const nf_dsp_layer *layer): the same with what the image holds packed, which was checked when it was opened. r0 walks
 * the constants in the order of the frame, then is where the rows lie; r9 is where they end. */
    function nf_dsp_linear_packed
    push    {r4-r11, lr}
    sub     sp, sp, #LINEAR_BYTES
    mov     r1, sp
    bl      nf_dsp_linear_fill
    adr     r0, .Lpacked_stored + 1
    str     r0, [sp, #TILE_RETURN]
    ldr     r0, [sp, #LINEAR_WEIGHTS]
.Lpacked_pair:
    ldr     r9, [sp, #LINEAR_COLUMNS]
    ldr     lr, [sp, #TILE_TOKENS]
    ldr     r2, [r0, #4]
    ldr     r3, [r0, #8]
    ldr     r4, [r0, #12]
    ldr     r5, [r0, #16]
    ldr     r6, [r0, #20]
    ldr     r7, [r0, #24]
    ldr     r8, [r0, #28]
    ldr     r1, [r0], #PACKED_CONSTANTS
    store_outputs r3, r4, r5, r6, r7, r8, r1, r2
    add     r9, r9, r0
    str     r0, [sp, #TILE_ROWS]
    str     r9, [sp, #TILE_ROWS_END]
    b       nf_dsp_tile_run
    .balign 4
.Lpacked_stored:
    ldr     r5, [sp, #TILE_Y]
    ldr     r1, [sp, #LINEAR_Y_STEP]
    ldr     r0, [sp, #TILE_ROWS_END]
    ldr     r9, [sp, #LINEAR_WEIGHTS_END]
    add     r5, r5, r1
    str     r5, [sp, #TILE_Y]
    cmp     r0, r9
    bne     .Lpacked_pair
    add     sp, sp, #LINEAR_BYTES
    pop     {r4-r11, pc}
    end_function nf_dsp_linear_packed

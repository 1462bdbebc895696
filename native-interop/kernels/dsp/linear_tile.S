#include "assembly.inc"
#include "tile.h"

/* A linear layer, tile by tile. Outputs come in pairs; a pair is refused when the five-instruction epilogue does not cover its constants: a
 * shift outside -16..-1 or |bias| >= 2^29. (Below that, and with at most 32,768 columns, twice a sum fits 32 bits.) */

/* The constants of the next two outputs: biases r10, r11, doubled; r4, r5 shifts less 1; r1, r2, r3 stand behind what was read of bias,
 * multiplier, shift; r6 weights, r7 columns, r8 rounding. r12 is at LINEAR_CONSTANTS. */
.macro next_outputs refused
    ldrd    r4, r5, [r3], #8
    ldrd    r10, r11, [r1], #8
    mvn     r4, r4                      /* s - 1, because the shift is -s */
    mvn     r5, r5
    eor     r0, r10, r10, asr #31
    eor     r9, r11, r11, asr #31
    orr     r0, r0, r9
    orr     r9, r4, r5
    orr     r0, r9, r0, lsr #25         /* 4 bits and more when a bias is too large */
    cmp     r0, #MAX_TILE_SHIFT
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

.macro leave
    add     sp, sp, #LINEAR_BYTES
    pop     {r4-r11, pc}
.endm

/* const int8_t *nf_dsp_linear_by_outputs(const nf_dsp_layer *layer): two outputs after the other for all tokens of a tile, which are
 * widened already. Returns the weights it stopped at: weights_end, or a pair that was refused. */
    function nf_dsp_linear_by_outputs
    enter   nf_dsp_linear_fill_outputs
    add     r0, sp, #TILE_TOKENS_END
    str     r0, [sp, #TILE_NEXT]
    adr     r0, .Lstored + 1
    str     r0, [sp, #TILE_RETURN]
    add     r12, sp, #LINEAR_CONSTANTS
    ldm     r12, {r1-r3, r6-r8}
.Lpair:
    next_outputs .Lleave
    strd    r10, r10, [sp, #TILE_BIAS]
    strd    r11, r11, [sp, #TILE_BIAS_2]
    ldrd    r10, r11, [r2], #8
    stm     r12, {r1-r3}
    lsl     r0, r8, r4
    lsl     r1, r8, r5
    add     r4, r4, #1
    add     r5, r5, #1
    strd    r10, r0, [sp, #TILE_MULTIPLIER]
    str     r4, [sp, #TILE_SHIFT]
    strd    r11, r1, [sp, #TILE_MULTIPLIER_2]
    str     r5, [sp, #TILE_SHIFT_2]

    ldr     r0, [sp, #TILE_ROWS]
    ldr     r4, [sp, #LINEAR_WIDEN_WEIGHTS]
    mov     r1, r6
    add     r2, r6, r7
    mov     r3, r7
    mov     r12, #0
    blx     r4
    str     r2, [sp, #LINEAR_WEIGHTS]
    ldr     lr, [sp, #TILE_TOKENS]
    add     r12, sp, #TILE_START
    b       nf_dsp_tile_run
    .balign 4
.Lstored:
    ldr     r0, [sp, #LINEAR_Y_STEP]
    add     r12, sp, #LINEAR_CONSTANTS
    add     r5, r5, r0                  /* still the y of nf_dsp_tile_store */
    str     r5, [sp, #TILE_Y]
    ldm     r12, {r1-r3, r6-r9}
    cmp     r6, r9
    bne     .Lpair
.Lleave:
    mov     r0, r6
    leave
    end_function nf_dsp_linear_by_outputs

/* int32_t nf_dsp_linear_by_tokens(const nf_dsp_layer *layer): widens all outputs' weights, then two tokens after the other: for many
 * tokens and few outputs. In tile.S the tokens are the rows now, and the constants change with each block: they come from a stream,
 * 12 words per pair of outputs: rows, biases b0 b1 b0 b1, entry; multiplier, rounding, shift of each. Returns 0 when a pair was refused,
 * then with nothing stored. */
    function nf_dsp_linear_by_tokens
    enter   nf_dsp_linear_fill_tokens
    ldrd    r0, r1, [sp, #TILE_Y + 4]   /* the frame as nf_dsp_columns_store wants it: the three strides first */
    ldr     r2, [sp, #TILE_Y + 12]
    stm     sp, {r0-r2}
    ldr     r0, [sp, #TILE_TOKENS]
    ldr     r1, [sp, #LINEAR_STREAM]
    strd    r0, r1, [sp, #COLUMNS_START]
    add     r12, sp, #LINEAR_CONSTANTS
    ldm     r12, {r1-r3, r6-r8}
.Lwiden_outputs:
    next_outputs .Lrefuse
    ldr     r0, [sp, #LINEAR_STREAM]
    ldr     r9, [sp, #TILE_ROWS]
    str     r9, [r0], #4
    strd    r10, r11, [r0], #8
    strd    r10, r11, [r0], #8
    ldrd    r10, r11, [r2], #8
    stm     r12, {r1-r3}
    ldr     r9, [sp, #TILE_ENTRY]
    strd    r9, r10, [r0], #8
    lsl     r9, r8, r4
    lsl     r2, r8, r5
    add     r4, r4, #1
    add     r5, r5, #1
    strd    r9, r4, [r0], #8
    strd    r11, r2, [r0], #8
    str     r5, [r0], #4
    str     r0, [sp, #LINEAR_STREAM]

    ldr     r0, [sp, #TILE_TOKENS]
    ldr     r4, [sp, #LINEAR_WIDEN_WEIGHTS]
    mov     r1, r6
    add     r2, r6, r7
    mov     r3, r7
    mov     r12, #0
    blx     r4
    str     r2, [sp, #LINEAR_WEIGHTS]
    str     r0, [sp, #TILE_TOKENS]
    add     r12, sp, #LINEAR_CONSTANTS
    ldm     r12, {r1-r3, r6-r9}
    cmp     r6, r9
    bne     .Lwiden_outputs

    ldr     r0, [sp, #TILE_TOKENS]
    str     r0, [sp, #COLUMNS_END]
.Ltokens:
    ldrd    r1, r5, [sp, #LINEAR_X]     /* and the input stride */
    ldr     r0, [sp, #TILE_ROWS]
    ldr     r3, [sp, #LINEAR_COLUMNS]
    ldr     r4, [sp, #LINEAR_WIDEN_TOKENS]
    add     r2, r1, r5
    add     r5, r2, r5
    str     r5, [sp, #LINEAR_X]
    mov     r12, #0
    blx     r4

    ldr     r0, [sp, #LINEAR_Y]
    ldr     r1, [sp, #COLUMNS_TOKEN_STRIDE]
    ldrd    lr, r12, [sp, #COLUMNS_START]
    add     r1, r0, r1, lsl #1
    str     r1, [sp, #LINEAR_Y]
    add     r12, r12, #STREAM_SUMS
    strd    r0, r12, [sp, #COLUMNS_Y]
    ldmdb   r12, {r0-r4, pc}

    internal nf_dsp_columns_store
    ldm     r12!, {r8-r10}              /* of r5 token stride, r6 output stride, r7 both, r11 y, r12 stream */
    add     r0, r9, r1, asr #31
    smmlar  r1, r1, r8, r0
    add     r0, r9, r3, asr #31
    smmlar  r3, r3, r8, r0
    asr     r1, r1, r10
    asr     r3, r3, r10
    ssat    r1, #8, r1
    ssat    r3, #8, r3
    strb    r1, [r11]
    strb    r3, [r11, r5]
    ldm     r12!, {r8-r10}
    add     r0, r9, r2, asr #31
    smmlar  r2, r2, r8, r0
    add     r0, r9, r4, asr #31
    smmlar  r4, r4, r8, r0
    asr     r2, r2, r10
    asr     r4, r4, r10
    ssat    r2, #8, r2
    ssat    r4, #8, r4
    strb    r2, [r11, r6]
    strb    r4, [r11, r7]
    ldr     r0, [sp, #COLUMNS_END]
    add     r11, r11, r6, lsl #1
    add     r12, r12, #STREAM_SUMS
    strd    r11, r12, [sp, #COLUMNS_Y]
    cmp     lr, r0
    it      ne
    ldmdbne r12, {r0-r4, pc}
    ldr     r0, [sp, #LINEAR_TOKENS]
    subs    r0, r0, #2
    str     r0, [sp, #LINEAR_TOKENS]
    bgt     .Ltokens
    mov     r0, #1
    leave
.Lrefuse:
    mov     r0, #0
    leave
    end_function nf_dsp_linear_by_tokens

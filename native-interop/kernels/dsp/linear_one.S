#include "assembly.inc"

/* A linear layer of a single token: pairs of int8 rows of weights times the token, which is widened once.
 *
 *   r0       walks the widened token         r5-r8   eight columns of it
 *   r1, r2   walk two rows of weights        r9-r12  sixteen columns of the first, eight of the second
 *   r3, r4   sums                            lr      every other column of four, widened
 *
 * Sixteen columns are 37 instructions for 32 products. They are unrolled and entered where as many are left as the rows have; what is
 * over of 16 columns comes first. With all registers taken, everything else is in a frame at sp. */

#define UNROLLED 4
#define COLUMNS_BYTES 148

/* nf_linear_params */
#define INPUTS 4
#define LOW 28
#define PACKED 40

/* The frame. Its first words are what the pairs' end wants, up to the way there. */
#define FRAME_NEXT 24
#define FRAME_RESTART 28 /* the token, and where to enter */
#define FRAME_COLUMNS 36
#define FRAME_END 40    /* of the paired rows */
#define FRAME_STRIDE 44 /* and the way to store */
#define FRAME_STORE 48
#define FRAME_INNER 52 /* and behind four columns */
#define FRAME_X_END 60
#define FRAME_PAIRED 64 /* bytes of a part's paired rows, and of one that is left over */
#define FRAME_PARTS 72  /* the next one, and how many there are */
#define FRAME_LAST 80   /* where a part's rows end when one is left over; else 0 */
#define FRAME_BYTES 84

/* Behind it: what nf_dsp_linear_one_run, then nf_dsp_linear_one_s8 pushed, and the arguments on the stack. */
#define CALLER (FRAME_BYTES + 36)
#define CALLER_WEIGHTS (CALLER + 12)
#define CALLER_PARTS (CALLER + 24)
#define CALLER_SCRATCH (CALLER + 32)

/* Four columns of a row in \word times the token's \even and \odd columns. */
.macro multiply_word sum, word, even, odd
    sxtb16  lr, \word, ror #8
    sxtb16  \word, \word
    smlad   \sum, \word, \even, \sum
    smlad   \sum, lr, \odd, \sum
.endm

.macro multiply_eight sum, first, second
    multiply_word \sum, \first, r5, r6
    multiply_word \sum, \second, r7, r8
.endm

.macro multiply_sixteen
    ldm     r0!, {r5-r8}
    ldm     r1!, {r9-r12}
    multiply_eight r3, r9, r10
    ldm     r2!, {r9, r10}
    multiply_eight r4, r9, r10
    ldm     r0!, {r5-r8}
    multiply_eight r3, r11, r12
    ldm     r2!, {r9, r10}
    multiply_eight r4, r9, r10
.endm

/* Twice a multiplier, as SMMLAR wants it, is its 32 bits minus 2^32 when the topmost is set, so the sum is added once more; the carry of
 * the shift rounds. */
.macro requantize sum, multiplier, shift
    lsl     \multiplier, \multiplier, #1
    and     r11, \sum, \multiplier, asr #31
    add     r11, r11, \sum, asr #31
    smmlar  \sum, \sum, \multiplier, r11
    asrs    \sum, \sum, \shift
    adc     \sum, \sum, r10
    ssat    \sum, #8, \sum
.endm

/* Of r5 bias, r6 multiplier, r7 shift, r8 y, r9 the frame's RESTART, r10 zero point. */
.macro store_pair strided
    ldrd    r0, r12, [r7], #8
    ands    r1, r0, r12
    bpl     .Lrefuse
    rsb     r0, r0, #0
    rsb     r12, r12, #0
    ldrd    r1, lr, [r6], #8
    requantize r3, r1, r0
    requantize r4, lr, r12
.if \strided
    ldr     r0, [r9, #FRAME_STRIDE - FRAME_RESTART]
    strb    r3, [r8]
    strb    r4, [r8, r0]
    add     r8, r8, r0, lsl #1
.else
    strb    r3, [r8], #1
    strb    r4, [r8], #1
.endif
    ldrd    r0, r11, [r9, #FRAME_COLUMNS - FRAME_RESTART]
    mov     r1, r2
    cmp     r1, r11
    beq     .Lend
    add     r2, r2, r0
    ldrd    r3, r4, [r5], #8
    stm     sp, {r5-r8}
    ldm     r9, {r0, pc}
.endm

/* nf_linear_one_s8_kernel. What this way does not do, nf_dsp_linear_each does. */
    function nf_dsp_linear_one_s8
    push    {r0-r4, lr}
    ldr     r12, [r0, #PACKED]
    cmp     r12, #0
    beq     1f
    bl      nf_dsp_linear_one_packed_run
    beq     2f
    ldm     sp, {r0-r3}
1:  bl      nf_dsp_linear_one_run
2:  pop     {r0-r4, lr}
    bne     nf_dsp_linear_each
    ldrd    r2, r3, [r0, #LOW]
    cmn     r2, #128
    it      eq
    cmpeq   r3, #127
    it      eq
    bxeq    lr
    ldrd    r1, r2, [sp]
    b       nf_dsp_clamp_parts
    end_function nf_dsp_linear_one_s8

/* The same with a convention of its own: the zero flag says whether it was done. Rows of weights must be whole words, outputs two at
 * least, shifts below 0, and the scratch must hold the token. */
    function nf_dsp_linear_one_run
    push    {r4-r11, lr}
    sub     sp, sp, #FRAME_BYTES
    ldrd    r4, r5, [r0, #INPUTS]       /* and outputs */
    ldrd    r0, r6, [sp, #CALLER_SCRATCH]
    orr     r7, r3, r4
    lsls    r7, r7, #30
    bne     .Lrefuse
    cmp     r6, r4, lsl #1
    blo     .Lrefuse
    cmp     r5, #2
    blo     .Lrefuse
    mul     r6, r4, r5
    ands    r5, r5, #1
    it      ne
    movne   r5, r4
    sub     r6, r6, r5
    strd    r6, r5, [sp, #FRAME_PAIRED]

    /* The way through the columns: four of them, eight, then the rest by sixteens. */
    lsr     r6, r4, #4
    cmp     r6, #UNROLLED
    itt     gt
    adrgt   r7, .Lmore + 1
    strgt   r7, [sp, #FRAME_NEXT]
    subs    r6, r6, #1
    it      pl
    andpl   r6, r6, #UNROLLED - 1       /* sixteens of the first pass, less one */
    mov     r8, #COLUMNS_BYTES
    adr     r7, .Lbehind + 1 - COLUMNS_BYTES
    mls     r6, r6, r8, r7
    tst     r4, #8
    ite     ne
    adrne   r7, .Leight + 1
    moveq   r7, r6
    strd    r6, r7, [sp, #FRAME_INNER]
    tst     r4, #4
    it      ne
    adrne   r7, .Lfour + 1
    strd    r0, r7, [sp, #FRAME_RESTART]
    add     r6, r0, r4, lsl #1
    str     r6, [sp, #FRAME_X_END]
    str     r4, [sp, #FRAME_COLUMNS]
    ldrd    r6, r7, [sp, #CALLER_PARTS]
    strd    r6, r7, [sp, #FRAME_PARTS]

    mov     r1, r2
    mov     r2, r4
    mov     r3, #0
    bl      nf_dsp_widen_vector_run
    ldr     r7, [sp, #CALLER + 4]
    ldm     r7, {r5-r7}
    ldr     r1, [sp, #CALLER_WEIGHTS]
    ldr     r0, [sp, #FRAME_COLUMNS]

    /* A part: r0 columns, r1 its rows, r5 biases, r6 multipliers, r7 shifts. */
.Lpart:
    ldrd    r3, r4, [sp, #FRAME_PARTS]
    subs    r4, r4, #1
    bmi     .Ldone
    ldm     r3!, {r8, r10, r11}         /* y, zero point, stride */
    strd    r3, r4, [sp, #FRAME_PARTS]
    cmp     r11, #1
    adr     r3, .Lstore + 1
    it      ne
    adrne   r3, .Lstore_strided + 1
    strd    r11, r3, [sp, #FRAME_STRIDE]
    cmp     r0, #16 * (UNROLLED + 1)
    it      lt
    strlt   r3, [sp, #FRAME_NEXT]
    ldrd    r3, r4, [sp, #FRAME_PAIRED]
    add     r3, r3, r1
    str     r3, [sp, #FRAME_END]
    cmp     r4, #0
    it      ne
    addne   r4, r4, r3
    str     r4, [sp, #FRAME_LAST]
    add     r2, r1, r0
    add     r9, sp, #FRAME_RESTART
    ldrd    r3, r4, [r5], #8
    stm     sp, {r5-r10}
    ldm     r9, {r0, pc}

    .balign 4
.Lstore:
    store_pair 0
    .balign 4
.Lstore_strided:
    store_pair 1

    /* A row that is left over makes another pair with the row before it. r0 columns, r1 the row. */
.Lend:
    ldr     r4, [sp, #FRAME_LAST]
    cmp     r4, #0
    beq     .Lpart
    str     r4, [sp, #FRAME_END]
    mov     r3, #0
    str     r3, [sp, #FRAME_LAST]
    sub     r1, r1, r0
    ldr     r0, [sp, #FRAME_STRIDE]
    sub     r5, r5, #4
    sub     r6, r6, #4
    sub     r7, r7, #4
    sub     r8, r8, r0
    ldrd    r3, r4, [r5], #8
    stm     sp, {r5-r8}
    ldm     r9, {r0, pc}
.Ldone:
    cmp     r0, r0
    b       .Lleave
.Lrefuse:
    cmp     sp, #0                      /* which it never is */
.Lleave:
    add     sp, sp, #FRAME_BYTES
    pop     {r4-r11, pc}

    .balign 4
.Lfour:
    ldrd    r5, r6, [r0], #8
    ldr     r9, [r1], #4
    multiply_word r3, r9, r5, r6
    ldr     r9, [r2], #4
    multiply_word r4, r9, r5, r6
    ldr     pc, [sp, #FRAME_INNER + 4]
    .balign 4
.Leight:
    ldm     r0!, {r5-r8}
    ldm     r1!, {r9, r10}
    multiply_eight r3, r9, r10
    ldm     r2!, {r9, r10}
    multiply_eight r4, r9, r10
    ldr     pc, [sp, #FRAME_INNER]
    .balign 4
.Lcolumns:
.rept UNROLLED
    multiply_sixteen
.endr
.Lbehind:
    ldm     sp, {r5-r10, pc}

    .balign 4
.Lmore:
    ldr     r11, [sp, #FRAME_X_END]
    cmp     r0, r11
    bne     .Lcolumns
    ldr     pc, [sp, #FRAME_STORE]
    end_function nf_dsp_linear_one_run

/* The same with packed rows (MODEL-IMAGE.md), at r12: an even number of them, whole words of inputs.
 *
 *   r0       walks the widened token         r5-r8    eight columns of it
 *   r1       walks the packed rows           r9-r12   four columns of both rows
 *   r2       constants of the pair           lr       where to enter the columns
 *   r3, r4   sums
 *
 * Eight columns are 11 instructions for 16 products. */

#define EIGHT_BYTES 44

#define PACKED_TOKEN 0
#define PACKED_Y 4 /* and stride, and the end of the part's rows */
#define PACKED_TOKEN_END 16
#define PACKED_INNER 20 /* where to go behind four columns */
#define PACKED_PARTS 24 /* the next one, and how many there are */
#define PACKED_PART_BYTES 32
#define PACKED_FRAME 36

#define PACKED_CALLER (PACKED_FRAME + 36)

.macro multiply_packed even, odd
    ldm     r1!, {r9-r12}
    smlad   r3, r9, \even, r3
    smlad   r4, r11, \even, r4
    smlad   r3, r10, \odd, r3
    smlad   r4, r12, \odd, r4
.endm

    function nf_dsp_linear_one_packed_run
    push    {r4-r11, lr}
    sub     sp, sp, #PACKED_FRAME
    ldrd    r4, r5, [r0, #INPUTS]       /* and outputs */
    ldrd    r0, r6, [sp, #PACKED_CALLER + 32]
    orr     r7, r4, r5, lsl #1
    lsls    r7, r7, #30
    bne     .Lpacked_refuse
    cmp     r6, r4, lsl #1
    blo     .Lpacked_refuse

    lsl     r6, r4, #2
    add     r6, r6, #32                 /* bytes of a pair */
    lsr     r5, r5, #1
    mul     r6, r6, r5
    str     r6, [sp, #PACKED_PART_BYTES]
    ldrd    r6, r7, [sp, #PACKED_CALLER + 24]
    strd    r6, r7, [sp, #PACKED_PARTS]
    str     r0, [sp, #PACKED_TOKEN]
    add     r6, r0, r4, lsl #1
    str     r6, [sp, #PACKED_TOKEN_END]

    mov     r1, r2
    mov     r2, r4
    mov     r3, #0
    bl      nf_dsp_widen_vector_run
    mov     r1, r12
    ldr     r0, [sp, #PACKED_TOKEN]
    ldr     r2, [sp, #PACKED_TOKEN_END]
    sub     r2, r2, r0                  /* two bytes a column */
    lsrs    r3, r2, #4
    it      ne
    subne   r3, r3, #1
    and     r4, r3, #UNROLLED - 1
    it      ne
    addne   r4, r4, #1                  /* eights of the first pass */
    mov     r5, #EIGHT_BYTES
    adr     r3, .Lpacked_behind + 1
    mls     lr, r4, r5, r3
    str     lr, [sp, #PACKED_INNER]
    tst     r2, #8
    it      ne
    adrne   lr, .Lpacked_four + 1

.Lpacked_part:
    ldrd    r3, r4, [sp, #PACKED_PARTS]
    subs    r4, r4, #1
    bmi     .Lpacked_done
    ldm     r3!, {r5, r6, r7}           /* y, zero point, stride */
    strd    r3, r4, [sp, #PACKED_PARTS]
    ldr     r8, [sp, #PACKED_PART_BYTES]
    add     r8, r8, r1
    add     r9, sp, #PACKED_Y
    stm     r9, {r5, r7, r8}
    ldr     r0, [sp, #PACKED_TOKEN]
.Lpacked_pair:
    ldm     r1!, {r3, r4}
    mov     r2, r1
    add     r1, r1, #24
    bx      lr

    .balign 4
.Lpacked_four:
    ldrd    r5, r6, [r0], #8
    multiply_packed r5, r6
    ldr     pc, [sp, #PACKED_INNER]
    .balign 4
.Lpacked_columns:
.rept UNROLLED
    ldm     r0!, {r5-r8}
    multiply_packed r5, r6
    multiply_packed r7, r8
.endr
.Lpacked_behind:
    ldr     r12, [sp, #PACKED_TOKEN_END]
    cmp     r0, r12
    bne     .Lpacked_columns

    ldm     r2, {r5-r10}                /* multiplier, rounding and shift of each */
    add     r6, r6, r3, asr #31
    smmlar  r3, r3, r5, r6
    add     r9, r9, r4, asr #31
    smmlar  r4, r4, r8, r9
    asr     r3, r3, r7
    asr     r4, r4, r10
    ssat    r3, #8, r3
    ssat    r4, #8, r4
    ldm     sp, {r0, r5, r6, r7}
    strb    r3, [r5]
    strb    r4, [r5, r6]
    add     r5, r5, r6, lsl #1
    str     r5, [sp, #PACKED_Y]
    cmp     r1, r7
    bne     .Lpacked_pair
    b       .Lpacked_part

.Lpacked_done:
    cmp     r0, r0
    b       .Lpacked_leave
.Lpacked_refuse:
    cmp     sp, #0                      /* which it never is */
.Lpacked_leave:
    add     sp, sp, #PACKED_FRAME
    pop     {r4-r11, pc}
    end_function nf_dsp_linear_one_packed_run

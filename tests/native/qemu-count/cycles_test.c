/* The cycle models of ports/qemu-count, by sequences of instructions as QEMU disassembles them; its README says where the costs stand. */
#include "cycles.h"
#include "test_port.h"

#define MAX_INSTRUCTIONS 16

/* Cycles of a body that is repeated without branches, from its second turn to its third: results come round from turn to turn. */
static uint32_t turn(const char *core, const char *const *body)
{
    const nf_cycle_model *model = nf_cycle_model_of(core);
    nf_instruction instructions[MAX_INSTRUCTIONS];
    nf_pipeline pipeline = {0};
    size_t count = 0;

    for (; body[count] != NULL; count++) {
        instructions[count] = model->decode(body[count]);
    }
    nf_pipeline_execute(&pipeline, model, instructions, count);
    nf_pipeline_execute(&pipeline, model, instructions, count);
    const uint32_t begin = pipeline.now;
    nf_pipeline_execute(&pipeline, model, instructions, count);
    return pipeline.now - begin;
}

#define TURN(core, ...) turn(core, (const char *const[]){__VA_ARGS__, NULL})

static void check_cortex_m4(void)
{
    TEST_CHECK(TURN("cortex-m4", "ldm r0!, {r4-r7}") == 5);
    TEST_CHECK(TURN("cortex-m4", "push {r4, r5, r6, lr}") == 5);
    TEST_CHECK(TURN("cortex-m4", "ldrd r4, r5, [r0], #8") == 3);
    TEST_CHECK(TURN("cortex-m4", "add r2, r2, #1", "ldr r4, [r0]", "ldr r5, [r0, #4]", "str r4, [r1]") == 1 + 4);
    TEST_CHECK(TURN("cortex-m4", "add r3, r3, #1", "ldr r4, [r0]", "smlad r2, r4, r5, r2", "ldr r5, [r0, #4]") ==
               1 + 5);
    TEST_CHECK(TURN("cortex-m4", "ldr r4, [r0]", "ldr r5, [r0, #4]") == 2); /* wherever QEMU cuts its blocks */
    TEST_CHECK(TURN("cortex-m4", "sdiv r0, r1, r2", "mrs r0, ipsr", "b #0x10") == 7 + 2 + 1);
}

static void check_cortex_m7(void)
{
    TEST_CHECK(TURN("cortex-m7", "add r0, r0, #1", "add r1, r1, #1") == 1);
    TEST_CHECK(TURN("cortex-m7", "add r0, r1, #1", "add r1, r0, #1") == 2); /* each needs the other */
    TEST_CHECK(TURN("cortex-m7", "ldr r0, [r4]", "ldr r1, [r5]") == 2);     /* one unit for memory */
    TEST_CHECK(TURN("cortex-m7", "ldr r0, [r4]", "smlad r1, r2, r3, r6") == 1);
    TEST_CHECK(TURN("cortex-m7", "smlad r0, r4, r5, r1", "smlad r2, r4, r6, r3") == 2);
    TEST_CHECK(TURN("cortex-m7", "ldr r0, [r4]", "add r1, r0, #1", "mov r2, r1") == 4 - 1); /* loaded in 2, then mov */
    TEST_CHECK(TURN("cortex-m7", "ldm r0, {r4, r5, r6, r7}", "add r1, r1, #1") == 3);
}

/* ESP-DSP's 16-bit dot product on an ESP32: 437 cycles for 63 turns and what is around them, so about 6 per turn. */
static void check_esp32(void)
{
    TEST_CHECK(TURN("xtensa", "mula.dd.hh.ldinc m0, a2, m0, m2", "mula.dd.ll.ldinc m2, a3, m1, m3",
                    "mula.dd.hh.ldinc m1, a2, m1, m3", "mula.dd.ll.ldinc m3, a3, m0, m2") == 6);
    TEST_CHECK(TURN("xtensa", "l32i a2, a3, 0", "add a4, a2, a4") == 4); /* usable three cycles on */
    TEST_CHECK(TURN("xtensa", "l32i a2, a3, 0", "nop.n", "nop.n", "add a4, a2, a4") == 4);
    TEST_CHECK(TURN("xtensa", "mull a2, a3, a4", "mull a5, a3, a4", "mull a6, a3, a4") == 3);
    TEST_CHECK(TURN("xtensa", "mull a2, a3, a4", "s32i a2, a1, 0") == 4);
    TEST_CHECK(TURN("xtensa", "wsr.acclo a8", "mula.dd.ll m0, m2", "rsr.acclo a2") ==
               5); /* the product, then its sum */
    TEST_CHECK(TURN("xtensa", "movltz a7, a3, a2", "ssr a5", "sext a11, a11, 7") == 3);
}

static void check_esp32_c3(void)
{
    TEST_CHECK(TURN("rv32", "0202a583          lw              a1,32(t0)", "mul a2,a1,a3") == 3);
    TEST_CHECK(TURN("rv32", "lw a1,32(t0)", "8e99 sub a3,a3,a4", "mul a2,a1,a3") == 3);
    TEST_CHECK(TURN("rv32", "add a0,a0,a1", "sw a0,0(a2)", "bne a0,a1,-6 # 0x80009222") == 3);
    TEST_CHECK(TURN("rv32", "li a0,3", "divu t3,a5,a1", "add t3,t3,a0") == 1 + 33 + 1);
}

int main(void)
{
    TEST_CHECK(nf_cycle_model_of("cortex-m55") == NULL);
    check_cortex_m4();
    check_cortex_m7();
    check_esp32();
    check_esp32_c3();
    return test_report_result();
}

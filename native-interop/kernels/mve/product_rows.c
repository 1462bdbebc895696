/* One token by four rows at a time, lanes are rows: tails of every size, long rows, and shifts to the left. */
#include "product.h"
#include "requantize.h"

typedef struct row_group {
    const int8_t *weights[NF_TILE];
    mve_pred16_t lanes;
    int32x4_t bias, multiplier, shift;
    uint32x4_t offsets;
} row_group;

/* Sums of one row of x with four rows of weights; the loop's last turn is predicated. */
static int32x4_t dot4(const int8_t *x, const row_group *group, int32_t count)
{
    const int8_t *w0 = group->weights[0], *w1 = group->weights[1], *w2 = group->weights[2], *w3 = group->weights[3];
    int32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;

    __asm__ volatile("dlstp.8 lr, %[count]\n"
                     "1: vldrb.8 q0, [%[x]], #16\n"
                     "vldrb.8 q1, [%[w0]], #16\n"
                     "vmladava.s8 %[sum0], q0, q1\n"
                     "vldrb.8 q2, [%[w1]], #16\n"
                     "vmladava.s8 %[sum1], q0, q2\n"
                     "vldrb.8 q1, [%[w2]], #16\n"
                     "vmladava.s8 %[sum2], q0, q1\n"
                     "vldrb.8 q2, [%[w3]], #16\n"
                     "vmladava.s8 %[sum3], q0, q2\n"
                     "letp lr, 1b\n"
                     : [x] "+r"(x), [w0] "+r"(w0), [w1] "+r"(w1), [w2] "+r"(w2), [w3] "+r"(w3), [sum0] "+Te"(sum0),
                       [sum1] "+Te"(sum1), [sum2] "+Te"(sum2), [sum3] "+Te"(sum3)
                     : [count] "r"(count)
                     : "q0", "q1", "q2", "lr", "memory");
    return (int32x4_t){sum0, sum1, sum2, sum3};
}

static row_group group_from(const nf_mve_product *product, int32_t row, int32_t count)
{
    const int32_t constants = row * product->constants_step;
    const mve_pred16_t lanes = vctp32q((uint32_t)count);
    row_group group = {
        .lanes = lanes,
        .bias = vldrwq_z_s32(product->bias + row, lanes),
        .multiplier = vldrwq_z_s32(product->multiplier + constants, lanes),
        .shift = vldrwq_z_s32(product->shift + constants, lanes),
        .offsets = vmulq_n_u32(vidupq_n_u32(0, 1), (uint32_t)product->output_stride),
    };
    /* Rows beyond the last are the last once more; their lanes are not stored. */
    for (int32_t i = 0; i < NF_TILE; i++) {
        const int32_t real = i < count ? i : count - 1;
        group.weights[i] = product->weights + (row + real) * product->weight_stride;
    }
    return group;
}

void nf_mve_product_rows(const nf_mve_product *product, int32_t row, int32_t row_end, int32_t token, int32_t token_end)
{
    const int32x4_t low = vdupq_n_s32(product->low), high = vdupq_n_s32(product->high);

    for (; row < row_end; row += NF_TILE) {
        const int32_t count = row_end - row < NF_TILE ? row_end - row : NF_TILE;
        const row_group group = group_from(product, row, count);
        int8_t *y = product->y + row * product->output_stride + token * product->token_stride;

        for (int32_t t = token; t < token_end; t++, y += product->token_stride) {
            int32x4_t sums = vaddq_s32(dot4(product->x + t * product->x_stride, &group, product->inner), group.bias);
            if (product->correction != 0) {
                sums = vaddq_n_s32(sums, product->correction[t]);
            }
            sums = vaddq_n_s32(nf_mve_requantize(sums, group.multiplier, group.shift), product->zero_point);
            vstrbq_scatter_offset_p_s32(y, group.offsets, nf_mve_clamp(sums, low, high), group.lanes);
        }
    }
}

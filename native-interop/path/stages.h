/* The stages of the path. Each is a twin of a class in C# that says why it is so; 64-bit values, shifts and divisions round
 * as there. */
#ifndef NANOFORMER_PATH_STAGES_H
#define NANOFORMER_PATH_STAGES_H

#include "nanoformer/path.h"

/* The nearest value that 16 bits hold. */
static inline int16_t nf_saturate_int16(int64_t value)
{
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < INT16_MIN ? INT16_MIN : value);
}

void nf_sample_clock_open(nf_sample_clock *clock, uint32_t nominal_ns);
void nf_sample_clock_restart(nf_sample_clock *clock, int64_t now_us);
void nf_sample_clock_observe(nf_sample_clock *clock, int64_t samples, int64_t now_us);

void nf_gyro_bias_open(nf_gyro_bias *bias, uint32_t hertz);
void nf_gyro_bias_remove(nf_gyro_bias *bias, int16_t axes[NF_PATH_AXES]);
void nf_gyro_bias_end_stretch(nf_gyro_bias *bias, bool is_still);
void nf_gyro_bias_restore(nf_gyro_bias *bias, const int32_t known[NF_PATH_AXES]);
int32_t nf_gyro_bias_of(const nf_gyro_bias *bias, uint32_t axis);

void nf_resampler_set_periods(nf_resampler *resampler, int64_t input_ns, int64_t output_ns);
void nf_resampler_push(nf_resampler *resampler, const nf_path_settings *settings, const int16_t *sample);
bool nf_resampler_pull(nf_resampler *resampler, const nf_path_settings *settings, int16_t *output);

/* Motion in a window, in thousandths of what counts as still. */
int64_t nf_motion_permille(const nf_path_settings *settings, const int16_t *window);

#endif

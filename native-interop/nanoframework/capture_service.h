/* The one capture of a firmware and its path, with static ring and window. Knows nothing of the CLR. */
#ifndef NANOFORMER_CAPTURE_SERVICE_H
#define NANOFORMER_CAPTURE_SERVICE_H

#include "nanoformer/path.h"

#if __has_include("nf_firmware_config.h")
#include "nf_firmware_config.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Memory of the ring, for all sensors: two seconds of six channels at 100 Hz, and what the slots cost. */
#ifndef NF_FIRMWARE_CAPTURE_BYTES
#define NF_FIRMWARE_CAPTURE_BYTES 4096
#endif

/* Memory of the window: 512 samples of six channels, and room. */
#ifndef NF_FIRMWARE_WINDOW_BYTES
#define NF_FIRMWARE_WINDOW_BYTES 8192
#endif

/* Takes bus and interrupt pin. `wake` is called when samples have come, in an interrupt or another task. RUNNING when it is
 * open already. */
nf_capture_status nf_capture_service_open(const nf_path_plan *plan, void (*wake)(void));

/* Stops, and gives bus and interrupt pin back; nothing when it is not open. */
void nf_capture_service_close(void);

/* The path; null when it is not open. */
nf_path *nf_capture_service_get(void);

nf_capture_status nf_capture_service_start(void);

/* Whether the producer has woken the reader since the last time it was asked. */
bool nf_capture_service_woken(void);

/* Puts the host to light sleep for at most `microseconds`; false when it cannot, or must not at the moment. */
bool nf_capture_service_rest(uint64_t microseconds);

#ifdef __cplusplus
}
#endif

#endif

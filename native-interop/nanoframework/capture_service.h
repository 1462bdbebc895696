/* The one capture of a firmware, with its static ring. Knows nothing of the CLR. */
#ifndef NANOFORMER_CAPTURE_SERVICE_H
#define NANOFORMER_CAPTURE_SERVICE_H

#include "nanoformer/capture_port.h"

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

/* Takes bus and interrupt pin. `wake` is called once per hop, in an interrupt or another task. RUNNING when it is
 * open already. */
nf_capture_status nf_capture_service_open(const nf_capture_wiring *wiring, const nf_capture_settings *settings,
                                          void (*wake)(void));

/* Stops, and gives bus and interrupt pin back; nothing when it is not open. */
void nf_capture_service_close(void);

/* The capture; null when it is not open. */
nf_capture *nf_capture_service_get(void);

/* Whether a hop has gathered, or the ring has filled up, since the last time it was asked. */
bool nf_capture_service_woken(void);

#ifdef __cplusplus
}
#endif

#endif

/* Wiring and settings of a capture, as the managed side passes them (CaptureSession). */
#ifndef NANOFORMER_CAPTURE_SETTINGS_H
#define NANOFORMER_CAPTURE_SETTINGS_H

#include "arguments.h"
#include "nanoformer/capture_port.h"

#define NF_CAPTURE_SETTING_COUNT 16

/* `numbers` holds NF_CAPTURE_SETTING_COUNT values, `words` one for each channel. False when one does not fit its
 * field. */
bool NF_ReadCaptureSettings(const NF_Array<const CLR_INT32> &numbers, const NF_Array<const CLR_UINT8> &words,
                            nf_capture_wiring &wiring, nf_capture_settings &settings);

#endif

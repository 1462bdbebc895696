#ifndef TARGET_OS_H
#define TARGET_OS_H

#include "nf_config.h"

#define CONFIG_RTOS NONE
#define TARGET_HAS_NANOBOOTER 0
#define VERSION_MAJOR 1U
#define VERSION_MINOR 0U
#define VERSION_BUILD 0U
#define VERSION_REVISION 0U
#define TARGETINFOSTRING "emulated"

#endif

/* The one system event that the glue raises. */
#ifndef NANOHAL_V2_H
#define NANOHAL_V2_H

#define SYSTEM_EVENT_FLAG_STORAGE_IO 0x00000004

#endif

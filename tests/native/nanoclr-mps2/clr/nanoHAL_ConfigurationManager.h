/* A board's identity. */
#ifndef NANOHAL_CONFIGURATION_MANAGER_H
#define NANOHAL_CONFIGURATION_MANAGER_H

#include <stddef.h>

extern "C" {
void ConfigurationManager_GetOemModelSku(char *text, size_t room);
void ConfigurationManager_GetModuleSerialNumber(char *text, size_t room);
void ConfigurationManager_GetSystemSerialNumber(char *text, size_t room);
}

#endif

#ifndef SYS_DEV_GPIO_NATIVE_TARGET_H
#define SYS_DEV_GPIO_NATIVE_TARGET_H

#include <sys_dev_gpio_native.h>

#endif

/* The compiler's own, which the Debian package leaves to a C library. */
#include <stdint-gcc.h>

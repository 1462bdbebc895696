/* The CLR counts time in ticks of 100 ns. */
#ifndef NANOHAL_TIME_H
#define NANOHAL_TIME_H

#define TIME_CONVERSION__TO_MILLISECONDS 10000

#endif

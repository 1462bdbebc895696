#ifndef TARGETPAL_TIME_H
#define TARGETPAL_TIME_H
#endif

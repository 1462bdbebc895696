#ifndef TARGETPAL_H
#define TARGETPAL_H
#endif

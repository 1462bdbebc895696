#ifndef TARGET_BOARD_H
#define TARGET_BOARD_H
#endif

/* Where a board keeps deployed assemblies. */
#ifndef NANOPAL_BLOCKSTORAGE_H
#define NANOPAL_BLOCKSTORAGE_H

#include <stdint.h>

typedef unsigned int ByteAddress;

#define BlockRange_BLOCKTYPE_DEPLOYMENT 0x40002050u

typedef struct BlockRange {
    unsigned int RangeType, StartBlock, EndBlock;
} BlockRange;

typedef enum BlockRegionAttribute { BlockRegionAttribute_MemoryMapped = 0x0100 } BlockRegionAttribute;
typedef enum MediaAttribute { MediaAttribute_SupportsXIP = 0x0002 } MediaAttribute;

typedef struct BLOCKREGIONINFO {
    BlockRegionAttribute Attributes;
    ByteAddress Start;
    unsigned int NumBlocks, BytesPerBlock, NumBlockRanges;
    const BlockRange *BlockRanges;
} BlockRegionInfo;

typedef struct DEVICEBLOCKINFO {
    MediaAttribute Attribute;
    uint32_t BytesPerSector, NumRegions;
    BlockRegionInfo *Regions;
} DeviceBlockInfo;

typedef struct IBLOCKSTORAGEDEVICE {
    bool (*InitializeDevice)(void *);
    bool (*UninitializeDevice)(void *);
    DeviceBlockInfo *(*GetDeviceInfo)(void *);
    bool (*Read)(void *, ByteAddress from, unsigned int bytes, unsigned char *to);
    bool (*Write)(void *, ByteAddress to, unsigned int bytes, unsigned char *from, bool modify);
} IBlockStorageDevice;

typedef struct BlockStorageDevice {
    IBlockStorageDevice *m_BSD;
    void *m_context;
} BlockStorageDevice;

void BlockStorageList_Initialize();
bool BlockStorageList_InitializeDevices();
bool BlockStorageList_UnInitializeDevices();
bool BlockStorageList_AddDevice(BlockStorageDevice *device, IBlockStorageDevice *driver, void *context,
                                bool initialize);

extern "C" void BlockStorage_AddDevices();

#endif

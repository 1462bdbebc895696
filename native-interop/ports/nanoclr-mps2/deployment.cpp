/* Where the application lies: assemblies one behind the other, run in place. The board cannot write them. */
#include "board.h"

#include <nanoHAL.h>
#include <nanoPAL_BlockStorage.h>

static bool Succeed(void *context)
{
    (void)context;
    return true;
}

static DeviceBlockInfo *GetInfo(void *context)
{
    return (DeviceBlockInfo *)context;
}

static bool Read(void *context, ByteAddress from, unsigned int bytes, unsigned char *to)
{
    (void)context;
    memcpy(to, (const void *)(uintptr_t)from, bytes);
    return true;
}

static bool Write(void *context, ByteAddress to, unsigned int bytes, unsigned char *from, bool modify)
{
    (void)context;
    (void)to;
    (void)bytes;
    (void)from;
    (void)modify;
    return false;
}

static const BlockRange ranges[] = {{BlockRange_BLOCKTYPE_DEPLOYMENT, 0, 0}};
static BlockRegionInfo regions[] = {{(BlockRegionAttribute)0, NF_MPS2_DEPLOYMENT, 1, NF_MPS2_PART_BYTES, 1, ranges}};
static DeviceBlockInfo info = {MediaAttribute_SupportsXIP, 1, 1, regions};
static IBlockStorageDevice driver;
static BlockStorageDevice device;

void BlockStorage_AddDevices()
{
    driver.InitializeDevice = Succeed;
    driver.UninitializeDevice = Succeed;
    driver.GetDeviceInfo = GetInfo;
    driver.Read = Read;
    driver.Write = Write;
    BlockStorageList_AddDevice(&device, &driver, &info, false);
}

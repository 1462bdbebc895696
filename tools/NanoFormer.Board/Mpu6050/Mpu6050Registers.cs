namespace NanoFormer.Board;

/// <summary>Register addresses and bits of the MPU-6050 (register map RM-MPU-6000A, motion detection from revision 3.2).</summary>
internal static class Mpu6050Registers
{
    public const byte SelfTestX = 0x0D;
    public const byte SelfTestAccel = 0x10;
    public const byte SampleRateDivider = 0x19;
    public const byte Config = 0x1A;
    public const byte GyroConfig = 0x1B;
    public const byte AccelConfig = 0x1C;
    public const byte LowPowerAccelRate = 0x1E; // MPU6500
    public const byte MotionThreshold = 0x1F;
    public const byte MotionThresholdX = 0x20; // ICM-206xx; Y and Z follow
    public const byte MotionDuration = 0x20;
    public const byte FifoEnable = 0x23;
    public const byte InterruptPinConfig = 0x37;
    public const byte InterruptEnable = 0x38;
    public const byte InterruptStatus = 0x3A;
    public const byte AccelOut = 0x3B;
    public const byte TemperatureOut = 0x41;
    public const byte GyroOut = 0x43;
    public const byte LastDataOut = 0x48;
    public const byte LastExternalSensorData = 0x60;
    public const byte MotionDetectStatus = 0x61;
    public const byte SignalPathReset = 0x68;
    public const byte MotionDetectControl = 0x69;
    public const byte UserControl = 0x6A;
    public const byte PowerManagement1 = 0x6B;
    public const byte PowerManagement2 = 0x6C;
    public const byte FifoCountHigh = 0x72;
    public const byte FifoCountLow = 0x73;
    public const byte FifoReadWrite = 0x74;
    public const byte WhoAmI = 0x75;
    public const int Count = 0x80;

    public const byte ConfigLowPassMask = 0x07;
    public const byte AccelConfigHighPassMask = 0x07;

    public const byte FifoTemperature = 0x80;
    public const byte FifoGyroX = 0x40;
    public const byte FifoAccel = 0x08;
    public const byte FifoGyroAll = 0x10; // ICM-20602, MPU6886

    public const byte PinActiveLow = 0x80;
    public const byte PinOpenDrain = 0x40;
    public const byte PinLatch = 0x20;
    public const byte PinClearOnAnyRead = 0x10;

    public const byte InterruptMotion = 0x40;
    public const byte InterruptFifoOverflow = 0x10;
    public const byte InterruptDataReady = 0x01;

    public const byte UserFifoEnable = 0x40;
    public const byte UserFifoReset = 0x04;
    public const byte UserSignalReset = 0x01;
    public const byte UserSelfClearing = 0x0F;

    public const byte PowerReset = 0x80;
    public const byte PowerSleep = 0x40;
    public const byte PowerCycle = 0x20;
    public const byte PowerTemperatureDisable = 0x08;
    public const byte PowerClockMask = 0x07;
    public const byte ClockStopped = 0x07;
    public const byte StandbyAccelX = 0x20;
    public const byte StandbyGyroX = 0x04;
    public const byte StandbyAccelAll = 0x38;
    public const byte StandbyGyroAll = 0x07;
}

namespace NanoFormer.Sensors
{
    /// <summary>Registers and bits of the LSM6DSO (DS12140) that the driver uses.</summary>
    internal static class Lsm6dsoRegisters
    {
        internal const int BankAccess = 0x01;          // FUNC_CFG_ACCESS
        internal const int FifoControl3 = 0x09;        // batch rates: gyroscope in bits 7:4, accelerometer in 3:0
        internal const int FifoControl4 = 0x0A;        // mode in bits 2:0
        internal const int WhoAmI = 0x0F;
        internal const int AccelControl = 0x10;        // CTRL1_XL: rate in bits 7:4, range in 3:2, second filter in 1
        internal const int GyroControl = 0x11;         // CTRL2_G: rate in bits 7:4, range in 3:2
        internal const int Control3 = 0x12;
        internal const int Control6 = 0x15;
        internal const int Control9 = 0x18;
        internal const int WakeUpSource = 0x1B;
        internal const int Temperature = 0x20;
        internal const int FifoStatus = 0x3A;
        internal const int TapConfig0 = 0x56;
        internal const int TapConfig2 = 0x58;
        internal const int WakeUpThreshold = 0x5B;
        internal const int WakeUpDuration = 0x5C;
        internal const int Interrupt1Route = 0x5E;     // MD1_CFG
        internal const int FifoData = 0x78;            // the tag, then six bytes; reads go round

        internal const int ResetBit = 0x01;            // Control3
        internal const int BlockUpdateAndIncrement = 0x44;
        internal const int AccelLowPower = 0x10;       // Control6: XL_HM_MODE
        internal const int I3cOff = 0xE2;              // Control9: its reset value, and I3C_DISABLE
        internal const int Accel12Hz5At2G = 0x10;
        internal const int Accel104HzAt4GFiltered = 0x4A;
        internal const int Gyro104HzAt500Dps = 0x44;
        internal const int Batch104Hz = 0x44;
        internal const int FifoBypass = 0;
        internal const int FifoContinuous = 6;
        internal const int LatchedClearedByRead = 0x41; // TapConfig0: INT_CLR_ON_READ, LIR
        internal const int InterruptsOn = 0x80;        // TapConfig2
        internal const int FineThreshold = 0x10;       // WakeUpDuration: WAKE_THS_W, a step is 1/256 of the range
        internal const int RouteWakeUp = 0x20;         // Interrupt1Route
        internal const int WokenBit = 0x08;            // WakeUpSource

        internal const int EmbeddedBank = 0x80;        // BankAccess
        internal const int PageSelect = 0x02;          // in the embedded bank: page in bits 7:4, bit 0 set
        internal const int PageAddress = 0x08;
        internal const int PageValue = 0x09;
        internal const int PageAccess = 0x17;
        internal const int PageWrite = 0x40;           // PageAccess
        internal const int PageRead = 0x20;
    }
}

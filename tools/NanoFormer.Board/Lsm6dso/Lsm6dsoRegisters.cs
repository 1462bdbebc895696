namespace NanoFormer.Board;

/// <summary>Addresses and bits of the LSM6DSO's registers, by their names in the data sheet (DS12140).</summary>
internal static class Lsm6dsoRegisters
{
    public const byte FUNC_CFG_ACCESS = 0x01;
    public const byte FIFO_CTRL3 = 0x09;
    public const byte FIFO_CTRL4 = 0x0A;
    public const byte WHO_AM_I = 0x0F;
    public const byte CTRL1_XL = 0x10;
    public const byte CTRL2_G = 0x11;
    public const byte CTRL3_C = 0x12;
    public const byte CTRL6_C = 0x15;
    public const byte CTRL9_XL = 0x18;
    public const byte ALL_INT_SRC = 0x1A;
    public const byte WAKE_UP_SRC = 0x1B;
    public const byte STATUS_REG = 0x1E;
    public const byte OUT_TEMP_L = 0x20;
    public const byte OUTX_L_G = 0x22;
    public const byte OUTX_L_A = 0x28;
    public const byte FIFO_STATUS1 = 0x3A;
    public const byte FIFO_STATUS2 = 0x3B;
    public const byte TAP_CFG0 = 0x56;
    public const byte TAP_CFG2 = 0x58;
    public const byte WAKE_UP_THS = 0x5B;
    public const byte WAKE_UP_DUR = 0x5C;
    public const byte MD1_CFG = 0x5E;
    public const byte FIFO_DATA_OUT_TAG = 0x78;
    public const byte FIFO_DATA_OUT_Z_H = 0x7E;

    // In the bank of the embedded functions.
    public const byte PAGE_SEL = 0x02;
    public const byte PAGE_ADDRESS = 0x08;
    public const byte PAGE_VALUE = 0x09;
    public const byte PAGE_RW = 0x17;
}

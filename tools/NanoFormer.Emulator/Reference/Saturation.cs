namespace NanoFormer.Emulator;

/// <summary>Fixed-point helper.</summary>
internal static class Saturation
{
    /// <summary>The nearest value that 16 bits hold.</summary>
    internal static short ToInt16(long value)
    {
        if (value > short.MaxValue)
        {
            return short.MaxValue;
        }

        return value < short.MinValue ? short.MinValue : (short)value;
    }
}

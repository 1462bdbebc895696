namespace NanoFormer.Corpus;

/// <summary>Random raw windows: noise of several strengths, extremes, and constants.</summary>
public static class RandomWindow
{
    /// <summary>A window of the given number of int16 values.</summary>
    public static short[] Create(int values, Random random)
    {
        int kind = random.Next(9);
        int amplitude = 1 << random.Next(8, 16);
        var level = (short)random.Next(short.MinValue, short.MaxValue + 1);
        var window = new short[values];
        for (int i = 0; i < values; i++)
        {
            window[i] = kind switch
            {
                0 => random.Next(2) == 0 ? short.MinValue : short.MaxValue,
                1 => level,
                2 => (short)random.Next(short.MinValue, short.MaxValue + 1),
                _ => (short)random.Next(-amplitude, amplitude),
            };
        }

        return window;
    }
}

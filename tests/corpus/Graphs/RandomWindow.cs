using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Random samples: noise of several strengths, extremes, and constants.</summary>
public static class RandomWindow
{
    /// <summary>Samples for a window tensor; those of an int8 window come as int16, too.</summary>
    public static short[] Create(WindowTensor window, Random random) => Create(window.Count, window.ElementType, random);

    /// <summary>This many values of a window's type.</summary>
    public static short[] Create(int values, ElementType type, Random random)
    {
        int bits = type == ElementType.Int8 ? 8 : 16;
        int limit = 1 << (bits - 1);
        int kind = random.Next(9);
        int amplitude = 1 << random.Next(bits / 2, bits);
        short level = (short)random.Next(-limit, limit);
        short[] window = new short[values];
        for (int i = 0; i < values; i++)
        {
            window[i] = kind switch
            {
                0 => (short)(random.Next(2) == 0 ? -limit : limit - 1),
                1 => level,
                2 => (short)random.Next(-limit, limit),
                _ => (short)random.Next(-amplitude, amplitude),
            };
        }

        return window;
    }
}

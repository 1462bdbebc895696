namespace NanoFormer.Search.Space;

/// <summary>The values that a size may have, in ascending order.</summary>
internal sealed class Ladder(params int[] values)
{
    /// <summary>Any value.</summary>
    public int Draw(Random random) => values[random.Next(values.Length)];

    /// <summary>The next value below or above one that need not be on the ladder itself.</summary>
    public int Near(int value, Random random)
    {
        int[] below = [.. values.Where(other => other < value).TakeLast(1)];
        int[] above = [.. values.Where(other => other > value).Take(1)];
        int[] near = [.. below, .. above];
        return near[random.Next(near.Length)];
    }
}

namespace NanoFormer.Evaluation;

/// <summary>What is checked of lists that belong together.</summary>
internal static class SameLength
{
    /// <summary>Requires as many of one as of the other.</summary>
    /// <exception cref="ArgumentException">There are more of one.</exception>
    public static void Require<TFirst, TSecond>(IReadOnlyList<TFirst> first, IReadOnlyList<TSecond> second)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"There are {first.Count} of one and {second.Count} of the other.", nameof(second));
        }
    }
}

namespace NanoFormer.Mutation;

/// <summary>A mutant in a report.</summary>
/// <param name="File">Its file.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Was">The characters that were replaced.</param>
/// <param name="Is">What stood there.</param>
/// <param name="Text">The line with the fault in it.</param>
/// <param name="Why">Why it is listed as equivalent; null when it is not.</param>
internal sealed record TriedMutant(string File, int Line, string Was, string Is, string Text, string? Why) : IComparable<TriedMutant>
{
    /// <summary>By file and line.</summary>
    public int CompareTo(TriedMutant? other) => (File, Line).CompareTo((other?.File ?? "", other?.Line ?? 0));

    /// <summary>Where it is, what changed, and why it does not matter if so.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: {Text}{(Why == null ? "" : $"   ({Why})")}");
}

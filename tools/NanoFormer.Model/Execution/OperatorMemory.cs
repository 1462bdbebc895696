namespace NanoFormer.Model;

/// <summary>What an operator of a step program remembers in the reference executor, and how it goes on with it.</summary>
internal abstract class OperatorMemory
{
    /// <summary>Takes in the new rows and computes the operator's result for them.</summary>
    public abstract void Run(ReadOnlySpan<sbyte> input, Span<sbyte> output);
}

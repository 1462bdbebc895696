namespace NanoFormer.Model;

/// <summary>Operators that run on some rows at a time, one after the other, from the first rows to the last.</summary>
/// <param name="First">Index of the first operator.</param>
/// <param name="Count">Number of operators, 2 or more.</param>
/// <param name="TileRows">Rows at a time; the last tile may have fewer.</param>
public readonly record struct OperatorGroup(int First, int Count, int TileRows)
{
    /// <summary>Index of the last operator.</summary>
    public int Last => First + Count - 1;

    /// <summary>Whether the operator of this index is in the group.</summary>
    public bool Contains(int operatorIndex) => First <= operatorIndex && operatorIndex <= Last;
}

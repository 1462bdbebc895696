namespace NanoFormer.Model;

/// <summary>The operators, by index and inclusive, during which a tensor's place must not be used otherwise.</summary>
public readonly record struct Lifetime(int First, int Last)
{
    /// <summary>Whether both are alive while some operator runs.</summary>
    public bool Overlaps(Lifetime other) => First <= other.Last && other.First <= Last;

    /// <summary>Whether alive while the operator of this index runs.</summary>
    public bool Contains(int operatorIndex) => First <= operatorIndex && operatorIndex <= Last;

    /// <summary>Reaches at least over the operators of a group.</summary>
    public Lifetime Over(OperatorGroup group) => new(Math.Min(First, group.First), Math.Max(Last, group.Last));
}

namespace NanoFormer.Corpus;

/// <summary>A softmax of every row of <c>[Rows][Length]</c>; multiplier and shift stand for <c>InputScale * 2^26</c>.</summary>
public sealed record SoftmaxVector(
    int Rows,
    int Length,
    double InputScale,
    int Multiplier,
    int Shift,
    int DiffMin,
    sbyte[] Input,
    sbyte[] Output);

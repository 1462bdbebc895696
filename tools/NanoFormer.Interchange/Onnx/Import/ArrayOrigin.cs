using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <summary>What the elements of an array are.</summary>
internal abstract record ArrayOrigin;

/// <summary>Known numbers.</summary>
internal sealed record ConstantOrigin(double[] Values) : ArrayOrigin;

/// <summary>The elements of a matrix of the network.</summary>
internal sealed record ValueOrigin(FloatValue Value) : ArrayOrigin;

/// <summary>
/// Products of queries and keys, <c>[heads][S][S]</c>: for each head the columns of the matrices that they are, a factor, and which keys a
/// query sees (null: all).
/// </summary>
internal sealed record ScoresOrigin(HeadColumns Queries, HeadColumns Keys, double Factor, bool[]? Seen = null) : ArrayOrigin;

/// <summary>The softmax of scores.</summary>
internal sealed record AttentionWeightsOrigin(ScoresOrigin Scores) : ArrayOrigin;

/// <summary>The softmax over the rows of a matrix of one column.</summary>
internal sealed record PoolWeightsOrigin(FloatValue Scores) : ArrayOrigin;

/// <summary>A step on the way to something that is understood as a whole, such as a layer normalization.</summary>
internal sealed record PendingOrigin(OnnxNode First) : ArrayOrigin;

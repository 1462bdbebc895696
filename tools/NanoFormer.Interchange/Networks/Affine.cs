namespace NanoFormer.Interchange.Networks;

/// <summary>Real weights and biases of an integer layer.</summary>
internal sealed record Affine(FloatConstant Weights, FloatConstant Biases);

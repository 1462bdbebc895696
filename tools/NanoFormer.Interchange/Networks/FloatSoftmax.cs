namespace NanoFormer.Interchange.Networks;

/// <summary>Softmax over each row.</summary>
/// <param name="Input">What it reads.</param>
/// <param name="Output">What it writes.</param>
public sealed record FloatSoftmax(FloatValue Input, FloatValue Output) : FloatStep(Input, Output);

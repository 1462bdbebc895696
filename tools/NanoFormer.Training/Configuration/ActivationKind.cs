namespace NanoFormer.Training.Configuration;

/// <summary>The non-linearity behind convolutions and in the feed-forward parts.</summary>
public enum ActivationKind
{
    /// <summary><c>max(x, 0)</c>, part of the layer before it.</summary>
    Relu,

    /// <summary><c>min(max(x, 0), 6)</c>, part of the layer before it.</summary>
    Relu6,

    /// <summary><c>x * Phi(x)</c>, by a table of 256 entries.</summary>
    Gelu,

    /// <summary><c>x * sigmoid(x)</c>, by a table of 256 entries.</summary>
    Silu,

    /// <summary>The hyperbolic tangent, by a table of 256 entries.</summary>
    Tanh,
}

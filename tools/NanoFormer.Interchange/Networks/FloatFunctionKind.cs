namespace NanoFormer.Interchange.Networks;

/// <summary>Functions of one value that an integer model computes by a table.</summary>
public enum FloatFunctionKind
{
    /// <summary><c>x * Phi(x)</c>, Phi being the distribution function of the standard normal.</summary>
    Gelu,

    /// <summary><c>x * sigmoid(x)</c>.</summary>
    Silu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}

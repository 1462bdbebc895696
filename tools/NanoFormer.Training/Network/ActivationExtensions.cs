namespace NanoFormer.Training.Network;

/// <summary>What the non-linearities are, to the engine.</summary>
internal static class ActivationExtensions
{
    /// <summary>The non-linearity where it can be part of the layer before it; null where it takes a table.</summary>
    public static ActivationKind? Fused(this ActivationKind kind) => kind is ActivationKind.Relu or ActivationKind.Relu6 ? kind : null;

    /// <summary>The limits that a fused non-linearity puts on a result.</summary>
    public static Activation ToActivation(this ActivationKind? fused) => fused switch
    {
        null => Activation.None,
        ActivationKind.Relu => Activation.Relu,
        ActivationKind.Relu6 => Activation.ClippedRelu(6),
        _ => throw new ArgumentOutOfRangeException(nameof(fused), fused, "It takes a table."),
    };

    /// <summary>The function of a table.</summary>
    public static Func<double, double> ToFunction(this ActivationKind kind) => kind switch
    {
        ActivationKind.Gelu => Nonlinearity.Gelu,
        ActivationKind.Silu => Nonlinearity.Silu,
        ActivationKind.Tanh => Nonlinearity.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It takes no table."),
    };

    /// <summary>A layer and its non-linearity, whether that is part of it or follows it.</summary>
    public static T AffineWithActivation<T>(this IOperators<T> operators, T input, AffineLayer layer, ActivationKind kind, string name)
    {
        if (kind.Fused() is not null)
        {
            return operators.Affine(input, layer, name);
        }

        return operators.Function(operators.Affine(input, layer, name + ".linear"), kind, name);
    }
}

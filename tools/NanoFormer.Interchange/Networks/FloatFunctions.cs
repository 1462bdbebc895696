using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <summary>The functions behind <see cref="FloatFunctionKind"/>.</summary>
internal static class FloatFunctions
{
    /// <summary>The function of a kind.</summary>
    public static Func<double, double> Of(FloatFunctionKind kind) => kind switch
    {
        FloatFunctionKind.Gelu => Nonlinearity.Gelu,
        FloatFunctionKind.Silu => Nonlinearity.Silu,
        FloatFunctionKind.Tanh => Nonlinearity.Tanh,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

using NanoFormer.Model;

namespace NanoFormer.Interchange.Networks;

/// <summary>
/// A matrix between the steps of a float network: a row is a time step or token, a column a channel. Values are told apart by identity.
/// </summary>
/// <param name="rows">Time steps or tokens.</param>
/// <param name="columns">Channels.</param>
/// <param name="quantization">How the integer model holds it; null in a network that was never quantized.</param>
public sealed class FloatValue(int rows, int columns, Quantization? quantization = null)
{
    /// <summary>Time steps or tokens.</summary>
    public int Rows { get; } = rows;

    /// <summary>Channels.</summary>
    public int Columns { get; } = columns;

    /// <summary>How the integer model holds it; null in a network that was never quantized.</summary>
    public Quantization? Quantization { get; } = quantization;

    /// <summary>Number of elements.</summary>
    public int Count => Rows * Columns;
}

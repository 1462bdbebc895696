using System.Text.Json.Serialization;
using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>
/// Batched matrix products: <c>[Batch][Rows][Inner]</c> times <c>[Batch][Columns][Inner]</c> gives <c>[Batch][Rows][Columns]</c>.
/// </summary>
public sealed record MatrixMultiplyVector(
    int Batch,
    int Rows,
    int Inner,
    int Columns,
    [property: JsonPropertyName("lhs_zero_point")] int LeftZeroPoint,
    [property: JsonPropertyName("rhs_zero_point")] int RightZeroPoint,
    int OutputZeroPoint,
    int Multiplier,
    int Shift,
    [property: JsonPropertyName("lhs")] sbyte[] Left,
    [property: JsonPropertyName("rhs_transposed")] sbyte[] Right,
    sbyte[] Output)
{
    /// <summary>The one multiplier of all outputs.</summary>
    [JsonIgnore]
    public FixedMultiplier Factor => new(Multiplier, Shift);

    /// <summary>The left operand of a batch item, <c>[Rows][Inner]</c>.</summary>
    public ReadOnlySpan<sbyte> LeftOf(int item) => Left.AsSpan(item * Rows * Inner, Rows * Inner);

    /// <summary>The right operand of a batch item, <c>[Columns][Inner]</c>.</summary>
    public ReadOnlySpan<sbyte> RightOf(int item) => Right.AsSpan(item * Columns * Inner, Columns * Inner);

    /// <summary>The result of a batch item, <c>[Rows][Columns]</c>.</summary>
    public ReadOnlySpan<sbyte> OutputOf(int item) => Output.AsSpan(item * Rows * Columns, Rows * Columns);
}

using System.Text.Json.Serialization;
using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>An element-wise sum of <c>[Count]</c> values, without a fused activation.</summary>
public sealed record AddVector(
    int Count,
    [property: JsonPropertyName("zero_point_1")] int FirstZeroPoint,
    [property: JsonPropertyName("multiplier_1")] int FirstMantissa,
    [property: JsonPropertyName("shift_1")] int FirstShift,
    [property: JsonPropertyName("zero_point_2")] int SecondZeroPoint,
    [property: JsonPropertyName("multiplier_2")] int SecondMantissa,
    [property: JsonPropertyName("shift_2")] int SecondShift,
    int OutputZeroPoint,
    int Multiplier,
    int Shift,
    [property: JsonPropertyName("input_1")] sbyte[] First,
    [property: JsonPropertyName("input_2")] sbyte[] Second,
    sbyte[] Output)
{
    /// <summary>Of the first operand.</summary>
    [JsonIgnore]
    public FixedMultiplier FirstFactor => new(FirstMantissa, FirstShift);

    /// <summary>Of the second operand.</summary>
    [JsonIgnore]
    public FixedMultiplier SecondFactor => new(SecondMantissa, SecondShift);

    /// <summary>Of the sum.</summary>
    [JsonIgnore]
    public FixedMultiplier OutputFactor => new(Multiplier, Shift);
}

namespace NanoFormer.Model;

/// <summary>Raw samples to int8: N channels and one sample out of every few, int16 <c>[T][C]</c> to int8 <c>[U][N]</c>.</summary>
public sealed record Quantize : Operator
{
    /// <summary>int32 <c>[3][N]</c>: offset (at most 2^16 in magnitude), multiplier and shift of each channel.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>The first of the channels taken.</summary>
    public int FirstChannel { get; init; }

    /// <summary>One sample out of so many is taken: the last of them.</summary>
    public int Step { get; init; } = 1;

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Quantize;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [ChannelConstants];
}

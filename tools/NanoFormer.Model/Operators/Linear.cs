namespace NanoFormer.Model;

/// <summary>Fully connected layer on every row: int8 <c>[T][K]</c> to int8 <c>[T][N]</c>.</summary>
public sealed record Linear : Operator
{
    /// <summary>int8 <c>[N][K]</c>.</summary>
    public required ConstantTensor Weights { get; init; }

    /// <summary>int32 <c>[3][N]</c>: folded bias, multiplier and shift of each output channel.</summary>
    public required ConstantTensor ChannelConstants { get; init; }

    /// <summary>Limits of the results.</summary>
    public required ClampRange Clamp { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Linear;

    /// <inheritdoc/>
    public override IReadOnlyList<ConstantTensor> Constants => [Weights, ChannelConstants];

    /// <inheritdoc/>
    public override long MultiplyAccumulates => (long)Output.Rows * Weights.Count;
}

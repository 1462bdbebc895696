namespace NanoFormer.Model;

/// <summary>Convolution over time: int8 <c>[T][C]</c> to int8 <c>[U][N]</c>, weights <c>[N][kernel * C]</c>, a row being <c>[kernel][C]</c>.</summary>
public sealed record Conv1d : Convolution
{
    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Conv1d;
}

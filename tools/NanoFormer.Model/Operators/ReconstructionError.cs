namespace NanoFormer.Model;

/// <summary>
/// How far a reconstruction or forecast (the input) is from what came (the second input): int8 <c>[R][C]</c> twice, to
/// <c>[1][1]</c> or, for each channel, <c>[1][C]</c>. The input multipliers are scale / the greater input scale.
/// </summary>
public sealed record ReconstructionError : BinaryOperator
{
    /// <summary>Absolute or squared.</summary>
    public required ErrorNorm Norm { get; init; }

    /// <summary>Rows by which the second input is ahead: row i is held against row i + lag.</summary>
    public required int Lag { get; init; }

    /// <summary>Bits the sum is shifted right by before it is requantized.</summary>
    public required int Bits { get; init; }

    /// <summary>The greater input scale^norm * 2^(bits - 8 * norm) / (terms * output scale).</summary>
    public required FixedMultiplier OutputMultiplier { get; init; }

    /// <inheritdoc/>
    public override OperatorKind Kind => OperatorKind.Error;
}

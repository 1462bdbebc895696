namespace NanoFormer.Model;

/// <summary>What one operator costs.</summary>
/// <param name="Kind">Which operator it is.</param>
/// <param name="OutputRows">Rows of its result.</param>
/// <param name="OutputColumns">Columns of its result.</param>
/// <param name="MultiplyAccumulates">int8 multiplications.</param>
/// <param name="ConstantBytes">Bytes of weights, channel constants, tables and constant operands.</param>
/// <param name="LiveBytes">Arena bytes in use while it runs: live tensors, its result, states and scratch, each rounded up to 16.</param>
public sealed record OperatorStatistics(
    OperatorKind Kind,
    int OutputRows,
    int OutputColumns,
    long MultiplyAccumulates,
    int ConstantBytes,
    int LiveBytes);

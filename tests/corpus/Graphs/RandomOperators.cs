using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <summary>Random operators of every kind on given inputs: odd shapes, and parameters at their extremes.</summary>
/// <param name="random">The source of everything.</param>
/// <param name="maxWeights">Weights of one operator, at most (except one of the smallest shape).</param>
internal sealed partial class RandomOperators(Random random, int maxWeights)
{
    private readonly RandomQuantization _quantization = new(random);
    private ConstantTensor? _lastExponentials;

    /// <summary>A size in 1..max, small ones being likelier.</summary>
    public int Size(int max) => 1 + (int)(max * random.NextDouble() * random.NextDouble());

    private ConstantTensor Weights(int rows, int columns) => ConstantTensor.FromInt8(rows, columns, _quantization.Weights(rows * columns));

    /// <summary>A table of its own, or the one of an earlier operator.</summary>
    private ConstantTensor Exponentials() => _lastExponentials is null || random.Next(3) == 0
        ? _lastExponentials = ExponentialTable.Create(_quantization.SoftmaxScale())
        : _lastExponentials;

    private ActivationTensor NewTensor(int rows, int columns) =>
        new(rows, columns, _quantization.ZeroPoint(), _quantization.TensorScale());

    /// <summary>As many outputs as keep the weights few, and at least one.</summary>
    private int Limited(int outputs, int weightsOfOutput) => Math.Max(Math.Min(outputs, maxWeights / weightsOfOutput), 1);
}

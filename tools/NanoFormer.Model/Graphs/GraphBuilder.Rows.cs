using System.Numerics;

namespace NanoFormer.Model;

/// <content>Operators that pool rows, and those that look at one row or value at a time.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Mean over rows: int8 <c>[R][C]</c> to <c>[1][C]</c>.</summary>
    public ActivationTensor Mean(Tensor input, Quantization output)
    {
        ActivationTensor result = NewActivation(1, input.Columns, output);
        _operators.Add(new Mean
        {
            Input = input,
            Multiplier = MeanMultiplier(FixedMultiplier.FromReal(ScaleOf(input) / output.Scale), input.Rows),
            Output = result,
        });
        return result;
    }

    /// <summary>The last row: int8 <c>[R][C]</c> to <c>[1][C]</c>.</summary>
    public ActivationTensor Last(Tensor input)
    {
        ActivationTensor result = NewActivation(1, input.Columns, new Quantization(ScaleOf(input), input.ZeroPoint));
        _operators.Add(new Last { Input = input, Output = result });
        return result;
    }

    /// <summary>Mean over rows, weighted by a softmax of learned scores: int8 <c>[R][C]</c> to <c>[1][C]</c>.</summary>
    /// <param name="input"><c>[R][C]</c>, at most 511 rows.</param>
    /// <param name="weights"><c>[C]</c>.</param>
    /// <param name="weightScale">Of all weights.</param>
    /// <param name="bias">Not folded.</param>
    /// <param name="scores">Quantization of the scores, the input of the softmax.</param>
    /// <param name="output">Quantization of the result.</param>
    public ActivationTensor AttentionPool(Tensor input, ReadOnlySpan<sbyte> weights, double weightScale, int bias, Quantization scores,
        Quantization output)
    {
        scores.Validated(nameof(scores));
        ConstantTensor weightTensor = Weights(1, input.Columns, weights);
        ActivationTensor result = NewActivation(1, input.Columns, output);
        FixedMultiplier[] multipliers = Multipliers([weightScale], ScaleOf(input), scores.Scale);
        _operators.Add(new AttentionPool
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = FoldedConstants(input, RowSums(weightTensor), [bias], multipliers),
            Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(scores.Scale)),
            ScoreZeroPoint = scores.ZeroPoint,
            ContextMultiplier = FixedMultiplier.FromReal(Quantization.Probability.Scale * ScaleOf(input) / output.Scale),
            Output = result,
        });
        return result;
    }

    /// <summary>Any function of one value, such as those of <see cref="Nonlinearity"/>, by a table.</summary>
    public ActivationTensor Lookup(Tensor input, Func<double, double> function, Quantization output)
    {
        ActivationTensor result = NewActivation(input.Rows, input.Columns, output);
        _operators.Add(new Lookup
        {
            Input = input,
            Table = LookupTable.Create(function, new Quantization(ScaleOf(input), input.ZeroPoint), output),
            Output = result,
        });
        return result;
    }

    /// <summary>
    /// Every row normalized to mean 0 and deviation 1, then <c>gain[c] * x + bias[c]</c>: int8 <c>[R][C]</c>, C in 2..1024.
    /// </summary>
    /// <param name="input"><c>[R][C]</c>.</param>
    /// <param name="gains"><c>[C]</c>, real.</param>
    /// <param name="biases"><c>[C]</c>, real.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="output">Quantization of the result.</param>
    /// <param name="activation">Fused non-linearity.</param>
    public ActivationTensor LayerNorm(Tensor input, ReadOnlySpan<double> gains, ReadOnlySpan<double> biases, double epsilon,
        Quantization output, Activation activation = default)
    {
        RequireLength(gains.Length, input.Columns, nameof(gains));
        RequireLength(biases.Length, input.Columns, nameof(biases));
        ActivationTensor result = NewActivation(input.Rows, input.Columns, output);
        (ConstantTensor weights, ConstantTensor constants) = LayerNormConstants.Create(gains, biases, output.Scale);
        _operators.Add(new LayerNorm
        {
            Input = input,
            Weights = weights,
            ChannelConstants = constants,
            Epsilon = LayerNormConstants.Epsilon(epsilon, input.Columns, ScaleOf(input)),
            Clamp = activation.ToClampRange(output),
            Output = result,
        });
        return result;
    }

    /// <summary>Softmax over each row: int8 <c>[R][L]</c> to probabilities of the same shape; L at most 511.</summary>
    public ActivationTensor Softmax(Tensor input)
    {
        ActivationTensor result = NewActivation(input.Rows, input.Columns, Quantization.Probability);
        _operators.Add(new Softmax
        {
            Input = input,
            Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(ScaleOf(input))),
            Output = result,
        });
        return result;
    }

    /// <summary>The multiplier of a mean over rows, from that of the scales' ratio (NUMERICS.md, section 3.8).</summary>
    internal static FixedMultiplier MeanMultiplier(FixedMultiplier ratio, int rows)
    {
        int n = Math.Min(Math.Min(BitOperations.Log2((uint)rows), 32), 31 + ratio.Shift);
        return new FixedMultiplier((int)(((long)ratio.Mantissa << n) / rows), ratio.Shift - n);
    }
}

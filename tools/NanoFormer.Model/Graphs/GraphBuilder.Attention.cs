namespace NanoFormer.Model;

/// <content>Attention.</content>
public sealed partial class GraphBuilder
{
    /// <summary>Multi-head self-attention without the output projection: int8 <c>[S][D]</c> to <c>[S][heads * headColumns]</c>.</summary>
    /// <param name="input"><c>[S][D]</c>, at most 511 rows.</param>
    /// <param name="heads">Number of heads, H.</param>
    /// <param name="headColumns">Columns of a head, P.</param>
    /// <param name="weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
    /// <param name="weightScales"><c>[3][H][P]</c>.</param>
    /// <param name="biases"><c>[3][H][P]</c>, not folded.</param>
    /// <param name="quantization">Of queries, keys, values, scores and output; 1/sqrt(P) belongs to the scores.</param>
    /// <param name="reach">Which tokens a token sees; all when left out.</param>
    public ActivationTensor Attention(Tensor input, int heads, int headColumns, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, AttentionQuantization quantization,
        AttentionReach? reach = null)
    {
        Quantization scores = quantization.Scores.Validated(nameof(quantization));
        (ConstantTensor weightTensor, ConstantTensor constants) = Projections(
            input, heads, headColumns, weights, weightScales, biases, [quantization.Query, quantization.Key, quantization.Value]);
        ActivationTensor result = NewActivation(input.Rows, heads * headColumns, quantization.Output);
        (double query, double key) = (quantization.Query.Scale, quantization.Key.Scale);
        _operators.Add(new Attention
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = constants,
            Exponentials = ExponentialTable.Create(ExponentialTable.ToFixedScale(scores.Scale)),
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = quantization.Query.ZeroPoint,
            KeyZeroPoint = quantization.Key.ZeroPoint,
            ValueZeroPoint = quantization.Value.ZeroPoint,
            ScoreMultiplier = FixedMultiplier.FromReal(query * key / Math.Sqrt(headColumns) / scores.Scale),
            ScoreZeroPoint = scores.ZeroPoint,
            ContextMultiplier = FixedMultiplier.FromReal(
                Quantization.Probability.Scale * quantization.Value.Scale / quantization.Output.Scale),
            Reach = reach ?? AttentionReach.Full,
            Output = result,
        });
        return result;
    }

    /// <summary>
    /// Attention with the feature map ReLU in place of the softmax, without the output projection: int8 <c>[S][D]</c> to
    /// <c>[S][heads * headColumns]</c>.
    /// </summary>
    /// <param name="input"><c>[S][D]</c>, at most 8192 rows.</param>
    /// <param name="heads">Number of heads, H.</param>
    /// <param name="headColumns">Columns of a head, P, at most 256.</param>
    /// <param name="weights"><c>[3][H][P][D]</c>: queries, keys, values.</param>
    /// <param name="weightScales"><c>[3][H][P]</c>.</param>
    /// <param name="biases"><c>[3][H][P]</c>, not folded.</param>
    /// <param name="quantization">Of queries, keys, values and output.</param>
    /// <param name="isCausal">Whether a token sees only itself and those before it.</param>
    /// <param name="decay">With every token the sums lose 1 / 2^decay of what they hold, 1..12; 0: nothing. 0 unless causal.</param>
    public ActivationTensor LinearAttention(Tensor input, int heads, int headColumns, ReadOnlySpan<sbyte> weights,
        ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, LinearAttentionQuantization quantization, bool isCausal, int decay = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, isCausal ? ImageFormat.MaxDecay : 0);
        (ConstantTensor weightTensor, ConstantTensor constants) = Projections(
            input, heads, headColumns, weights, weightScales, biases, [quantization.Query, quantization.Key, quantization.Value]);
        ActivationTensor result = NewActivation(input.Rows, heads * headColumns, quantization.Output);
        _operators.Add(new LinearAttention
        {
            Input = input,
            Weights = weightTensor,
            ChannelConstants = constants,
            Heads = heads,
            HeadColumns = headColumns,
            QueryZeroPoint = quantization.Query.ZeroPoint,
            KeyZeroPoint = quantization.Key.ZeroPoint,
            ValueZeroPoint = quantization.Value.ZeroPoint,
            Multiplier = FixedMultiplier.FromReal(Math.ScaleB(quantization.Value.Scale, -12) / quantization.Output.Scale),
            IsCausal = isCausal,
            Decay = decay,
            Output = result,
        });
        return result;
    }

    /// <summary>Weights and constants of the projections to queries, keys and values, whose quantizations are given.</summary>
    private (ConstantTensor Weights, ConstantTensor Constants) Projections(Tensor input, int heads, int headColumns,
        ReadOnlySpan<sbyte> weights, ReadOnlySpan<double> weightScales, ReadOnlySpan<int> biases, ReadOnlySpan<Quantization> parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(headColumns, 1);
        int part = heads * headColumns;
        RequireLength(biases.Length, parts.Length * part, nameof(biases));
        RequireLength(weightScales.Length, parts.Length * part, nameof(weightScales));
        var multipliers = new List<FixedMultiplier>();
        for (int i = 0; i < parts.Length; i++)
        {
            double scale = parts[i].Validated(nameof(parts)).Scale;
            multipliers.AddRange(Multipliers(weightScales.Slice(i * part, part), ScaleOf(input), scale));
        }

        ConstantTensor weightTensor = Weights(biases.Length, input.Columns, weights);
        return (weightTensor, FoldedConstants(input, RowSums(weightTensor), biases, [.. multipliers]));
    }
}

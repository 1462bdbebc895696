using NanoFormer.Interchange.Networks;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Import;

/// <content>Encoder blocks.</content>
public sealed partial class EncoderReader
{
    private FloatValue ReadBlock(FloatValue x, List<BlockOptions> blocks)
    {
        string name = Key($"blocks.{blocks.Count}");
        var attention = Branch<FloatAttention>(x, name + ".attentionNorm", "attention");
        AddLinear(name + ".attention.projections", attention.Weights, attention.Biases, isNormed: true);
        var projection = Only<FloatLinear>(attention.Output, "the projection of attention");
        AddLinear(name + ".projection", projection.Weights, projection.Biases);
        var attended = Sum(x, projection.Output);

        var expand = Branch<FloatLinear>(attended, name + ".feedForwardNorm", "the first layer of a feed-forward part");
        AddLinear(name + ".expand", expand.Weights, expand.Biases, isNormed: true);
        var contract = Only<FloatLinear>(ReadActivation(expand.Output), "the second layer of a feed-forward part");
        AddLinear(name + ".contract", contract.Weights, contract.Biases);
        blocks.Add(new BlockOptions { Heads = attention.Heads, HeadColumns = attention.HeadColumns, FeedForward = expand.Output.Columns });
        return Sum(attended, contract.Output);
    }

    /// <summary>What reads the tokens beside the sum that they are part of, maybe behind a LayerNorm.</summary>
    private T Branch<T>(FloatValue x, string normName, string what)
        where T : FloatStep
    {
        FloatStep[] inside = [.. _readers[x].Where(step => step is not FloatAdd)];
        if (inside.Length == _readers[x].Count())
        {
            throw Differs("a block adds to what a norm made of the tokens; norm before attention and feed-forward part, norm_first=True");
        }

        var norm = inside is [FloatLayerNorm only] ? only : null;
        TakeNorm(normName, norm);
        inside = norm is null ? inside : [.. _readers[norm.Output]];
        return inside is [T step] ? step : throw Expected(what, inside);
    }

    private FloatValue Sum(FloatValue x, FloatValue branch) =>
        Next(branch) is FloatAdd add && add.Inputs.Contains(x)
            ? add.Output
            : throw Differs("a block does not add its result to the tokens");

    /// <summary>The non-linearity behind a layer.</summary>
    private FloatValue ReadActivation(FloatValue x)
    {
        var step = Next(x);
        var kind = step switch
        {
            FloatClip { Low: 0, High: float.PositiveInfinity } => ActivationKind.Relu,
            FloatClip { Low: 0, High: 6 } => ActivationKind.Relu6,
            FloatFunction { Function: FloatFunctionKind.Gelu } => ActivationKind.Gelu,
            FloatFunction { Function: FloatFunctionKind.Silu } => ActivationKind.Silu,
            FloatFunction { Function: FloatFunctionKind.Tanh } => ActivationKind.Tanh,
            _ => throw Expected("ReLU, ReLU6, GELU, SiLU or tanh", [.. _readers[x]]),
        };
        _activation = Same(_activation, kind, "non-linearities");
        return step.Output;
    }
}

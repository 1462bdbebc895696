using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>
/// A linear layer (weights <c>[N, K]</c>) or convolution (<c>[N, C, kernel]</c>, depthwise <c>[C, 1, kernel]</c>) with a bias, the
/// BatchNorm before or behind it while there is one, and a non-linearity.
/// </summary>
internal sealed class AffineLayer : nn.Module
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly BatchNorm1d? normBefore;
    private readonly BatchNorm1d? normAfter;

    private AffineLayer(Tensor weight, Tensor bias, BatchNorm1d? normBefore, BatchNorm1d? normAfter)
        : base(nameof(AffineLayer))
    {
        this.weight = nn.Parameter(weight);
        this.bias = nn.Parameter(bias);
        this.normBefore = normBefore;
        this.normAfter = normAfter;
        RegisterComponents();
    }

    public Parameter Weight => weight;

    public Parameter Bias => bias;

    public BatchNorm1d? NormBefore => normBefore;

    public BatchNorm1d? NormAfter => normAfter;

    /// <summary>The non-linearity that is part of the layer; null for none.</summary>
    public ActivationKind? Activation { get; private init; }

    /// <summary>How a convolution moves over time; null for a linear layer.</summary>
    public ConvolutionGeometry? Over { get; private init; }

    /// <summary>Outputs.</summary>
    public int Outputs => (int)weight.shape[0];

    /// <summary>A linear layer.</summary>
    public static AffineLayer Linear(int inputs, int outputs, bool normBefore, ActivationKind? activation = null)
    {
        using var initial = nn.Linear(inputs, outputs);
        return new AffineLayer(initial.weight.detach().clone(), initial.bias!.detach().clone(),
            normBefore ? nn.BatchNorm1d(inputs) : null, normAfter: null)
        {
            Activation = activation,
        };
    }

    /// <summary>A linear layer of given constants, whose tensors it takes over: they cannot be used any more.</summary>
    /// <param name="weights"><c>[N, K]</c>.</param>
    /// <param name="biases"><c>[N]</c>.</param>
    public static AffineLayer Linear(Tensor weights, Tensor biases) => new(weights, biases, null, null);

    /// <summary>A convolution, as a rule with a BatchNorm behind it.</summary>
    public static AffineLayer Convolution(int inputs, int outputs, ConvolutionGeometry over, bool normAfter, ActivationKind? activation)
    {
        int groups = over.IsDepthwise ? inputs : 1;
        using var initial = nn.Conv1d(inputs, outputs, over.Kernel, groups: groups, bias: false);
        var norm = normAfter ? nn.BatchNorm1d(outputs) : null;
        return new AffineLayer(initial.weight.detach().clone(), zeros(outputs), normBefore: null, norm)
        {
            Activation = activation,
            Over = over,
        };
    }

    /// <summary>The same layer with its norms inside its weights and bias.</summary>
    public AffineLayer Folded()
    {
        using var inference = no_grad();
        var (foldedWeight, foldedBias) = (weight.detach().clone(), bias.detach().clone());
        if (normBefore is not null)
        {
            var (gain, offset) = GainAndOffset(normBefore);
            foldedBias = foldedBias + foldedWeight.matmul(offset);
            foldedWeight = foldedWeight * gain;
        }

        if (normAfter is not null)
        {
            var (gain, offset) = GainAndOffset(normAfter);
            foldedBias = foldedBias * gain + offset;
            foldedWeight = foldedWeight * gain.reshape([-1, .. Enumerable.Repeat(1L, (int)foldedWeight.dim() - 1)]);
        }

        return new AffineLayer(foldedWeight, foldedBias, null, null) { Activation = Activation, Over = Over };
    }

    /// <summary>The same layer with some of its outputs (rows of the weights) or inputs (columns) alone; null keeps all.</summary>
    public AffineLayer Keeping(long[]? outputs, long[]? inputs)
    {
        using var inference = no_grad();
        var (kept, keptBias) = (weight.detach().clone(), bias.detach().clone());
        if (outputs is not null)
        {
            (kept, keptBias) = (kept.index_select(0, tensor(outputs)), keptBias.index_select(0, tensor(outputs)));
        }

        kept = inputs is null ? kept : kept.index_select(1, tensor(inputs));
        return new AffineLayer(kept, keptBias, inputs is null ? normBefore : null, normAfter) { Activation = Activation, Over = Over };
    }

    /// <summary>The int8 step of each output's weights, <c>[N]</c>.</summary>
    public Tensor WeightScales()
    {
        using var inference = no_grad();
        return (weight.abs().flatten(1).amax([1]) / 127).clamp_min(1e-8);
    }

    private static (Tensor Gain, Tensor Offset) GainAndOffset(BatchNorm1d norm)
    {
        var gain = norm.weight! * (norm.running_var! + norm.eps).rsqrt();
        return (gain, norm.bias! - norm.running_mean! * gain);
    }
}

/// <summary>How a convolution moves over time.</summary>
/// <param name="Kernel">Rows under the kernel.</param>
/// <param name="Stride">Rows from one output to the next.</param>
/// <param name="PadLeft">Zeros before the first row.</param>
/// <param name="PadRight">Zeros behind the last row.</param>
/// <param name="IsDepthwise">Every channel by itself.</param>
internal sealed record ConvolutionGeometry(int Kernel, int Stride, int PadLeft, int PadRight, bool IsDepthwise)
{
    /// <summary>The shape over an input of some rows, as the engines describe it.</summary>
    public ConvolutionShape ShapeFor(int rows) => new(Kernel, Stride, PadLeft, (rows + PadLeft + PadRight - Kernel) / Stride + 1);
}

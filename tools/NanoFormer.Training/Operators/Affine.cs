using static TorchSharp.torch;

namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>A convolution or linear layer with the non-linearity that is part of it.</summary>
    T Affine(T input, AffineLayer layer, string name);
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Affine(Tensor input, AffineLayer layer, string name) =>
        Activate(layer.NormAfter is { } norm ? Norm(norm, Product(input, layer)) : Product(input, layer), layer.Activation);

    /// <summary>A linear layer or convolution of <c>[B, T, K]</c>, its norm before it, without what follows.</summary>
    public static Tensor Product(Tensor input, AffineLayer layer) =>
        Product(layer.NormBefore is { } norm ? Norm(norm, input) : input, layer, layer.Weight, layer.Bias);

    /// <summary>The same with other weights and bias, and without the norm.</summary>
    public static Tensor Product(Tensor input, AffineLayer layer, Tensor weight, Tensor bias)
    {
        if (layer.Over is not { } over)
        {
            return nn.functional.linear(input, weight, bias);
        }

        var padded = nn.functional.pad(input.transpose(1, 2), [over.PadLeft, over.PadRight]);
        if (over.IsDepthwise)
        {
            return nn.functional.conv1d(padded, weight, bias, over.Stride, groups: layer.Outputs).transpose(1, 2);
        }

        // Not conv1d: that of libtorch 2.10 gives wrong sums, NaN among them, for 24 channels, kernel 5 and stride 2 (oneDNN, with AVX2 or AVX-512).
        return nn.functional.linear(padded.unfold(2, over.Kernel, over.Stride).permute(0, 2, 1, 3).flatten(2), weight.flatten(1), bias);
    }
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    public ActivationTensor Affine(ActivationTensor input, AffineLayer layer, string name)
    {
        var activation = layer.Activation.ToActivation();
        if (layer.Over is not { } over)
        {
            var linear = IntegerLayer.FromLinear(layer, input.Scale.ToReal());
            return builder.Linear(input, linear.Weights, linear.WeightScales, linear.Biases, scales(name), activation);
        }

        var shape = over.ShapeFor(input.Rows);
        if (over.IsDepthwise)
        {
            var own = IntegerLayer.FromDepthwise(layer, input.Scale.ToReal());
            return builder.DepthwiseConv1d(input, own.Weights, own.WeightScales, own.Biases, shape, scales(name), activation);
        }

        var conv = IntegerLayer.FromConvolution(layer, input.Scale.ToReal());
        return over is { Kernel: 1, Stride: 1 }
            ? builder.Linear(input, conv.Weights, conv.WeightScales, conv.Biases, scales(name), activation)
            : builder.Conv1d(input, conv.Weights, conv.WeightScales, conv.Biases, shape, scales(name), activation);
    }
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    public RoundedTensor Affine(RoundedTensor input, AffineLayer layer, string name)
    {
        var (values, steps) = Requantize(Product(input, layer), name, layer.Activation);
        return new RoundedTensor(values, steps, graph.Affine(input.Shape, layer, name));
    }

    /// <summary>Sums of products with rounded weights and bias.</summary>
    private static Sums Product(RoundedTensor input, AffineLayer layer)
    {
        double inputScale = input.Shape.Scale.ToReal();
        var scales = layer.WeightScales();
        var biasSteps = scales * inputScale;
        var real = FloatOperators.Product(
            input.Values, layer, FakeQuantization.Weights(layer.Weight, scales), FakeQuantization.Biases(layer.Bias, biasSteps));
        using var inference = no_grad();
        var whole = tensor([.. input.Steps.Select(step => (float)(step - input.Shape.ZeroPoint))], input.Values.shape);
        var products = FloatOperators.Product(whole, layer, FakeQuantization.ExactWeightSteps(layer.Weight, scales), zeros_like(layer.Bias));
        double[] units = [.. IntegerLayer.Reals(scales).Select(scale => inputScale * scale)];
        return new Sums(real, AddBiases(StraightThrough.Values(products), IntegerLayer.RoundBiases(layer.Bias, units)), units);
    }

    // Floats hold the sums of products exactly, below 2^24; biases may be larger.
    private static int[] AddBiases(float[] products, int[] biases) =>
        [.. products.Select((sum, i) => (int)sum + biases[i % biases.Length])];
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    public FloatValue Affine(FloatValue input, AffineLayer layer, string name)
    {
        int columns = layer.Outputs;
        var result = layer.Over is { } over && over is not { Kernel: 1, Stride: 1, IsDepthwise: false }
            ? Step(over.ShapeFor(input.Rows).OutputRows, columns, output => new FloatConvolution(input, output,
                Constant(over.IsDepthwise ? layer.Weight.squeeze(1).transpose(0, 1) : layer.Weight.transpose(1, 2)),
                Constant(layer.Bias), over.IsDepthwise, over.Kernel, over.Stride, over.PadLeft))
            : Step(input.Rows, columns, output => new FloatLinear(input, output, Constant(layer.Weight), Constant(layer.Bias)));
        return layer.Activation switch
        {
            null => result,
            ActivationKind.Relu => Clip(result, float.PositiveInfinity),
            ActivationKind.Relu6 => Clip(result, 6),
            _ => throw new ArgumentOutOfRangeException(nameof(layer), layer.Activation, "It is not part of a layer."),
        };
    }

    private FloatValue Clip(FloatValue input, float high) =>
        Step(input.Rows, input.Columns, output => new FloatClip(input, output, 0, high));
}

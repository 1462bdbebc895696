using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Convolutions of every channel by itself.</content>
internal sealed partial class RandomOperators
{
    public DepthwiseConv1d DepthwiseConv1d(Tensor input, ConvolutionShape shape)
    {
        var output = NewTensor(shape.OutputRows, input.Columns);
        return new DepthwiseConv1d
        {
            Input = input,
            Weights = Weights(shape.Kernel, input.Columns),
            ChannelConstants = _quantization.ProductConstants(input.Columns, shape.Kernel),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }
}

/// <content>Convolutions of every channel by itself.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 12)]
    internal void AppendDepthwiseConv1d(Tensor input) => _operators.Add(_draw.DepthwiseConv1d(input, RandomShape(input)));
}

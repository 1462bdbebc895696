using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Convolutions over time.</content>
internal sealed partial class RandomOperators
{
    public Conv1d Conv1d(Tensor input, ConvolutionShape shape)
    {
        int products = shape.Kernel * input.Columns;
        int columns = Limited(Size(32), products);
        var output = NewTensor(shape.OutputRows, columns);
        return new Conv1d
        {
            Input = input,
            Weights = Weights(columns, products),
            ChannelConstants = _quantization.ProductConstants(columns, products),
            Kernel = shape.Kernel,
            Stride = shape.Stride,
            PadLeft = shape.PadLeft,
            Clamp = _quantization.Clamp(output.ZeroPoint),
            Output = output,
        };
    }
}

/// <content>Convolutions over time.</content>
public sealed partial class RandomGraph
{
    [Faces(Die.Next, 0)]
    internal void AppendConv1d(Tensor input) => _operators.Add(_draw.Conv1d(input, RandomShape(input)));
}

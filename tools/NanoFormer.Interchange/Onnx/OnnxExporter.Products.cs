using NanoFormer.Interchange.Networks;
using NanoFormer.Model;

namespace NanoFormer.Interchange.Onnx;

/// <content>Layers with weights.</content>
public sealed partial class OnnxExporter
{
    /// <summary>Outputs from one on, of a layer of weights <c>[N][K]</c>: MatMul with <c>[K, outputs]</c>, and the bias.</summary>
    private string Linear(string x, FloatConstant weights, FloatConstant biases, int first, int outputs)
    {
        int columns = weights.Values.Length / biases.Values.Length;
        FloatConstant part = Part(weights, first, outputs, columns);
        string matrix = _nodes.Constant([columns, outputs], part, new Reordering([outputs, columns], [1, 0]), axis: 1);
        string bias = _nodes.Constant([outputs], biases.Values[first..(first + outputs)]);
        return _nodes.Add("Add", _nodes.Add("MatMul", x, matrix), bias);
    }

    /// <summary>Over <c>[batch, channels, samples]</c>, as ONNX wants it.</summary>
    private string Convolve(FloatConvolution step, string x)
    {
        (int channels, int outputs) = (step.Input.Columns, step.Output.Columns);
        string weights = step.IsDepthwise
            ? _nodes.Constant([outputs, 1, step.Kernel], step.Weights, new Reordering([step.Kernel, outputs], [1, 0]), axis: 0)
            : _nodes.Constant([outputs, channels, step.Kernel], step.Weights,
                new Reordering([outputs, step.Kernel, channels], [0, 2, 1]), axis: 0);
        int needed = (step.Output.Rows - 1) * step.Stride + step.Kernel;
        int after = Math.Max(needed - step.PadLeft - step.Input.Rows, 0);
        int rows = (step.PadLeft + step.Input.Rows + after - step.Kernel) / step.Stride + 1;
        string result = _nodes.Add("Conv", [_nodes.Transpose(x, 0, 2, 1), weights, _nodes.Constant([outputs], step.Biases.Values)],
            new OnnxAttribute("kernel_shape") { Ints = [step.Kernel] },
            new OnnxAttribute("strides") { Ints = [step.Stride] },
            new OnnxAttribute("pads") { Ints = [step.PadLeft, after] },
            new OnnxAttribute("group") { Int = step.IsDepthwise ? channels : 1 });
        string image = _nodes.Transpose(result, 0, 2, 1);
        return rows == step.Output.Rows ? image : _nodes.Slice(image, 1, 0, step.Output.Rows, 1);
    }

    private string Attend(FloatAttention step, string x)
    {
        int inner = step.Output.Columns;
        AttentionQuantization? inside = step.Inside;
        string queries = Heads(step, Part(0, inside?.Query), 0, 2, 1, 3);
        string keys = Heads(step, Part(1, inside?.Key), 0, 2, 3, 1);
        string values = Heads(step, Part(2, inside?.Value), 0, 2, 1, 3);
        string product = _nodes.Add("MatMul", queries, keys);
        string factor = _nodes.Scalar((float)(1 / Math.Sqrt(step.HeadColumns)));
        string scores = _nodes.Quantized(_nodes.Add("Mul", product, factor), inside?.Scores);
        string seen = step.IsFull ? scores : _nodes.Add("Add", scores, Mask(step));
        string weights = _nodes.Add("Softmax", [seen], new OnnxAttribute("axis") { Int = -1 });
        string context = _nodes.Add("MatMul", _nodes.Quantized(weights, inside is null ? null : Quantization.Probability), values);
        return _nodes.Add("Reshape", _nodes.Transpose(context, 0, 2, 1, 3), _nodes.Shape(0, step.Input.Rows, inner));

        string Part(int part, Quantization? quantization) =>
            _nodes.Quantized(Linear(x, step.Weights, step.Biases, part * inner, inner), quantization);
    }

    private string Heads(FloatAttention step, string x, params long[] order) => _nodes.Transpose(
        _nodes.Add("Reshape", x, _nodes.Shape(0, step.Input.Rows, step.Heads, step.HeadColumns)), order);

    /// <summary>0 for the tokens that a token sees, minus infinity for the others.</summary>
    private string Mask(FloatAttention step)
    {
        int rows = step.Input.Rows;
        var mask = new float[rows * rows];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = step.Sees(i / rows, i % rows) ? 0 : float.NegativeInfinity;
        }

        return _nodes.Constant([rows, rows], mask);
    }

    private string Pool(FloatAttentionPool step, string x)
    {
        string scores = Linear(x, step.Weights, step.Biases, 0, 1);
        string weights = _nodes.Add("Softmax", [scores], new OnnxAttribute("axis") { Int = 1 });
        return _nodes.Add("MatMul", _nodes.Transpose(weights, 0, 2, 1), x);
    }

    private static FloatConstant Part(FloatConstant weights, int first, int outputs, int columns)
    {
        Range values = (first * columns)..((first + outputs) * columns);
        QuantizedConstant? quantized = weights.Quantized is { } known
            ? known with { Values = known.Values[values], Scales = known.Scales[first..(first + outputs)] }
            : null;
        return new FloatConstant(weights.Values[values], quantized);
    }
}

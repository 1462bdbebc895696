using NanoFormer.Interchange.Networks;
using NanoFormer.Model;
using NanoFormer.Training.Configuration;

namespace NanoFormer.Training.Import;

/// <content>From the channels to tokens.</content>
public sealed partial class EncoderReader
{
    /// <summary>The tokens of all streams, one behind the other.</summary>
    private (FloatValue Tokens, List<StreamOptions> Streams) ReadStreams()
    {
        var window = _network.Input;
        List<StreamOptions> streams = [];
        FloatSelect[] parts = [.. _readers[window].OfType<FloatSelect>()];
        if (parts.Length == 0)
        {
            return (ReadStream(window, new FloatSelect(window, window, 0, 1), streams), streams);
        }

        var tokens = ReadStream(parts[0].Output, parts[0], streams);
        foreach (var part in parts[1..])
        {
            var own = ReadStream(part.Output, part, streams);
            tokens = Next(own) is FloatConcat { Axis: ConcatAxis.Rows } join && join.Input == tokens && join.Second == own
                ? join.Output
                : throw Expected("the tokens of one stream behind those of the others", [.. _readers[own]]);
        }

        return (tokens, streams);
    }

    private FloatValue ReadStream(FloatValue x, FloatSelect part, List<StreamOptions> streams)
    {
        string name = Key($"streams.{streams.Count}.layers");
        var (rows, gains, factors) = ReadInput(x, part.FirstColumn);
        List<ConvolutionOptions> convolutions = [];
        int layers = 0;
        while (Next(rows) is FloatConvolution or FloatLinear)
        {
            var step = Next(rows)!;
            var options = Describe(step);
            RequirePadding(step, options);
            rows = ReadLayer(step, Key($"{name}.{layers++}"), factors);
            factors = null;
            if (options.Separable)
            {
                var pointwise = Next(rows) is FloatLinear or FloatConvolution { Kernel: 1, Stride: 1, IsDepthwise: false }
                    ? Next(rows)!
                    : throw Expected("a convolution of kernel 1 behind a depthwise one", [.. _readers[rows]]);
                rows = ReadLayer(pointwise, Key($"{name}.{layers++}"), factors);
                options = options with { Channels = rows.Columns };
            }

            convolutions.Add(options);
        }

        bool isRest = part.FirstColumn + x.Columns == _network.Input.Columns;
        streams.Add(new StreamOptions
        {
            FirstChannel = part.FirstColumn,
            Channels = isRest ? null : x.Columns,
            Gains = gains,
            Step = part.RowStep,
            Convolutions = convolutions,
        });
        return convolutions.Count > 0 ? rows : throw Expected("a convolution of the window, of kernel 1 if need be,", [.. _readers[rows]]);
    }

    private static ConvolutionOptions Describe(FloatStep step) => step is FloatConvolution conv
        ? new ConvolutionOptions
        {
            Channels = conv.Output.Columns,
            Kernel = conv.Kernel,
            Stride = conv.Stride,
            Separable = conv.IsDepthwise,
        }
        : new ConvolutionOptions { Channels = step.Output.Columns, Kernel = 1, Stride = 1 };

    private void RequirePadding(FloatStep step, ConvolutionOptions options)
    {
        bool causal = _attention.Causal;
        if (step is FloatConvolution conv
            && (conv.PadLeft != options.PadLeft(causal) || conv.Output.Rows != options.OutputRows(conv.Input.Rows, causal)))
        {
            throw Differs(Key($"a convolution of kernel {conv.Kernel} and stride {conv.Stride} is not padded by ") + (causal
                ? "kernel less stride before the first sample, as goes with causal attention"
                : "half its kernel on both sides"));
        }
    }

    /// <summary>A convolution with bias and non-linearity, behind which the trainer's has a BatchNorm.</summary>
    private FloatValue ReadLayer(FloatStep step, string name, double[]? factors)
    {
        var (inputs, outputs) = (step.Input.Columns, step.Output.Columns);
        var (weights, biases, kernel, isDepthwise) = step switch
        {
            FloatConvolution conv => (conv.Weights.Values, conv.Biases.Values, conv.Kernel, conv.IsDepthwise),
            _ => (((FloatLinear)step).Weights.Values, ((FloatLinear)step).Biases.Values, 1, false),
        };
        float[] scaled = factors is null ? weights : [.. weights.Select((w, i) => (float)(w * factors[i % inputs]))];
        if (isDepthwise)
        {
            Add(name, [outputs, 1, kernel], new Reordering([kernel, outputs], [1, 0]).Apply(scaled), biases);
        }
        else
        {
            Add(name, [outputs, inputs, kernel], new Reordering([outputs, kernel, inputs], [0, 2, 1]).Apply(scaled), biases);
        }

        AddBatchNorm(name + ".normAfter", outputs);
        return ReadActivation(step.Output);
    }
}

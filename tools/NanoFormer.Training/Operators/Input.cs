using NanoFormer.Data;
using static TorchSharp.torch;

namespace NanoFormer.Training.Operators;

/// <content>What a network may use.</content>
internal partial interface IOperators<T>
{
    /// <summary>The scaled samples of one stream: <c>[samples / step][channels]</c>.</summary>
    T Input(StreamOptions stream);

    /// <summary>What a score compares the network with: the stream's input, in training that input without disturbance.</summary>
    T Target(StreamOptions stream, T input) => input;
}

/// <content>In float.</content>
internal sealed partial class FloatOperators
{
    public Tensor Input(StreamOptions stream)
    {
        var channels = Samples(stream);
        return stream.Gains is [1] ? channels : cat([.. stream.Gains.Select(gain => InputScaling.Clip(channels * gain))], -1);
    }

    public Tensor Target(StreamOptions stream, Tensor input) => clean is null ? input : new FloatOperators(clean).Input(stream);

    /// <summary>The samples of a stream at a gain of 1.</summary>
    public Tensor Samples(StreamOptions stream)
    {
        var channels = windows.narrow(2, stream.FirstChannel, stream.ChannelsOf((int)windows.shape[2]));
        return stream.Step == 1 ? channels : channels[.., TensorIndex.Slice(stream.Step - 1, null, stream.Step)];
    }
}

/// <content>As the device does.</content>
internal sealed partial class GraphOperators
{
    private readonly Dictionary<(int First, int Count, int Step, string Gains), ActivationTensor> _inputs = [];

    // Two networks may read the same channels, which are then quantized once.
    public ActivationTensor Input(StreamOptions stream)
    {
        var key = (stream.FirstChannel, stream.ChannelsOf(channels.Count), stream.Step, string.Join(' ', stream.Gains));
        return _inputs.TryGetValue(key, out var known) ? known : _inputs[key] = NewInput(stream);
    }

    private ActivationTensor NewInput(StreamOptions stream)
    {
        ActivationTensor? all = null;
        foreach (double gain in stream.Gains)
        {
            var one = Input(stream, gain);
            all = all is null ? one : builder.Concat(all, one, ConcatAxis.Columns, InputScaling.Quantization);
        }

        return all!;
    }

    private ActivationTensor Input(StreamOptions stream, double gain)
    {
        int[] taken = Enumerable.Range(stream.FirstChannel, stream.ChannelsOf(channels.Count)).ToArray();
        return builder.Quantize(
            [.. taken.Select(channel => RawOffset(channels[channel], scaling.Offset(channel)))],
            [.. taken.Select(channel => gain * channels[channel].Scale / scaling.Ranges[channel])],
            InputScaling.Quantization, stream.FirstChannel, stream.Step);
    }

    /// <summary>The raw sample that stands for 0.</summary>
    public static int RawOffset(ChannelInfo channel, double offset) => (int)Math.Round(offset / channel.Scale);
}

/// <content>As both, in quantization-aware training.</content>
internal sealed partial class DeviceOperators
{
    /// <summary>The raw samples that a device would have read, quantized as it does.</summary>
    public RoundedTensor Input(StreamOptions stream)
    {
        var real = _real.Input(stream);
        var shape = graph.Input(stream);
        int width = stream.ChannelsOf(channels.Count);
        double[] units = [.. Enumerable.Range(stream.FirstChannel, width).Select(c => channels[c].Scale / scaling.Ranges[c])];
        int[] samples = StraightThrough.Whole(StraightThrough.Values(_real.Samples(stream)), units);
        sbyte[][] gains = [.. stream.Gains.Select(gain => StraightThrough.Requantize(
            samples, units, InputScaling.Quantization with { Scale = InputScaling.Quantization.Scale / gain }, ClampRange.Full))];
        sbyte[] steps = [.. Enumerable.Range(0, samples.Length / width).SelectMany(
            row => gains.SelectMany(values => values.AsSpan(row * width, width).ToArray()))];
        return Rounded(real, steps, shape);
    }

    public RoundedTensor Target(StreamOptions stream, RoundedTensor input) =>
        clean is null ? input : new DeviceOperators(clean, graph, quantizer, channels, scaling).Input(stream);
}

/// <content>For the export of the float network.</content>
internal sealed partial class FloatNetworkOperators
{
    private const float LargestInput = 127f / 128;

    public FloatValue Input(StreamOptions stream)
    {
        int[] taken = Enumerable.Range(stream.FirstChannel, stream.ChannelsOf(channels.Count)).ToArray();
        var chosen = Step(windowSamples / stream.Step, taken.Length,
            output => new FloatSelect(_window, output, stream.FirstChannel, stream.Step));
        return stream.Gains.Select(gain => Scale(chosen, taken, gain)).Aggregate((first, second) =>
            Step(chosen.Rows, first.Columns + second.Columns, output => new FloatConcat(first, second, output, ConcatAxis.Columns)));
    }

    private FloatValue Scale(FloatValue chosen, int[] taken, double gain)
    {
        float[] gains = taken.Select(channel => (float)(gain / scaling.Ranges[channel])).ToArray();
        float[] offsets = taken.Select(channel => (float)(-gain * scaling.Offset(channel) / scaling.Ranges[channel])).ToArray();
        var scaled = Step(chosen.Rows, chosen.Columns, output => new FloatScale(chosen, output, gains, offsets));
        return Step(chosen.Rows, chosen.Columns, output => new FloatClip(scaled, output, -1, LargestInput));
    }
}

namespace NanoFormer.Model;

/// <summary>
/// An encoder: a convolution to tokens, blocks of attention and feed-forward layer with residual sums (norms being folded), mean, classes.
/// </summary>
internal sealed class BenchmarkEncoder
{
    private const int Classes = 6;
    private const int TestWindows = 3;
    private const int Decay = 5;

    /// <summary>Deviation of what a half block adds to the residual stream of unit deviation at its start.</summary>
    private const double Branch = 0.7;

    /// <summary>Deviation of values averaged by attention.</summary>
    private const double Context = 0.6;

    private static readonly string[] ChannelNames = ["acc_x", "acc_y", "acc_z", "gyro_x", "gyro_y", "gyro_z"];
    private static readonly Quantization Input = new(1.0 / 40, 3);

    private readonly EncoderShape _shape;
    private readonly TokenMixing _mixing;
    private readonly RandomLayers _layers = new(seed: 1);
    private readonly GraphBuilder _builder;

    private BenchmarkEncoder(string name, EncoderShape shape, TokenMixing mixing)
    {
        _shape = shape;
        _mixing = mixing;
        InputChannel[] channels = [.. ChannelNames.Select((channel, i) => new InputChannel(channel, i < 3 ? "g" : "rad/s", Input.Scale))];
        _builder = new GraphBuilder(name, new InputSpecification(channels, shape.Samples, shape.Samples / 2, 50_000), Input)
        {
            Labels = [.. Enumerable.Range(1, Classes).Select(i => $"class {i}")],
        };
    }

    /// <summary>The graph; a causal one has a step program.</summary>
    public static Graph Create(string name, EncoderShape shape, TokenMixing mixing)
    {
        var encoder = new BenchmarkEncoder(name, shape, mixing);
        var graph = encoder.Build();
        graph = mixing == TokenMixing.Full ? graph : StepProgram.AddTo(graph);
        var windows =
            Enumerable.Range(0, TestWindows).Select(_ => encoder._layers.Window(shape.Samples, ChannelNames.Length, Input));
        return graph.WithTestWindows(windows);
    }

    private Graph Build()
    {
        var x = _layers.Conv1d(
            _builder, _builder.Window, _shape.Width, ConvolutionShape.Valid(_shape.Samples, _shape.Patch, _shape.Patch));
        double variance = 1;
        for (int block = 0; block < _shape.Blocks; block++)
        {
            x = Residual(x, Attend(x, Math.Sqrt(variance)), ref variance);
            x = Residual(x, FeedForward(x, Math.Sqrt(variance)), ref variance);
        }

        double pooled = 0.5 * Math.Sqrt(variance);
        var mean = _builder.Mean(x, _layers.Quantization(pooled));
        return _builder.Build(_layers.Linear(_builder, mean, Classes, pooled, deviation: 1.5));
    }

    private ActivationTensor Residual(ActivationTensor x, ActivationTensor branch, ref double variance)
    {
        variance += Branch * Branch;
        return _builder.Add(x, branch, _layers.Quantization(Math.Sqrt(variance)));
    }

    private ActivationTensor Attend(ActivationTensor x, double size)
    {
        int rows = 3 * _shape.Width;
        double[] scales = _layers.WeightScales(rows, _shape.Width, size, deviation: 1);
        int[] biases = _layers.Biases(scales, x.Scale.ToReal(), deviation: 1);
        sbyte[] weights = _layers.Weights(rows * _shape.Width);
        int headColumns = _shape.Width / _shape.Heads;
        var part = _layers.Quantization(1);
        var output = _layers.Quantization(Context);
        var context = _mixing == TokenMixing.Linear
            ? _builder.LinearAttention(x, _shape.Heads, headColumns, weights, scales, biases,
                new LinearAttentionQuantization(part, part, part, output), isCausal: true, Decay)
            : _builder.Attention(x, _shape.Heads, headColumns, weights, scales, biases,
                new AttentionQuantization(part, part, part, _layers.Quantization(1.2), output), Reach(x.Rows));
        return _layers.Linear(_builder, context, _shape.Width, Context, Branch);
    }

    private AttentionReach Reach(int tokens) =>
        _mixing == TokenMixing.Causal ? AttentionReach.Windowed(tokens - 1) : AttentionReach.Full;

    private ActivationTensor FeedForward(ActivationTensor x, double size)
    {
        var positive = new Quantization(3.0 / 255, sbyte.MinValue);
        var hidden = _layers.Linear(_builder, x, _shape.Hidden, size, deviation: 1, positive, Activation.Relu);
        return _layers.Linear(_builder, hidden, _shape.Width, Math.Sqrt(0.5), Branch);
    }
}

/// <summary>The shape of a benchmark encoder.</summary>
/// <param name="Samples">Samples of a window.</param>
/// <param name="Patch">Samples of a token: kernel and stride of the convolution in front.</param>
/// <param name="Width">Columns of a token.</param>
/// <param name="Heads">Heads of the attention.</param>
/// <param name="Hidden">Columns inside the feed-forward layers.</param>
/// <param name="Blocks">Encoder blocks.</param>
internal sealed record EncoderShape(int Samples, int Patch, int Width, int Heads, int Hidden, int Blocks);

/// <summary>How the tokens of a benchmark encoder look at each other.</summary>
internal enum TokenMixing
{
    /// <summary>Attention to all tokens.</summary>
    Full,

    /// <summary>Attention to the token itself and those before it.</summary>
    Causal,

    /// <summary>Causal linear attention.</summary>
    Linear,
}

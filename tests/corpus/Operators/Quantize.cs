using NanoFormer.Model;

namespace NanoFormer.Corpus;

/// <content>Quantization of samples.</content>
internal sealed partial class RandomOperators
{
    public Quantize Quantize(WindowTensor window, int first, int channels, int step) => new()
    {
        Input = window,
        ChannelConstants = _quantization.SampleConstants(channels),
        FirstChannel = first,
        Step = step,
        Output = NewTensor(window.Rows / step, channels),
    };
}

/// <content>Quantization of samples.</content>
internal sealed partial class TransformerKernelCorpus
{
    internal byte[] Quantize()
    {
        var window = new WindowTensor(_random.Next(1, 40), _random.Next(1, 12));
        int channels = _random.Next(1, window.Columns + 1);
        int first = _random.Next(window.Columns - channels + 1);
        var step = _draw.Quantize(window, first, channels, _random.Next(1, Math.Min(window.Rows, 5) + 1));
        short[] samples = RandomWindow.Create(window, _random);
        var run = new ReferenceRun(window, samples);
        run.Execute(step);
        return PayloadWriter
            .WithParameters(step.Output.Rows, channels, window.Columns, first, step.Step, step.Output.ZeroPoint, window.Rows)
            .Array<short>(samples)
            .Array(step.ChannelConstants.Int32Values)
            .Array(run.ValuesOf(step.Output))
            .ToArray();
    }
}

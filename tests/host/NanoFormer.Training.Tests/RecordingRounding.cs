using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

/// <summary>Remembers every activation that a quantizer rounds, in its int8 steps, rows before columns as in the integer graph.</summary>
internal sealed class RecordingRounding(ActivationQuantizer quantizer) : IActivationRounding
{
    private readonly Dictionary<string, int[]> _steps = [];

    public int[] this[string name] => _steps[name];

    public Tensor Apply(string name, Tensor values)
    {
        var rounded = quantizer.Apply(name, values);
        var (scale, zeroPoint) = quantizer[name];
        var rows = name.StartsWith("convolution", StringComparison.Ordinal) ? rounded.transpose(1, 2) : rounded;
        _steps[name] = [.. rows.detach().contiguous().data<float>().ToArray().Select(v => (int)Math.Round(v / scale) + zeroPoint)];
        return rounded;
    }

    public double? Scale(string name) => quantizer.Scale(name);
}

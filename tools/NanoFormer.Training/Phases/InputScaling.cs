using NanoFormer.Training.Configuration;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>
/// Physical values to the network's input: full scale becomes 1, and what lies beyond is clipped, in float as on the device.
/// </summary>
internal sealed class InputScaling(InputOptions options) : IDisposable
{
    private const double Largest = 127.0 / 128;

    private readonly Tensor _gains = tensor(options.Ranges.Select(r => (float)(1 / r)).ToArray());

    /// <summary>The steps of the int8 input: 1/128 of full scale.</summary>
    public static Model.Quantization Quantization => new(1.0 / 128, 0);

    /// <summary><c>[..., C]</c> in physical units to the same shape in parts of full scale.</summary>
    public Tensor Apply(Tensor physical) => (physical * _gains).clamp(-1, Largest);

    public void Dispose() => _gains.Dispose();
}

using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>
/// Physical values to the network's input: offset to 0, full scale to 1; what lies beyond is clipped, in float as on the device.
/// </summary>
internal sealed class InputScaling(InputOptions options) : IDisposable
{
    /// <summary>The greatest int8 input.</summary>
    public const double Largest = 127.0 / 128;

    private readonly Tensor _gains = tensor(options.Ranges.Select(r => (float)(1 / r)).ToArray());
    private readonly Tensor _offsets = tensor(options.Ranges.Select((_, channel) => (float)options.Offset(channel)).ToArray());

    /// <summary>The steps of the int8 input: 1/128 of full scale.</summary>
    public static Model.Quantization Quantization => new(1.0 / 128, 0);

    /// <summary><c>[..., C]</c> in physical units to the same shape in parts of full scale.</summary>
    public Tensor Apply(Tensor physical) => Clip((physical - _offsets) * _gains);

    /// <summary>What int8 can hold, in parts of full scale.</summary>
    public static Tensor Clip(Tensor scaled) => scaled.clamp(-1, Largest);

    public void Dispose()
    {
        _gains.Dispose();
        _offsets.Dispose();
    }
}

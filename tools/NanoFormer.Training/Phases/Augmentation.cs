using NanoFormer.Data;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Makes new training windows from known ones, in physical units: other mountings, sensors, paces and gaps.</summary>
internal sealed class Augmentation : IDisposable
{
    private const int ResponseFrequencies = 9;

    private readonly AugmentationOptions _options;
    private readonly TimeDistortion _time;
    private readonly Tensor _noise;
    private readonly Tensor _offset;

    /// <exception cref="ConfigException">Something is named that is neither a channel nor a unit of one.</exception>
    public Augmentation(AugmentationOptions options, IReadOnlyList<ChannelInfo> channels)
    {
        _options = options;
        _time = new TimeDistortion(options);
        _noise = ByChannel(options.Noise, channels, "augmentation.noise");
        _offset = ByChannel(options.Offset, channels, "augmentation.offset");
    }

    /// <summary>Changes a batch <c>[B, T, C]</c>.</summary>
    public Tensor Apply(Tensor windows)
    {
        var (batch, channels) = (windows.shape[0], windows.shape[2]);
        var result = Filter(_time.Resample(Rotate(windows)));
        result = result * (1 + _options.Gain * randn(batch, 1, 1));
        result = result + _noise * randn_like(result) + _offset * randn(batch, 1, channels);
        return _time.Mask(_time.Drop(result));
    }

    public void Dispose()
    {
        _noise.Dispose();
        _offset.Dispose();
    }

    /// <summary>Turns all triads of a window together, as if the board were mounted a little differently.</summary>
    private Tensor Rotate(Tensor windows)
    {
        if (_options.Triads.Count == 0 || _options.RotationDegrees == 0)
        {
            return windows;
        }

        var rotations = Rotations(windows.shape[0], _options.RotationDegrees * Math.PI / 180);
        var rotated = windows.clone();
        foreach (var triad in _options.Triads)
        {
            var index = tensor(triad.Select(c => (long)c).ToArray());
            rotated.index_copy_(2, index, windows.index_select(2, index).matmul(rotations));
        }

        return rotated;
    }

    /// <summary>Filters each channel with a frequency response of its own, without a change of phase.</summary>
    private Tensor Filter(Tensor windows)
    {
        if (_options.ResponseDecibels == 0)
        {
            return windows;
        }

        var (batch, samples, channels) = (windows.shape[0], windows.shape[1], windows.shape[2]);
        var drawn = randn(batch, channels, ResponseFrequencies) * (_options.ResponseDecibels * Math.Log(10) / 20);
        var gains = nn.functional.interpolate(drawn, [samples / 2 + 1], mode: InterpolationMode.Linear, align_corners: true).exp();
        return fft.irfft(fft.rfft(windows, dim: 1) * gains.transpose(1, 2), samples, dim: 1);
    }

    /// <summary>Rotation matrices <c>[B, 3, 3]</c> about random vectors (Rodrigues' formula).</summary>
    private static Tensor Rotations(long count, double sigma)
    {
        var vector = randn(count, 3) * sigma;
        var angle = vector.norm(1, keepdim: true).clamp_min(1e-6);
        var (x, y, z) = Components(vector / angle);
        var zero = zeros_like(x);
        var cross = stack([zero, -z, y, z, zero, -x, -y, x, zero], 1).reshape(count, 3, 3);
        var wide = angle.unsqueeze(-1);
        return eye(3) + wide.sin() * cross + (1 - wide.cos()) * cross.matmul(cross);
    }

    private static (Tensor X, Tensor Y, Tensor Z) Components(Tensor vectors) =>
        (vectors.select(1, 0), vectors.select(1, 1), vectors.select(1, 2));

    private static Tensor ByChannel(IReadOnlyDictionary<string, double> sizes, IReadOnlyList<ChannelInfo> channels, string field)
    {
        string? unknown = sizes.Keys.FirstOrDefault(key => channels.All(c => c.Unit != key && c.Name != key));
        return unknown is null
            ? tensor(channels.Select(c => (float)(sizes.TryGetValue(c.Name, out double own) ? own : sizes.GetValueOrDefault(c.Unit))).ToArray())
            : throw new ConfigException(ConfigError.Mismatch, $"{field} names '{unknown}', which is neither a channel nor a channel's unit.");
    }
}

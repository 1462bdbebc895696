using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>What happens to the time of samples: another pace, uneven time stamps, lost samples, a span without signal.</summary>
internal sealed class TimeDistortion(AugmentationOptions options)
{
    /// <summary>
    /// Plays windows <c>[B, T, C]</c> faster or slower about their middle, and each sample a little early or late; what then lies outside
    /// repeats the edge.
    /// </summary>
    public Tensor Resample(Tensor windows)
    {
        if (options is { TimeWarp: 0, Jitter: 0 })
        {
            return windows;
        }

        var (batch, samples) = (windows.shape[0], windows.shape[1]);
        double middle = (samples - 1) / 2.0;
        var speed = 1 + options.TimeWarp * (2 * rand(batch, 1) - 1);
        var position = (arange(samples) - middle) * speed + middle;
        if (options.Jitter > 0)
        {
            position = position + options.Jitter * randn(batch, samples);
        }

        position = position.clamp(0, samples - 1);
        var before = position.floor();
        var part = (position - before).unsqueeze(-1);
        return At(windows, before) * (1 - part) + At(windows, before + 1) * part;
    }

    /// <summary>Loses samples; in their place the one before is read again. The first of a window stays.</summary>
    public Tensor Drop(Tensor windows)
    {
        if (options.Dropped == 0)
        {
            return windows;
        }

        var (batch, samples) = (windows.shape[0], windows.shape[1]);
        var kept = rand(batch, samples).ge(options.Dropped);
        return At(windows, (arange(samples) * kept).cummax(1).values);
    }

    /// <summary>Sets a span of each window to its mean.</summary>
    public Tensor Mask(Tensor windows)
    {
        if (options.Masked == 0)
        {
            return windows;
        }

        var (batch, samples) = (windows.shape[0], windows.shape[1]);
        var length = (options.Masked * samples * rand(batch, 1)).floor();
        var start = ((samples - length + 1) * rand(batch, 1)).floor();
        var time = arange(samples);
        var masked = time.ge(start).logical_and(time.lt(start + length)).unsqueeze(-1);
        return where(masked, windows.mean([1], keepdim: true), windows);
    }

    /// <summary>The samples of these numbers, <c>[B, T]</c>, or the last one.</summary>
    private static Tensor At(Tensor windows, Tensor sample)
    {
        var index = sample.clamp_max(windows.shape[1] - 1).to(ScalarType.Int64).unsqueeze(-1).expand(windows.shape);
        return windows.gather(1, index);
    }
}

using NanoFormer.Data;
using NanoFormer.Training.Configuration;
using NanoFormer.Training.Phases;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class AugmentationTests : TorchTests
{
    private static readonly ChannelInfo[] Channels =
        [.. "abc".Select(c => new ChannelInfo($"{c}", "g", 1)), .. "xyz".Select(c => new ChannelInfo($"{c}", "rad/s", 1))];

    private static readonly AugmentationOptions Rotation = new() { Triads = [[0, 1, 2], [3, 4, 5]], RotationDegrees = 30 };

    [Fact]
    public void Nothing_configured_changes_nothing()
    {
        var windows = randn(4, 16, 6);
        using var augmentation = new Augmentation(new AugmentationOptions(), Channels);

        Assert.True(augmentation.Apply(windows).equal(windows).all().item<bool>());
    }

    [Fact]
    public void A_rotation_keeps_lengths_and_the_angle_between_sensors()
    {
        var windows = randn(8, 16, 6);
        using var augmentation = new Augmentation(Rotation, Channels);

        var rotated = augmentation.Apply(windows);

        Assert.True((rotated - windows).abs().max().item<float>() > 0.1);
        Assert.InRange((Dots(rotated) - Dots(windows)).abs().max().item<float>(), 0, 1e-4);
    }

    [Fact]
    public void A_time_warp_stays_within_the_window_and_keeps_its_middle()
    {
        var ramp = arange(17, ScalarType.Float32).reshape(1, 17, 1).expand(5, 17, 6);
        using var augmentation = new Augmentation(new AugmentationOptions { TimeWarp = 0.3 }, Channels);

        var warped = augmentation.Apply(ramp);

        Assert.InRange(warped.min().item<float>(), 0, 16);
        Assert.InRange(warped.max().item<float>(), 0, 16);
        Assert.True((warped.select(1, 8) - 8).abs().max().item<float>() < 1e-5);
        Assert.True((warped - ramp).abs().max().item<float>() > 0.1);
    }

    /// <summary>Tones of one frequency each stay tones of it: only their size differs, by a gain of the asked spread.</summary>
    [Fact]
    public void A_frequency_response_changes_the_size_of_a_tone_alone()
    {
        const int Tones = 400;
        var tone = (2 * Math.PI * 8 / 64 * arange(64, ScalarType.Float32)).sin().reshape(1, 64, 1).expand(Tones, 64, 6);

        var filtered = Apply(new AugmentationOptions { ResponseDecibels = 6 }, tone);

        var gains = (filtered * tone).sum(1, keepdim: true) / (tone * tone).sum(1, keepdim: true);
        Assert.InRange((filtered - gains * tone).abs().max().item<float>(), 0, 1e-4);
        var decibels = 20 * gains.log10();
        Assert.InRange(decibels.mean().item<float>(), -0.5, 0.5);
        Assert.InRange(decibels.std().item<float>(), 5.5, 6.5); // 8 of 32 steps lie on one of the nine frequencies
        Assert.True((gains - gains.narrow(2, 0, 1)).abs().max().item<float>() > 0.5);
    }

    [Fact]
    public void Jitter_moves_every_sample_by_itself()
    {
        var moved = Apply(new AugmentationOptions { Jitter = 0.5 }, Ramp(windows: 64, samples: 128)) - Ramp(windows: 64, samples: 128);
        var inner = moved.narrow(1, 4, 120); // away from the edges, which clip

        Assert.InRange(inner.mean().item<float>(), -0.02, 0.02);
        Assert.InRange(inner.std().item<float>(), 0.48, 0.52);
        Assert.True(inner.std(1).min().item<float>() > 0.3);
        Assert.Equal(0, (moved - moved.narrow(2, 0, 1)).abs().max().item<float>());
    }

    [Fact]
    public void A_dropped_sample_repeats_the_one_before()
    {
        var dropped = Apply(new AugmentationOptions { Dropped = 0.25 }, Ramp(windows: 64, samples: 128));
        var own = dropped.eq(Ramp(windows: 64, samples: 128));
        var before = dropped.narrow(1, 1, 127).eq(dropped.narrow(1, 0, 127));

        Assert.True(own.narrow(1, 0, 1).all().item<bool>());
        Assert.True(own.narrow(1, 1, 127).logical_xor(before).all().item<bool>());
        Assert.InRange(before.to(ScalarType.Float32).mean().item<float>(), 0.23, 0.27);
    }

    [Fact]
    public void A_masked_span_is_the_mean_of_its_window()
    {
        var windows = randn(64, 40, 6);
        var masked = Apply(new AugmentationOptions { Masked = 0.5 }, windows);

        var changed = masked.ne(windows);
        var lengths = changed.select(2, 0).sum(1);
        var edges = changed.to(ScalarType.Int32).diff(dim: 1).abs().sum(1);

        Assert.InRange(lengths.max().item<long>(), 15, 19);
        Assert.InRange(lengths.min().item<long>(), 0, 4);
        Assert.True(edges.max().item<long>() <= 2, "more than one span");
        Assert.True(where(changed, masked - windows.mean([1], keepdim: true), zeros(1)).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Offsets_touch_their_unit_only_and_are_constant()
    {
        var windows = zeros(6, 16, 6);
        var options = new AugmentationOptions { Offset = new Dictionary<string, double> { ["rad/s"] = 1 } };
        using var augmentation = new Augmentation(options, Channels);

        var moved = augmentation.Apply(windows);

        Assert.Equal(0, moved.narrow(2, 0, 3).abs().max().item<float>());
        Assert.Equal(0, (moved - moved.narrow(1, 0, 1)).abs().max().item<float>());
        Assert.True(moved.narrow(2, 3, 3).abs().min().item<float>() > 0);
    }

    [Fact]
    public void An_unknown_unit_is_refused()
    {
        var options = new AugmentationOptions { Noise = new Dictionary<string, double> { ["volt"] = 1 } };

        Assert.Equal(ConfigError.Mismatch, Assert.Throws<ConfigException>(() => new Augmentation(options, Channels)).Error);
    }

    private static Tensor Apply(AugmentationOptions options, Tensor windows)
    {
        using var augmentation = new Augmentation(options, Channels);
        return augmentation.Apply(windows);
    }

    /// <summary>Windows whose values are the numbers of their samples.</summary>
    private static Tensor Ramp(int windows, int samples) =>
        arange(samples, ScalarType.Float32).reshape(1, samples, 1).expand(windows, samples, Channels.Length);

    /// <summary>Squared length of each sensor's vector and the two vectors' product, at every sample.</summary>
    private static Tensor Dots(Tensor windows)
    {
        var (a, w) = (windows.narrow(2, 0, 3), windows.narrow(2, 3, 3));
        return stack([(a * a).sum(2), (w * w).sum(2), (a * w).sum(2)]);
    }
}

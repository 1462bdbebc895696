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

    /// <summary>Squared length of each sensor's vector and the two vectors' product, at every sample.</summary>
    private static Tensor Dots(Tensor windows)
    {
        var (a, w) = (windows.narrow(2, 0, 3), windows.narrow(2, 3, 3));
        return stack([(a * a).sum(2), (w * w).sum(2), (a * w).sum(2)]);
    }
}

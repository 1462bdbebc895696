using NanoFormer.Evaluation.Robustness;

namespace NanoFormer.Evaluation.Tests.Robustness;

public sealed class PerturbationTests
{
    private const int Width = 4;
    private static readonly int[][] Triad = [[0, 1, 2]];

    public static TheoryData<int> Catalogue => [.. Enumerable.Range(0, All.Count)];

    private static IReadOnlyList<Perturbation> All { get; } =
        Perturbations.For(SmallWindows.Channels, AxisTriads.Find(SmallWindows.Channels));

    [Theory, MemberData(nameof(Catalogue))]
    public void Same_windows_are_changed_in_the_same_way_and_only_copied(int index)
    {
        var windows = SmallWindows.Random(20, windows: 6, seed: 3);
        short[] before = windows.Samples.ToArray();
        var changed = All[index].Apply(windows);

        Assert.Equal(before, windows.Samples);
        Assert.NotEqual(before, changed.Samples);
        Assert.Equal(changed.Samples, All[index].Apply(windows).Samples);
        Assert.Equal((windows.Labels, windows.Subjects), (changed.Labels, changed.Subjects));
    }

    [Fact]
    public void Without_three_axes_nothing_is_turned() =>
        Assert.DoesNotContain(Perturbations.For(SmallWindows.Channels, []), perturbation => perturbation is MountRotation);

    [Fact]
    public void Noise_has_the_deviation_asked_for_on_every_channel()
    {
        var windows = SmallWindows.Random(500, windows: 20, seed: 4);
        var noisy = new AddedNoise(Decibels: 12, Seed: 1).Apply(windows);
        for (int channel = 0; channel < Width; channel++)
        {
            double[] signal = Channel(windows.Samples, channel).Select(value => (double)value).ToArray();
            double[] noise = signal.Zip(Channel(noisy.Samples, channel), (a, b) => b - a).ToArray();
            Assert.InRange(Deviation(noise) / Deviation(signal), 0.245, 0.257); // 10^(-12 / 20) = 0.2512
            Assert.InRange(noise.Average() / Deviation(signal), -0.01, 0.01);
        }
    }

    [Fact]
    public void Turn_keeps_lengths_angles_and_other_channels()
    {
        var windows = SmallWindows.Of(2, 10000, 0, 0, 7, 0, 6000, 8000, -7);
        short[] turned = new MountRotation(30, Triad, Seed: 5).Apply(windows).Samples;

        Assert.Equal(10000, Length(turned.AsSpan(0, 3)), 1.5);
        Assert.Equal(10000, Length(turned.AsSpan(4, 3)), 1.5);
        Assert.InRange(Dot(turned.AsSpan(0, 3), turned.AsSpan(4, 3)) / 1e8, -2e-4, 2e-4);
        Assert.Equal([7, -7], Channel(turned, 3));
    }

    /// <summary>A turn moves a vector by at most its angle, and about random axes by no less than half of it in the mean.</summary>
    [Fact]
    public void Turn_has_the_angle_asked_for()
    {
        var windows = SmallWindows.Of(1, [.. Enumerable.Range(0, 500).SelectMany(_ => new short[] { 0, 0, 20000, 0 })]);
        short[] turned = new MountRotation(15, Triad, Seed: 2).Apply(windows).Samples;
        double[] angles = Channel(turned, 2).Select(z => Math.Acos(Math.Min(1, z / 20000.0)) * 180 / Math.PI).ToArray();

        Assert.InRange(angles.Max(), 14.5, 15.1);
        Assert.InRange(angles.Average(), 7.5, 15);
    }

    [Fact]
    public void Lost_samples_repeat_the_one_before()
    {
        var windows = SmallWindows.Random(1000, windows: 2, seed: 6);
        var changed = new DroppedSamples(0.2, Seed: 1).Apply(windows);
        int lost = 0;
        for (int window = 0; window < 2; window++)
        {
            var before = windows.Window(window);
            var after = changed.Window(window);
            Assert.True(after[..Width].SequenceEqual(before[..Width]));
            for (int i = Width; i < before.Length; i += Width)
            {
                bool isLost = !after.Slice(i, Width).SequenceEqual(before.Slice(i, Width));
                lost += isLost ? 1 : 0;
                Assert.True(!isLost || after.Slice(i, Width).SequenceEqual(after.Slice(i - Width, Width)));
            }
        }

        Assert.InRange(lost, 340, 460);
    }

    /// <summary>A ramp of 110 steps per sample, sampled 10 % faster, is one of 100; sampled 10 % slower it is held at the ends.</summary>
    [Fact]
    public void Rate_error_stretches_time_about_the_middle()
    {
        var ramp = SmallWindows.Of(11, [.. Enumerable.Range(0, 11).SelectMany(i => Enumerable.Repeat((short)(110 * (i - 5)), Width))]);

        short[] fast = Channel(new RateError(0.1).Apply(ramp).Samples, 0);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => (short)(100 * (i - 5))), fast);
        short[] slow = Channel(new RateError(-0.1).Apply(ramp).Samples, 0);
        Assert.Equal([-550, 0, 550], [slow[0], slow[5], slow[10]]);
        Assert.Equal(Math.Round(110 / 0.9), slow[6]);
    }

    [Fact]
    public void Dead_axis_reads_zero_and_the_others_what_they_did()
    {
        var changed = new DeadAxis(1, "acc_y").Apply(SmallWindows.Of(2, 1, 2, 3, 4, 5, 6, 7, 8));

        Assert.Equal([1, 0, 3, 4, 5, 0, 7, 8], changed.Samples);
    }

    /// <summary>The largest acceleration is -200 steps on acc_y, so all three axes of the sensor end at 100 steps.</summary>
    [Fact]
    public void Saturation_goes_by_the_unit()
    {
        var changed = new Saturation(0.5).Apply(SmallWindows.Of(2, 150, -200, 20, 8, -101, 100, 0, 3));

        Assert.Equal([100, -100, 20, 4, -100, 100, 0, 3], changed.Samples);
    }

    private static short[] Channel(short[] samples, int channel) => [.. samples.Where((_, i) => i % Width == channel)];

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Length(ReadOnlySpan<short> vector) => Math.Sqrt(Dot(vector, vector));

    private static double Dot(ReadOnlySpan<short> a, ReadOnlySpan<short> b) =>
        ((double)a[0] * b[0]) + ((double)a[1] * b[1]) + ((double)a[2] * b[2]);
}

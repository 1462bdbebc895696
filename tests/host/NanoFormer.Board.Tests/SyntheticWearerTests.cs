using System.Numerics;

namespace NanoFormer.Board.Tests;

public class SyntheticWearerTests
{
    private const double RateHz = 50;

    [Fact]
    public void The_seed_decides_everything()
    {
        var (one, same, other) = (new SyntheticWearer(1), new SyntheticWearer(1), new SyntheticWearer(2));
        var times = Enumerable.Range(0, 600).Select(index => index * 0.5).ToList();
        Assert.Equal(times.Select(one.At), times.Select(same.At));
        Assert.NotEqual(times.Select(one.At), times.Select(other.At));
        Assert.True(one.IsSynthetic);
        Assert.Contains("synthetic", one.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_day_holds_every_activity_and_long_still_periods()
    {
        var wearer = new SyntheticWearer(1);
        var labels = Enumerable.Range(0, (int)wearer.DurationSeconds).Select(second => wearer.LabelAt(second)).ToList();
        string[] expected = ["LAYING", "SITTING", "STANDING", "WALKING", "WALKING_DOWNSTAIRS", "WALKING_UPSTAIRS"];
        Assert.Equal(expected, labels.OfType<string>().Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(null, labels);
        Assert.Equal(wearer.At(1), wearer.At(14));
    }

    // 10th and 90th percentiles, over the 2.56 s windows of HAPT, of the standard deviation of acceleration x, y, z.
    [Theory]
    [InlineData(WearerActivity.Walking, 0.177, 0.296, 0.136, 0.224, 0.089, 0.199)]
    [InlineData(WearerActivity.WalkingUpstairs, 0.196, 0.322, 0.127, 0.222, 0.106, 0.200)]
    [InlineData(WearerActivity.WalkingDownstairs, 0.267, 0.454, 0.133, 0.256, 0.104, 0.233)]
    [InlineData(WearerActivity.Standing, 0.0027, 0.0163, 0.0040, 0.0274, 0.0056, 0.0257)]
    [InlineData(WearerActivity.Laying, 0.0034, 0.0191, 0.0033, 0.0188, 0.0053, 0.0193)]
    public void Acceleration_varies_as_much_as_on_people(
        WearerActivity activity, double xLow, double xHigh, double yLow, double yHigh, double zLow, double zHigh)
    {
        var samples = Samples(new SyntheticWearer(3, [new ScenarioSegment(activity, 60)]), 60);
        Assert.InRange(Deviation(samples, sample => sample.Acceleration.X), xLow, xHigh);
        Assert.InRange(Deviation(samples, sample => sample.Acceleration.Y), yLow, yHigh);
        Assert.InRange(Deviation(samples, sample => sample.Acceleration.Z), zLow, zHigh);
    }

    [Fact]
    public void Upright_gravity_is_on_x_and_lying_takes_it_off()
    {
        foreach (var activity in Enum.GetValues<WearerActivity>().Where(activity => activity != WearerActivity.PutDown))
        {
            var samples = Samples(new SyntheticWearer(4, [new ScenarioSegment(activity, 40)]), 40);
            float mean = samples.Average(sample => sample.Acceleration.X);
            Assert.InRange(mean, activity == WearerActivity.Laying ? -0.2 : 0.85, activity == WearerActivity.Laying ? 0.3 : 1.02);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Walking_has_its_strongest_vertical_line_at_a_human_step_frequency(int seed)
    {
        var samples = Samples(new SyntheticWearer(seed, [new ScenarioSegment(WearerActivity.Walking, 20)]), 20);

        // Over windows of 5 s, which the wander of the cadence does not blur.
        var windows = samples.Chunk(250).ToList();
        double strongest = Enumerable.Range(10, 120).Select(index => index * 0.05).MaxBy(hertz => windows.Sum(window => Power(window, hertz)));
        Assert.InRange(strongest, 1.5, 2.1);
    }

    [Fact]
    public void In_a_change_of_posture_the_gyroscope_integrates_to_the_turn_that_gravity_makes()
    {
        const double Step = 0.001;
        var wearer = new SyntheticWearer(
            5, [new ScenarioSegment(WearerActivity.Standing, 4, 0), new ScenarioSegment(WearerActivity.Laying, 4, 0)]);
        var gravity = wearer.At(3.9).Acceleration;
        Assert.Equal("STANDING", wearer.LabelAt(3.9));
        Assert.Null(wearer.LabelAt(5));
        Assert.Equal("LAYING", wearer.LabelAt(6.6));
        for (double t = 3.9; t < 7; t += Step)
        {
            // A direction fixed in the world turns against the sensor: rotate by -w dt.
            var turn = wearer.At(t).AngularRate * (float)(Math.PI / 180 * Step);
            gravity = turn == Vector3.Zero
                ? gravity
                : Vector3.Transform(gravity, Quaternion.CreateFromAxisAngle(-Vector3.Normalize(turn), turn.Length()));
        }

        Assert.True(Vector3.Distance(gravity, wearer.At(7.5).Acceleration) < 0.02f);
        Assert.True(Vector3.Distance(wearer.At(3).Acceleration, wearer.At(7.5).Acceleration) > 1);
    }

    private static List<MotionSample> Samples(SyntheticWearer wearer, double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * RateHz)).Select(index => wearer.At(index / RateHz))];

    private static double Deviation(List<MotionSample> samples, Func<MotionSample, double> channel)
    {
        double mean = samples.Average(channel);
        return Math.Sqrt(samples.Average(sample => Math.Pow(channel(sample) - mean, 2)));
    }

    private static double Power(MotionSample[] samples, double hertz)
    {
        float mean = samples.Average(sample => sample.Acceleration.X);
        var (real, imaginary) = (0.0, 0.0);
        for (int index = 0; index < samples.Length; index++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * hertz * index / RateHz);
            real += (samples[index].Acceleration.X - mean) * cosine;
            imaginary += (samples[index].Acceleration.X - mean) * sine;
        }

        return (real * real) + (imaginary * imaginary);
    }
}

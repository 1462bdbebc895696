using System.Numerics;

namespace NanoFormer.Board;

/// <summary>
/// A generator of plausible motion at the waist, labelled and reproducible by seed. In channel c at time t, for a gait,
/// <code>
/// x_c(t) = gravity_c + m(t) * sum over h = 1..8 of A_ch cos(h p(t) + P_ch) + irregular_c * noise(t),   dp/dt = 2 pi f (1 + wander(t))
/// </code>
/// with stride frequency f, harmonics A and P of the stride (the even ones are the steps, the odd ones the sway from side to side), a
/// slowly wandering strength m and cadence; for a posture, gravity plus slow sway and fast tremor. Between segments gravity turns along
/// a minimum-jerk curve, the gyroscope sees that turn, and the label is null. The seed also draws the individual: cadence, vigour and
/// how the device sits on the belt. Numbers and their origin: wearer-parameters.json.
/// </summary>
public sealed class SyntheticWearer : IMotionSource
{
    private const double RateHz = 100;
    private const double StepSeconds = 1 / RateHz;
    private const double TransitionSeconds = 2.5;
    private const double DegreesPerRadian = 180 / Math.PI;

    private readonly RecordingSource _rendered;

    /// <summary>Generates a day from a seed; the same seed and scenario give the same day.</summary>
    /// <param name="seed">Seed of the individual and of all irregularity.</param>
    /// <param name="scenario">The segments in order, or null for <see cref="WearerScenario.Default"/>.</param>
    /// <exception cref="ArgumentException">The scenario is empty or shorter than one sample.</exception>
    public SyntheticWearer(int seed, IReadOnlyList<ScenarioSegment>? scenario = null)
    {
        scenario ??= WearerScenario.Default;
        _rendered = Render(seed, scenario);
        Name = $"synthetic wearer, seed {seed}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsSynthetic => true;

    /// <inheritdoc/>
    public double DurationSeconds => _rendered.DurationSeconds;

    /// <inheritdoc/>
    public MotionSample At(double seconds) => _rendered.At(seconds);

    /// <inheritdoc/>
    public string? LabelAt(double seconds) => _rendered.LabelAt(seconds);

    private static RecordingSource Render(int seed, IReadOnlyList<ScenarioSegment> scenario)
    {
        var noise = new GaussianNoise(seed);
        var individual = WearerIndividual.Draw(noise);
        var samples = new List<MotionSample>();
        var labels = new List<string?>();
        ActivityMotion? previous = null;
        foreach (var segment in scenario)
        {
            var current = ActivityMotion.For(segment, individual, noise, StepSeconds);
            int count = (int)Math.Round(segment.Seconds * RateHz);
            for (int index = 0; index < count; index++)
            {
                double progress = previous is null ? 1 : Math.Min(1, index * StepSeconds / TransitionSeconds);
                samples.Add(progress < 1 ? Blend(previous!, current, progress) : At(current.Gravity, current.Step()));
                labels.Add(progress < 1 ? null : segment.Label);
            }

            previous = current;
        }

        return new RecordingSource("synthetic", [.. samples], RateHz, [.. labels], isSynthetic: true);
    }

    private static MotionSample At(Vector3 gravity, MotionSample body) => body with { Acceleration = gravity + body.Acceleration };

    private static MotionSample Blend(ActivityMotion from, ActivityMotion to, double progress)
    {
        float weight = (float)MinimumJerk(progress);
        var (old, young) = (from.Step(), to.Step());
        var gravity = Turned(from.Gravity, to.Gravity, progress);
        var soon = Turned(from.Gravity, to.Gravity, progress + (StepSeconds / TransitionSeconds));

        // A direction u fixed in the world moves in the turning sensor by du/dt = -w x u, so w = du/dt x u.
        var turning = Vector3.Cross((soon - gravity) * (float)RateHz, gravity) * (float)DegreesPerRadian;
        return new MotionSample(
            gravity + Vector3.Lerp(old.Acceleration, young.Acceleration, weight),
            turning + Vector3.Lerp(old.AngularRate, young.AngularRate, weight));
    }

    private static Vector3 Turned(Vector3 from, Vector3 to, double progress)
    {
        double angle = Math.Acos(Math.Clamp(Vector3.Dot(from, to), -1, 1));
        if (angle < 1e-4)
        {
            return to;
        }

        double weight = MinimumJerk(Math.Min(1, progress));
        var (first, second) = (Math.Sin((1 - weight) * angle), Math.Sin(weight * angle));
        return ((from * (float)first) + (to * (float)second)) / (float)Math.Sin(angle);
    }

    private static double MinimumJerk(double u) => u * u * u * (10 + (u * ((6 * u) - 15)));
}

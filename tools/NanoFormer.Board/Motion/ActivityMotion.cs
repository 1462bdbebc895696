using System.Numerics;

namespace NanoFormer.Board;

/// <summary>The motion of one segment, generated step by step: gravity's direction and what the body adds to it.</summary>
internal abstract class ActivityMotion
{
    /// <summary>Channels in the order acceleration x, y, z, angular rate x, y, z.</summary>
    protected const int ChannelCount = 6;

    /// <summary>Direction of gravity's reaction in the sensor's axes, one g long.</summary>
    public required Vector3 Gravity { get; init; }

    /// <summary>Builds the motion of a segment for an individual, generated at a fixed step in seconds.</summary>
    public static ActivityMotion For(ScenarioSegment segment, WearerIndividual individual, GaussianNoise noise, double stepSeconds)
    {
        if (segment.Label is not { } label)
        {
            return new MotionlessDevice { Gravity = Vector3.UnitZ };
        }

        if (WearerParameters.Shipped.Gaits.TryGetValue(label, out var gait))
        {
            return new GaitMotion(gait, individual, segment.MotionScale, noise, stepSeconds) { Gravity = Worn(gait.Gravity, individual) };
        }

        var posture = WearerParameters.Shipped.Postures[label];
        return new PostureMotion(posture, segment.MotionScale, noise, stepSeconds) { Gravity = Worn(posture.Gravity, individual) };
    }

    /// <summary>Moves one step on; gravity is not part of the result.</summary>
    public abstract MotionSample Step();

    /// <summary>Six channels as a sample.</summary>
    protected static MotionSample ToSample(ReadOnlySpan<double> channels) => new(
        new Vector3((float)channels[0], (float)channels[1], (float)channels[2]),
        new Vector3((float)channels[3], (float)channels[4], (float)channels[5]));

    /// <summary>One independent wandering value a channel.</summary>
    protected static WanderingValue[] Wandering(GaussianNoise noise, double timeConstantSeconds, double stepSeconds)
    {
        var values = new WanderingValue[ChannelCount];
        for (int channel = 0; channel < ChannelCount; channel++)
        {
            values[channel] = new WanderingValue(noise, timeConstantSeconds, stepSeconds);
        }

        return values;
    }

    private static Vector3 Worn(float[] gravity, WearerIndividual individual) =>
        Vector3.Transform(Vector3.Normalize(new Vector3(gravity)), individual.Mounting);

    private sealed class MotionlessDevice : ActivityMotion
    {
        public override MotionSample Step() => default;
    }
}

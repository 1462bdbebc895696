namespace NanoFormer.Board;

/// <summary>A body at rest: slow sway and fast tremor on every channel.</summary>
internal sealed class PostureMotion(PostureParameters posture, double scale, GaussianNoise noise, double stepSeconds) : ActivityMotion
{
    private const double SwaySeconds = 0.4;
    private const double TremorSeconds = 0.03;

    private readonly WanderingValue[] _sway = Wandering(noise, SwaySeconds, stepSeconds);
    private readonly WanderingValue[] _tremor = Wandering(noise, TremorSeconds, stepSeconds);

    /// <inheritdoc/>
    public override MotionSample Step()
    {
        Span<double> channels = stackalloc double[ChannelCount];
        for (int channel = 0; channel < ChannelCount; channel++)
        {
            double slow = posture.Sway[channel] * _sway[channel].Step();
            double fast = posture.Tremor[channel] * _tremor[channel].Step();
            channels[channel] = scale * (slow + fast);
        }

        return ToSample(channels);
    }
}

namespace NanoFormer.Board;

/// <summary>A body walking: harmonics of the stride, with cadence and strength wandering, and irregular motion on top.</summary>
internal sealed class GaitMotion : ActivityMotion
{
    private const double CadenceWander = 0.025;
    private const double CadenceWanderSeconds = 3;
    private const double StrengthWander = 0.07;
    private const double StrengthWanderSeconds = 2;
    private const double IrregularSeconds = 0.05;

    private static readonly string[] Channels = ["accelX", "accelY", "accelZ", "gyroX", "gyroY", "gyroZ"];

    private readonly GaitParameters gait;
    private readonly double scale;
    private readonly double strength;
    private readonly double strideStep;
    private readonly WanderingValue cadenceWander;
    private readonly WanderingValue strengthWander;
    private readonly WanderingValue[] irregular;
    private double phase;

    public GaitMotion(GaitParameters gait, WearerIndividual individual, double scale, GaussianNoise noise, double stepSeconds)
    {
        this.gait = gait;
        this.scale = scale;
        strength = individual.Vigour;
        strideStep = 2 * Math.PI * gait.StrideHz * individual.Cadence * stepSeconds;
        cadenceWander = new WanderingValue(noise, CadenceWanderSeconds, stepSeconds);
        strengthWander = new WanderingValue(noise, StrengthWanderSeconds, stepSeconds);
        irregular = Wandering(noise, IrregularSeconds, stepSeconds);
    }

    /// <inheritdoc/>
    public override MotionSample Step()
    {
        phase += strideStep * (1 + (CadenceWander * cadenceWander.Step()));
        var vigour = strength * (1 + (StrengthWander * strengthWander.Step()));
        Span<double> channels = stackalloc double[ChannelCount];
        for (var channel = 0; channel < ChannelCount; channel++)
        {
            var periodic = vigour * Periodic(gait.Harmonics[Channels[channel]]);
            channels[channel] = scale * (periodic + (gait.Irregular[channel] * irregular[channel].Step()));
        }

        return ToSample(channels);
    }

    private double Periodic(double[][] harmonics)
    {
        var sum = 0.0;
        for (var index = 0; index < harmonics.Length; index++)
        {
            var (amplitude, degrees) = (harmonics[index][0], harmonics[index][1]);
            sum += amplitude * Math.Cos(((index + 1) * phase) + (degrees * Math.PI / 180));
        }

        return sum;
    }
}

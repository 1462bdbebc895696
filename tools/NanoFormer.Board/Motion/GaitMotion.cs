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

    private readonly GaitParameters _gait;
    private readonly double _scale;
    private readonly double _strength;
    private readonly double _strideStep;
    private readonly WanderingValue _cadenceWander;
    private readonly WanderingValue _strengthWander;
    private readonly WanderingValue[] _irregular;
    private double _phase;

    public GaitMotion(GaitParameters gait, WearerIndividual individual, double scale, GaussianNoise noise, double stepSeconds)
    {
        _gait = gait;
        _scale = scale;
        _strength = individual.Vigour;
        _strideStep = 2 * Math.PI * gait.StrideHz * individual.Cadence * stepSeconds;
        _cadenceWander = new WanderingValue(noise, CadenceWanderSeconds, stepSeconds);
        _strengthWander = new WanderingValue(noise, StrengthWanderSeconds, stepSeconds);
        _irregular = Wandering(noise, IrregularSeconds, stepSeconds);
    }

    /// <inheritdoc/>
    public override MotionSample Step()
    {
        _phase += _strideStep * (1 + (CadenceWander * _cadenceWander.Step()));
        double vigour = _strength * (1 + (StrengthWander * _strengthWander.Step()));
        Span<double> channels = stackalloc double[ChannelCount];
        for (int channel = 0; channel < ChannelCount; channel++)
        {
            double periodic = vigour * Periodic(_gait.Harmonics[Channels[channel]]);
            channels[channel] = _scale * (periodic + (_gait.Irregular[channel] * _irregular[channel].Step()));
        }

        return ToSample(channels);
    }

    private double Periodic(double[][] harmonics)
    {
        double sum = 0.0;
        for (int index = 0; index < harmonics.Length; index++)
        {
            var (amplitude, degrees) = (harmonics[index][0], harmonics[index][1]);
            sum += amplitude * Math.Cos(((index + 1) * _phase) + (degrees * Math.PI / 180));
        }

        return sum;
    }
}
